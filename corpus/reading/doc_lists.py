"""Lists of a Word 97–2003 document whose numbers go on past higher levels: LibreOffice drops that sign ([MS-DOC] 2.9.150)."""

import io
import struct
from collections.abc import Iterator, Mapping

Restarts = Mapping[tuple[int, str], int]  # (depth from 0, text of the number as `%1`) → w:lvlRestart

_TABLE = 0x0200  # fWhichTblStm, of the flags at _FLAGS: the tables are in 1Table, else in 0Table
_FLAGS, _LISTS = 0x0A, 0x02E2  # in the header: where the list table begins, and its size
_LIST, _LEVEL = 28, 28  # bytes: LSTF, LVLF
_SIMPLE, _NO_RESTART = 0x01, 0x08
_MOST = 5000  # lists; a damaged file may claim any number


def restarts(data: bytes) -> Restarts:
    """The levels that begin anew after few of the levels above, or none; empty for a file that does not say, or is damaged.

    Levels that two lists number in the same words and restart otherwise are left out: nothing tells them apart.
    """
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            header = file.openstream("WordDocument").read(_LISTS + 8)
            (flags,) = struct.unpack_from("<H", header, _FLAGS)
            start, size = struct.unpack_from("<II", header, _LISTS)
            tables = file.openstream("1Table" if flags & _TABLE else "0Table").read()
        found = list(_levels(tables, start)) if size else []
    except Exception:  # damaged in any way: LibreOffice will tell
        return {}
    made: dict[tuple[int, str], int | None] = {}
    for depth, text, restart in found:
        made[depth, text] = restart if made.get((depth, text), restart) == restart else None
    return {key: restart for key, restart in made.items() if restart is not None and restart <= key[0]}


def _levels(tables: bytes, at: int) -> Iterator[tuple[int, str, int]]:
    """Depth, text and restart of every level of the lists, which stand behind the list table."""
    (count,) = struct.unpack_from("<h", tables, at)
    simple = [tables[at + 2 + _LIST * n + 26] & _SIMPLE for n in range(min(count, _MOST))]
    at += 2 + _LIST * len(simple)
    for one in simple:
        for depth in range(1 if one else 9):
            flags, characters, paragraphs, limit = tables[at + 5], tables[at + 24], tables[at + 25], tables[at + 26]
            at += _LEVEL + characters + paragraphs
            (length,) = struct.unpack_from("<H", tables, at)
            text = tables[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
            at += 2 + 2 * length
            yield depth, "".join(f"%{ord(c) + 1}" if c < "\t" else c for c in text), limit if flags & _NO_RESTART else depth + 1
