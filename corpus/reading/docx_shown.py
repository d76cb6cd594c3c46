"""What of a Word document's content a reader sees, and how a paragraph's lines look."""

from typing import Any

from corpus.markers import read_mark
from corpus.reading.container import attribute, child, local
from corpus.reading.docx_styles import is_on

PICTURES = ("blip", "imagedata")
_TEXTS = ("t", "txbxContent", "textpath", "relIds", "OLEObject", *PICTURES)
_MARKED_OUT = ("Word.Deletion", "Word.Comment")  # kinds of `annotation` in Word 2003 XML that are no text


def shown(text: str, mark: str, contents: bool) -> list[str]:
    """The lines of a paragraph: indents and trailing space dropped, its line breaks kept.

    A tab that only parts a number from its text is a space; a tab in a table of contents stands for its leader dots.
    """
    lines = [line.strip("\t").rstrip() for line in text.split("\n")]
    if mark:
        lines[0] = mark + lines[0].lstrip()
    out = []
    for line in lines:
        body = line.lstrip()
        found = read_mark(body)
        if found:
            head = body[: found.length].rstrip()
            rest = body[len(head) :].lstrip()
            if "\t" in body[len(head) : len(body) - len(rest)]:
                line = f"{head} {rest}"
        out.append(line.replace("\t", "……") if contents else line)
    return out


def preferred(alternatives: Any) -> Any:
    """Of the same content in a newer and an older form: the newer one if it holds text."""
    return next((each for each in alternatives if any(local(t) in _TEXTS for t in each.iter())), ())


def is_left_out(element: Any) -> bool:
    """A content control that nobody has filled in shows its prompt; a deletion, a comment."""
    if local(element) == "annotation":
        return attribute(element, "type") in _MARKED_OUT
    return local(element) == "sdt" and is_on(child(element, "sdtPr", "showingPlcHdr"))
