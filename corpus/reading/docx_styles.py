"""Word's styles (styles.xml, ECMA-376 part 1, 17.7), as far as they decide what a reader sees."""

from typing import Any

from corpus.reading.container import attribute, child, local

_LONGEST_CHAIN = 20  # Word allows 11; damaged files may go round in circles


def is_on(element: Any | None) -> bool:
    """Whether a switch such as w:vanish is on: present, and not told to be off."""
    return element is not None and attribute(element, "val") not in ("0", "false", "off")


def number(value: str | None, default: int = 0) -> int:
    """A whole number as written; the default where it is none or beyond all use."""
    try:
        found = int(value or "")
    except ValueError:
        return default
    return found if abs(found) < 1_000_000 else default


class Styles:
    """Styles by id, and what follows from a style and those it is based on."""

    def __init__(self, root: Any | None) -> None:
        elements = [each for each in root if local(each) == "style"] if root is not None else []
        self._styles = {attribute(each, "styleId") or "": each for each in elements}
        standard = (
            id
            for id, each in self._styles.items()
            if attribute(each, "type") == "paragraph" and attribute(each, "default") in ("1", "true", "on")
        )
        self._default = next(standard, None)

    def chain(self, id: str | None) -> list[str]:
        """A paragraph style and those it is based on, nearest first; the default style where `id` is None."""
        chain: list[str] = []
        at = id if id is not None else self._default
        while at in self._styles and at not in chain and len(chain) < _LONGEST_CHAIN:
            chain.append(at)
            base = child(self._styles[at], "basedOn")
            at = None if base is None else attribute(base, "val")
        return chain

    def numbering(self, id: str | None) -> tuple[str | None, int | None]:
        """(list id, depth from 0) that the style gives a paragraph; None for what it leaves open."""
        depth: int | None = None
        for each in self.chain(id):
            found = child(self._styles[each], "pPr", "numPr")
            if depth is None and (level := child(found, "ilvl")) is not None:
                depth = number(attribute(level, "val"))
            if (list_id := child(found, "numId")) is not None:
                return attribute(list_id, "val"), depth
        return None, depth

    def hides(self, id: str | None) -> bool:
        """Whether text of the style is hidden. No style, no hiding."""
        for each in self.chain(id) if id is not None else ():
            switch = child(self._styles[each], "rPr", "vanish")
            if switch is not None:
                return is_on(switch)
        return False

    def is_contents(self, id: str | None) -> bool:
        """Whether paragraphs of the style are lines of a table of contents."""
        names = (child(self._styles[each], "name") for each in self.chain(id))
        return any((attribute(name, "val") or "").lower().startswith("toc ") for name in names if name is not None)
