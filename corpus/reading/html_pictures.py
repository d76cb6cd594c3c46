"""Pictures in the document on a web page, which may be a scanned annex: counted, since a page only refers to them."""

import re
from typing import Any

from corpus.reading.html_clutter import clutter

_MAIN = 2 / 3  # the innermost piece with this share of the page's text is the document
_PIECES = frozenset("div td th table tbody tr center section article main form font span dd dl blockquote".split())
_BLOCKS = _PIECES - {"font", "span"} | {"p", "h1", "h2", "h3", "h4", "ul", "ol"}
_SMALLEST = 200  # pixels declared; icons, buttons and lines are smaller
_LENGTH = re.compile(r"(\d{1,6})(?:\.\d{1,20})?\s{0,9}(?:px)?")
_STYLED = re.compile(r"(?:^|;)\s*(?:width|height)\s*:([^;]*)", re.I)
_SIGN = re.compile(r"\.(?:ico|svg)(?:$|[?#])|image/svg|ico(?:n|_|/|-|\d)|logo|button|btn|qr|weixin|share|banner|spacer", re.I)
_DRAWN = re.compile(r"\.gif(?:$|[?#])|image/gif", re.I)  # seldom a page, where nothing says that it is large


def pictures_in(body: Any) -> int:
    """How many pictures in the document on the page may hold text, by what is said of their size and by their name."""
    found = [each for each in body.iter("img") if _may_hold_text(each)]
    if not found:
        return 0
    left_out = clutter(body)
    main = _main(body, left_out)
    return sum(_stands_in(each, main, left_out) for each in found)


def _may_hold_text(picture: Any) -> bool:
    place = picture.get("src") or ""
    sides = [picture.get("width") or "", picture.get("height") or "", *_STYLED.findall(picture.get("style") or "")]
    known = [int(side[1]) for side in map(_LENGTH.fullmatch, map(str.strip, sides)) if side]
    if not place.strip() or any(side < _SMALLEST for side in known):
        return False
    return not _SIGN.search(place[:300]) and (bool(known) or not _DRAWN.search(place[:300]))


def _main(body: Any, left_out: set[Any]) -> Any:
    """The innermost piece that holds most of the text, and is more than a paragraph."""
    from lxml import etree

    sizes: dict[Any, int] = {}
    for _, each in etree.iterwalk(body, events=("end",)):
        own = 0 if each in left_out else len("".join((each.text or "").split()))
        sizes[each] = own + sum(sizes.get(below, 0) + len("".join((below.tail or "").split())) for below in each)
    main, least = body, max(1.0, _MAIN * sizes[body])
    while (inner := next((each for each in main if each.tag in _PIECES and sizes[each] >= least), None)) is not None:
        main = inner
    alone = main is body or any(sizes.get(each) and each.tag in _BLOCKS for each in main)
    return main if alone else main.getparent()


def _stands_in(picture: Any, main: Any, left_out: set[Any]) -> bool:
    """Whether a picture is in the element, and in none that is left out."""
    for each in (picture, *picture.iterancestors()):
        if each in left_out:
            return False
        if each is main:
            return True
    return False
