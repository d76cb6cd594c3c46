"""Which texts are versions of one document, which of them is current, and what people have corrected: a row beside each text.

Of several versions the current one is an issued text before a draft, then the later date, then the one added later; a text
without a date counts as of the date of the one it came after. The current one has the document's id, so that the ids of
its clauses stay; an old one has `<id>@<part of the hash of its content>`.
"""

from bisect import insort
from collections.abc import Iterable, Mapping

from corpus import codec
from corpus.database import Connection, Database, row
from corpus.identity import identity
from corpus.types import Fact, Facts, Version

Row = tuple[str, str, int, str, int]  # document, head, draft, date, added
_ROWS = "SELECT document, head, draft, date, added FROM versions"


class Versions:
    """The versions in a library. What writes runs inside a transaction of the store, which it is given."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def of(self, id: str | None = None) -> list[Version]:
        """The versions of the document that `id` is one of, the current one last; [] for an unknown id. None: of all, by id."""
        where, values = ("", ()) if id is None else ("WHERE head=(SELECT head FROM versions WHERE document=?)", (id,))
        families: dict[str, list[Row]] = {}
        for each in self._db.read(f"{_ROWS} {where} ORDER BY head", values, row):
            families.setdefault(each[1], []).append(each)
        return [
            Version(document, head, number, len(rows))
            for head, rows in families.items()
            for number, document in enumerate(_ordered(rows), 1)
        ]

    def head(self, id: str) -> str | None:
        """The id of the current version of what `id` is a version of, None for an unknown id."""
        return self._db.first("SELECT head FROM versions WHERE document=?", (id,))

    def kin(self, facts: Facts) -> list[tuple[str, str, str]]:
        """(id, head, date) of the texts that have in common with these facts what versions have."""
        wanted = identity(facts)
        sql = "SELECT document, head, date FROM versions WHERE identity=? ORDER BY document"
        return self._db.read(sql, (wanted,), row) if wanted else []

    def corrections(self, id: str) -> dict[str, Fact]:
        """Field → what holds in place of what was read."""
        return codec.load_corrections(self._db.first("SELECT corrections FROM versions WHERE document=?", (id,)) or "{}")

    def file(self, id: str) -> str:
        """The hash of the file a text was read from, "" where it is not known."""
        return self._db.first("SELECT file FROM versions WHERE document=?", (id,)) or ""

    def enter(self, db: Connection, id: str, head: str, facts: Facts, corrections: Mapping[str, Fact], file: str) -> None:
        """The row of a text just stored as a version of `head`, which may be itself; added last if new. facts: as corrected."""
        db.execute(
            "INSERT INTO versions(document, head, identity, draft, date, added, corrections, file) "
            "VALUES(?,?,?,?,?,(SELECT COALESCE(MAX(added), 0) + 1 FROM versions),?,?) ON CONFLICT(document) DO UPDATE SET "
            "identity=excluded.identity, draft=excluded.draft, date=excluded.date, corrections=excluded.corrections, "
            "file=excluded.file",
            (id, head, identity(facts), facts.draft, facts.date or "", codec.dump(dict(corrections)), file),
        )

    def renew(self, db: Connection, id: str) -> None:
        """Count a text as the one added last."""
        db.execute("UPDATE versions SET added=(SELECT MAX(added) + 1 FROM versions) WHERE document=?", (id,))

    def part(self, db: Connection, id: str, new: str) -> None:
        """Make an old version a document of its own, which has the id `new`."""
        db.execute("PRAGMA defer_foreign_keys=ON")
        _rename(db, id, new)
        db.execute("UPDATE versions SET head=? WHERE document=?", (new, new))

    def settle(self, db: Connection, head: str) -> None:
        """Give the id of the document to the version that is current by the order, and the one that had it an id of its own."""
        current = _ordered(db.execute(f"{_ROWS} WHERE head=?", (head,)).fetchall())[-1]
        if current == head:
            return
        content = db.execute("SELECT content FROM documents WHERE id=?", (head,)).fetchone()[0]
        db.execute("PRAGMA defer_foreign_keys=ON")  # until the end of this transaction
        _rename(db, head, self.free(version_id(head, content)))
        _rename(db, current, head)

    def free(self, id: str) -> str:
        """`id`, or where a document has it, `id-2`, `id-3` …"""
        free, n = id, 1
        while self._db.first("SELECT 1 FROM documents WHERE id=?", (free,)):
            n += 1
            free = f"{id}-{n}"
        return free


def _ordered(rows: Iterable[Row]) -> list[str]:
    """The versions of one document, the current one last."""
    order: list[tuple[bool, str, int, str]] = []
    for document, _, draft, date, added in sorted(rows, key=lambda each: each[4]):
        insort(order, (not draft, date or (order[-1][1] if order else ""), added, document))
    return [document for *_, document in order]


def version_id(head: str, content: str) -> str:
    """The id of an old version, the same for the same text."""
    return f"{head}@{content[:8]}"


def _rename(db: Connection, old: str, new: str) -> None:
    """A document and its clauses under another id."""
    rows = db.execute("SELECT position, id, data FROM clauses WHERE document=?", (old,)).fetchall()
    db.execute("UPDATE documents SET id=? WHERE id=?", (new, old))
    db.execute("UPDATE versions SET document=? WHERE document=?", (new, old))
    renamed = [
        (clause := new + id.removeprefix(old), codec.moved_clause(data, clause, new), new, old, position)
        for position, id, data in rows
    ]
    db.executemany("UPDATE clauses SET id=?, data=?, document=? WHERE document=? AND position=?", renamed)
