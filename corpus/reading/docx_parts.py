"""Where the parts of a Word document lie: in a container (.docx), or all in one XML file (Word 2003 and 2007 XML)."""

import base64
import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from posixpath import join, normpath
from typing import Any

from corpus.errors import FormatError
from corpus.reading.container import Container, attribute, child, local, parse_xml
from corpus.reading.doc_lists import Restarts

NOTES = ("footnote", "endnote")
_NO_BODY = "文件里没有 Word 正文，可能没有保存完整。请用 Word 或 WPS 打开，另存为新的 .docx 文件后添加。"


@dataclass(frozen=True, slots=True)
class Parts:
    """The elements of a document's parts, None for one it has not. `targets`: relation id → member of the container.

    restarts: of levels of lists, where another file says them.  pictures: by name, of a document all in one XML file.
    """

    body: Any
    styles: Any | None = None
    numbering: Any | None = None
    notes: Mapping[tuple[str, str | None], Any] = field(default_factory=dict)  # (kind, id) → note
    container: Container | None = None
    targets: Mapping[str, str] = field(default_factory=dict)
    restarts: Restarts = field(default_factory=dict)
    pictures: Mapping[str, bytes] = field(default_factory=dict)

    def content(self, id: str | None) -> bytes:
        """What a relation leads to, or the picture of a name; b"" for nothing."""
        if id and id in self.pictures:
            return self.pictures[id]
        member = self.targets.get(id or "", "")
        return (self.container.read(member) if self.container else None) or b""


def of_container(container: Container) -> Parts:
    """The parts of a .docx file. Raises FormatError where it has no body or is damaged, TooLargeError past a limit."""
    main = _related(container, "")[0].get("officeDocument", "word/document.xml")
    body = child(container.xml(main), "body")
    if body is None:
        raise FormatError(_NO_BODY)
    kinds, targets = _related(container, main)
    notes = {
        (kind, attribute(note, "id")): note
        for kind in NOTES
        for note in container.children(kinds.get(f"{kind}s", ""))
        if local(note) == kind
    }
    styles, numbering = (container.xml(kinds.get(part, "")) for part in ("styles", "numbering"))
    return Parts(body, styles, numbering, notes, container, targets)


def of_xml(data: bytes) -> Parts:
    """The parts of a Word document in one XML file. Raises as of_container."""
    root = parse_xml(data, "Word XML")
    if local(root) == "package":
        return of_container(Container(_packed(root)))
    body = child(root, "body")
    if body is None:
        raise FormatError(_NO_BODY)
    pictures = {attribute(each, "name") or "": _decoded(each) for each in root.iter() if local(each) == "binData"}
    return Parts(body, child(root, "styles"), pictures=pictures)


def _packed(package: Any) -> bytes:
    """A package in one XML file (flat OPC) as the container it stands for."""
    from lxml import etree

    with zipfile.ZipFile(buffer := io.BytesIO(), "w") as archive:
        for part in (each for each in package if local(each) == "part"):
            tree, binary = child(part, "xmlData"), child(part, "binaryData")
            content = b"".join(map(etree.tostring, tree)) if tree is not None else b""
            if binary is not None:
                content = _decoded(binary)
            archive.writestr((attribute(part, "name") or "").lstrip("/") or "part", content)
    return buffer.getvalue()


def _decoded(element: Any) -> bytes:
    try:
        return base64.b64decode(element.text or "")
    except ValueError as error:
        raise FormatError("文件不完整或已损坏，无法打开。请用 Word 打开，另存为 .docx 后添加。") from error


def _related(container: Container, part: str) -> tuple[dict[str, str], dict[str, str]]:
    """Members by kind of relation and by its id, of what a part refers to."""
    folder, _, base = part.rpartition("/")
    kinds: dict[str, str] = {}
    ids: dict[str, str] = {}
    for each in container.children(f"{folder}/_rels/{base}.rels"):
        target = attribute(each, "Target")
        if target:  # one that lies outside names no member, and so is nothing
            member = normpath(join("/", folder, target)).lstrip("/")
            kinds.setdefault((attribute(each, "Type") or "").rpartition("/")[2], member)
            ids[attribute(each, "Id") or ""] = member
    return kinds, ids
