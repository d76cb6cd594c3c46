"""The files documents were read from: found again, kept where they were uploaded, and copies as PDF of office files."""

import contextlib
import glob
import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from corpus.errors import LibraryError
from corpus.faults import reason
from corpus.reading import load_file
from corpus.reading.drawing import as_pdf, member
from corpus.reading.members import MARK

MAX_COPIES = 200 * 2**20  # bytes of all PDF copies; the one unused for longest goes first


class Originals:
    """Two folders beside the library: `originals`, what was uploaded, by content; `copies`, PDF files that may be deleted."""

    def __init__(self, library: Path) -> None:
        """`library` is the library's folder; nothing is made in it before it is needed."""
        self._kept = library.resolve() / "originals"
        self._copies = library.resolve() / "copies"

    def keep(self, path: Path) -> Path:
        """Move an uploaded file to where it stays: the same content under the same name at the same place.

        Raises LibraryError where it cannot be kept.
        """
        try:
            with path.open("rb") as file:
                folder = self._kept / hashlib.file_digest(file, "sha256").hexdigest()[:32]
            place = folder / path.name.replace(MARK, "！")
            if not place.exists():
                folder.mkdir(parents=True, exist_ok=True)
                arriving = folder / ".arriving"
                shutil.move(path, arriving)
                arriving.replace(place)  # wholly there or not at all
            return place
        except OSError as error:
            raise LibraryError(f"上传的“{path.name}”未能保存：{reason(error)}。请检查磁盘空间和写入权限后重试。") from error

    def kept(self, origin: str) -> Path | None:
        """The uploaded file that an origin names, whether it is the document or holds it; None for any other origin."""
        below = origin.removeprefix(f"{self._kept}{os.sep}")
        folder, _, name = below.partition(os.sep)
        return self._kept / folder / name.partition(MARK)[0] if below != origin and name else None

    def drop(self, origins: Iterable[str], used: Iterable[str]) -> None:
        """Delete the uploaded files of these origins, but for those that the origins in use name too."""
        staying = {self.kept(origin) for origin in used}
        for path in {self.kept(origin) for origin in origins} - staying - {None}:
            if path is not None:
                _delete(path)

    def prune(self, used: Iterable[str]) -> None:
        """Delete every uploaded file that no origin in use names: what an end halfway left."""
        staying = {self.kept(origin) for origin in used}
        for path in self._kept.glob("*/*"):
            if path not in staying:
                _delete(path)

    def pdf(self, document: str, kind: str, data: bytes) -> bytes:
        """An office file as PDF, made once for this content of the document. Raises FormatError."""
        place = self._copies / f"{document}.{hashlib.sha256(data).hexdigest()[:16]}.pdf"
        with contextlib.suppress(OSError):
            made = place.read_bytes()
            os.utime(place)
            return made
        made = as_pdf(kind, data)
        with contextlib.suppress(OSError):  # it can be shown without being kept
            self._copies.mkdir(parents=True, exist_ok=True)
            arriving = place.with_suffix(".arriving")
            arriving.write_bytes(made)
            arriving.replace(place)
            self._trim()
        return made

    def forget(self, documents: Iterable[str]) -> None:
        """Delete the PDF copies of these documents."""
        for id in documents:
            for path in self._copies.glob(f"{glob.escape(id)}.*"):
                with contextlib.suppress(OSError):
                    path.unlink()

    def _trim(self) -> None:
        copies = sorted(self._copies.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
        size = 0
        for path in copies:
            size += path.stat().st_size
            if size > MAX_COPIES:
                path.unlink(missing_ok=True)


def load(origin: str) -> bytes | None:
    """The content of a file, or of a member of a container, as the file is now; None where it is there no longer.

    Raises ReadError where it is there and cannot be read, FormatError for a damaged container.
    """
    path = Path(origin)
    if path.is_file():
        return load_file(path)
    at = origin.find(MARK)
    while at >= 0:
        container = Path(origin[:at])
        if container.is_file():
            return member(container.name, load_file(container), origin[at + 1 :])
        at = origin.find(MARK, at + 1)
    return None


def _delete(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink()
        path.parent.rmdir()
