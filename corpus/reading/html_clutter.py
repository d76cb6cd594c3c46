"""What on a web page is not the document: scripts, menus, footers, lists of links, hidden pieces."""

import re
from typing import Any

_NO_TEXT = frozenset(
    "head title script style noscript template iframe frameset noframes object embed applet svg canvas audio video map select option"
    " textarea button nav datalist".split()
)
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|topbar|toolbar|breadcrumb|crumbs?|footer|foot|copyright|sidebar|share|"
    r"bdshare\w*|pagination|pager|related|search(?:box|bar|form)?|login)(?:$|[\s_-])",
    re.I,
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-element\s*:\s*(?:comment-list|header|footer)", re.I
)
_FILE = re.compile(r"\.(?:docx?|wps|xlsx?|et|pptx?|pdf|ofd|ceb|txt|rtf|zip|rar|7z)(?:$|[?#&])", re.I)
_LINKED = 0.6  # share of a menu's characters that are links; of a document's, a few names of laws
_LINKS = 3
_MAIN = 1 / 3  # a piece with more of the page's own text than this is the document, whatever it is called


def textless(body: Any) -> set[Any]:
    """The elements below `body` that never hold text of a document: scripts, form controls, media, menus."""
    return {each for each in body.iter() if each.tag in _NO_TEXT}


def clutter(body: Any) -> set[Any]:
    """The elements below `body` whose text is left out; never one that holds a third of the text outside links."""
    from lxml import etree

    own: dict[Any, int] = {}  # characters outside links, of the element and all below it
    linked: dict[Any, int] = {}
    links: dict[Any, int] = {}
    for _, element in etree.iterwalk(body, events=("end",)):
        if not isinstance(element.tag, str) or element.tag in _NO_TEXT:
            continue
        below = [each for each in element if each in own]
        text = _length(element.text) + sum(_length(each.tail) for each in element)
        own[element] = text + sum(own[each] for each in below)
        linked[element] = sum(linked[each] for each in below)
        links[element] = sum(links[each] for each in below)
        if element.tag == "a" and _leads_away(element):
            own[element], linked[element], links[element] = 0, linked[element] + own[element], links[element] + 1
    total = own.get(body, 0)

    def is_clutter(element: Any) -> bool:
        if element not in own:
            return True
        if own[element] > total * _MAIN or element is body:
            return False
        mostly_links = links[element] >= _LINKS and linked[element] >= _LINKED * (own[element] + linked[element])
        return mostly_links or _is_named(element) or _is_hidden(element)

    return {each for each in body.iter() if isinstance(each.tag, str) and is_clutter(each)}


def _length(text: str | None) -> int:
    return len("".join(text.split())) if text else 0


def _leads_away(link: Any) -> bool:
    """Not within the page, and not to an annex of the document: a file, or called so."""
    target = (link.get("href") or "").strip()
    return bool(target) and not target.startswith("#") and not _FILE.search(target) and not _calls_annex(link)


def _calls_annex(link: Any) -> bool:
    return "".join(link.itertext()).strip().startswith("附")


def _is_named(element: Any) -> bool:
    role = (element.get("role") or "").lower()
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    margin = element.tag == "div" and element.get("title") in ("header", "footer")  # of a page, as LibreOffice saves it
    return margin or element.tag == "footer" or role in ("navigation", "search", "contentinfo") or bool(_NAMES.search(named))


def _is_hidden(element: Any) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style") or ""))
