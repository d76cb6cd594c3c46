"""Which files a person means by the paths given: folders are walked, nothing is dropped without a trace."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

# controls, and marks that change the direction of writing (UAX 9)
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_SYSTEM_FILES = frozenset({"thumbs.db", "desktop.ini", "__macosx"})


def written(name: str) -> str:
    """A file name or argument as its writer meant it: bytes the locale could not decode are UTF-8, else GB18030."""
    for encoding in ("utf-8", "gb18030"):
        with suppress(UnicodeError):
            return name.encode("utf-8", "surrogateescape").decode(encoding)
    return name.encode("utf-8", "replace").decode()


def shown(name: str) -> str:
    """A file name as `written`, what cannot be seen in it written out: line breaks, marks that turn the writing round."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", written(name))


def walk(paths: Sequence[Path]) -> Iterator[Path]:
    """The files of the paths in the order given, those of a folder and its subfolders by name, each once.

    A path named by the caller is always yielded, also where it is missing or hidden: reading it says what is
    wrong. Inside folders, hidden files, lock files (`~$…`) and the system's own (Thumbs.db) are passed over;
    files of an unsupported format are yielded, so that each gets its line in the report. A folder that cannot
    be listed is yielded itself. Links to folders are followed, each real folder once.
    """
    seen_folders: set[Path] = set()
    seen_files: set[Path] = set()
    pending = list(reversed(paths))
    while pending:
        path = pending.pop()
        real = _real(path)
        if _is_folder(path):
            if real in seen_folders:
                continue
            seen_folders.add(real)
            try:
                entries = sorted(path.iterdir(), key=lambda entry: entry.name)
            except OSError:
                yield path
                continue
            pending.extend(entry for entry in reversed(entries) if not is_clutter(entry.name))
        elif real not in seen_files:
            seen_files.add(real)
            yield path


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link that points at itself
        return path.absolute()


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # its own folder may not be entered
        return False


def is_clutter(name: str) -> bool:
    """Whether a file is hidden, a lock file or the system's own."""
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM_FILES
