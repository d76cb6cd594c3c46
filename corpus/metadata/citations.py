"""The documents a text cites by title."""

import re
from collections.abc import Iterator

from corpus.metadata.kinds import comparable, is_document_title, is_kind_alone

MAX_TITLE = 120  # characters; a longer bracket has lost its other half
_BRACKETS = re.compile(r"[《》]")
_ALIAS = re.compile(r"(?:以下|下)?(?:统|合|简)称[为：:]?\s*[“\"]?$")
# A number in parentheses behind a title: 国发〔2021〕33号, 国务院令第516号, 2019年第5号, GB 55015—2021.
_NUMBER = re.compile(
    r"\s?([（(])\s*([^（）()，,；;。《》\n]{0,30}(?:[〔\[［【（(]\d{4}[〕\]］】）)][^（）()，,；;。《》\n]{0,10}号"
    r"|第?\s?\d{1,5}\s?号(?:令|公告)?)|[A-Z]{2,5}(?:/T)?\s?[\d.]{3,12}[-—–\d/]{0,8})\s*(?=([）)])|[，,；;])"
)


def cited_documents(text: str, own_titles: tuple[str, ...]) -> tuple[str, ...]:
    """Titles of cited documents in 《》, with the number given behind them, as written, in order, once each.

    A title cited again with its number is given with it, at its first place. Left out: the document's own titles,
    short names (以下简称《办法》), and what is no document (newspapers, certificates, forms). Linear in the text.
    """
    own = {comparable(title) for title in own_titles}
    aliases: set[str] = set()
    found: dict[str, str] = {}
    for start, end in _outer_titles(text):
        title = text[start + 1 : end - 1]
        key = comparable(title)
        if _ALIAS.search(text[max(0, start - 8) : start]):
            aliases.add(key)
        elif key not in own and not is_kind_alone(key) and is_document_title(title.strip()):
            number = _number_behind(text, end)
            written = _joined(text[start:end]) + number
            if key not in found or (number and found[key].endswith("》")):
                found[key] = written
    return tuple(written for key, written in found.items() if key not in aliases)


def _outer_titles(text: str) -> Iterator[tuple[int, int]]:
    """Extents of outermost 《…》, brackets included. An opening bracket that is never closed hides none inside it."""
    opened: list[int] = []
    inside: list[tuple[int, int]] = []
    for match in _BRACKETS.finditer(text):
        position = match.start()
        if opened and _broken_off(text, opened[0], position):
            yield from inside
            opened, inside = [], []
        if match[0] == "《":
            opened.append(position)
        elif opened:
            inside.append((opened.pop(), position + 1))
            if not opened:
                yield inside[-1]
                inside = []
    yield from inside


def _broken_off(text: str, start: int, position: int) -> bool:
    """Whether no title reaches from one to the other."""
    return position - start > MAX_TITLE or text.find("。", start, position) >= 0 or text.find("\n\n", start, position) >= 0


def _number_behind(text: str, end: int) -> str:
    match = _NUMBER.match(text, end, end + 80)
    if not match:
        return ""
    closing = match[3] or ("）" if match[1] == "（" else ")")
    return f"{match[1]}{match[2].strip()}{closing}"


def _joined(written: str) -> str:
    """The title on one line; nothing else is touched."""
    return "".join(line.strip() for line in written.split("\n"))
