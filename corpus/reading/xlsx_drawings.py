"""What stands on the sheets of a workbook outside its cells: text boxes; and pictures, which may be a scanned table."""

from collections.abc import Mapping
from posixpath import join, normpath
from typing import Any

from corpus.reading.container import Container, attribute, child, local
from corpus.reading.pictures import is_large, size_in


def related(container: Container, part: str, kind: str) -> dict[str, str]:
    """Relation id → the part it leads to, of the relations of one kind that a part has."""
    folder, _, name = part.rpartition("/")
    found = {}
    for relation in container.children(join(folder, "_rels", f"{name}.rels")):
        target = attribute(relation, "Target") or ""
        inside = attribute(relation, "TargetMode") != "External"
        if inside and (attribute(relation, "Type") or "").rpartition("/")[2] == kind:
            found[attribute(relation, "Id") or ""] = normpath(join("/", folder, target)).lstrip("/")
    return found


class Drawings:
    """The drawings on the sheets of a workbook, sheet by sheet."""

    def __init__(self, container: Container) -> None:
        self._container = container
        self._large: dict[str, bool] = {}  # picture, or what names one that is not there → whether it may hold text

    @property
    def pictures(self) -> int:
        """How many different pictures on the sheets looked at may hold text."""
        return sum(self._large.values())

    def lines(self, sheet: str) -> list[str]:
        """The text boxes on a sheet, a line a paragraph; its pictures are looked at too."""
        made: list[str] = []
        for drawing in related(self._container, sheet, "drawing").values():
            pictures = related(self._container, drawing, "image")
            root = self._container.xml(drawing)
            for each in () if root is None else root.iter():
                if local(each) == "txBody":
                    paragraphs = (part for part in each if local(part) == "p")
                    made += ["".join(t.text or "" for t in part.iter() if local(t) == "t") for part in paragraphs]
                elif local(each) == "pic":
                    self._look(each, pictures)
        return [" ".join(line.split()) for line in made if line.strip()]

    def _look(self, picture: Any, members: Mapping[str, str]) -> None:
        blip, extent = child(picture, "blipFill", "blip"), child(picture, "spPr", "xfrm", "ext")
        id = (attribute(blip, "embed") or attribute(blip, "link") or "") if blip is not None else ""
        member = members.get(id, "")  # none of one that is linked to
        if id and (key := member or id) not in self._large:
            shown = None if extent is None else size_in(*(f"{attribute(extent, side)}emu" for side in ("cx", "cy")))
            self._large[key] = is_large(self._container.read(member) or b"", shown)
