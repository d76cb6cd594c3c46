"""The library: a folder with its documents in one SQLite file, the single source of truth.

A document is written in one transaction with its clauses: it is wholly there or wholly absent.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

from corpus import codec
from corpus.corrections import checked, kept, overlaid, told
from corpus.database import FILE, Connection
from corpus.errors import LibraryError
from corpus.holdings import Holdings, Stated, content_hash
from corpus.types import Clause, Correction, Document, Fact, Facts, Mark

__all__ = ["FILE", "Library", "Stated", "content_hash"]


class Library(Holdings):
    """A folder with `library.db` in it; the indexes beside it are derived and may be deleted at any time."""

    @contextmanager
    def alone(self) -> Iterator[None]:
        """What is read and written inside, no other program comes between; all of it is written, or nothing."""
        with self._db.write():
            yield

    def save(
        self,
        document: Document,
        clauses: tuple[Clause, ...],
        *,
        origin: str,
        reader: str,
        of: str | None = None,
        file: str = "",
        latest: bool = False,
    ) -> str:
        """Store a document with its clauses, replacing what had its id; the id it has then.

        reader: version of the reading rules.  of: the id of a version of the document that this is a new version of; what
        was corrected there holds on where the new text does not say otherwise. file: hash of the file read, "" if not known.
        latest: what is replaced counts as added last, which a new text does at any rate.
        """
        for clause in clauses:
            if document.text[clause.start : clause.end] != clause.text:
                raise LibraryError(f"条款 {clause.label} 与原文不符，文件未入库。请报告此问题。")
        content, rows = content_hash(document.text), [codec.dump(replace(c, text="")) for c in clauses]
        with self._db.change() as db:
            head = self._versions.head(of if of is not None else document.id) or document.id
            corrections = self._versions.corrections(document.id)
            if of is not None:
                corrections = kept(self._versions.corrections(of), self.read_facts(of), document.facts)
            _store(db, document, content, rows, origin=origin, reader=reader)
            db.executemany(
                "INSERT INTO clauses(id, document, position, duties, targets, data) VALUES(?,?,?,?,?,?)",
                [
                    (c.id, document.id, n, len(c.responsibilities), len(c.targets), data)
                    for n, (c, data) in enumerate(zip(clauses, rows, strict=True))
                ],
            )
            self._versions.enter(db, document.id, head, overlaid(document.facts, corrections), corrections, file)
            if latest:
                self._versions.renew(db, document.id)
            self._versions.settle(db, head)
        return self.by_content(content, head) or document.id

    def part(self, id: str, new: str) -> None:
        """Make an old version a document of its own, with the free id `new`; what was corrected stays."""
        with self._db.change() as db:
            self._versions.part(db, id, new)

    def remove(self, id: str) -> bool:
        """Remove a document with all its versions, or one old version, at once; False if there was none."""
        with self._db.change() as db:
            sql = "DELETE FROM documents WHERE id IN (SELECT document FROM versions WHERE document=? OR head=?)"
            return db.execute(sql, (id, id)).rowcount > 0

    def correct(self, id: str, facts: Mapping[str, Fact]) -> tuple[Correction, ...]:
        """Put facts in place of those read, until they are taken back; all corrections that hold then.

        facts: field → value, "" or None where the document has none. Dates and places are brought into their form. A date or
        a draft may make another version the current one; versions are never joined or parted. Raises FactError, LibraryError.
        """
        given = checked(facts)
        with self.alone():
            read = self.read_facts(id)
            wanted = {**self._versions.corrections(id), **given}
            corrections = {field: value for field, value in wanted.items() if value != getattr(read, field)}
            self._set_corrections(id, read, corrections)
        return told(read, corrections)

    def undo_corrections(self, id: str, fields: Iterable[str] = ()) -> bool:
        """Take back the corrections of these facts, or all; False if there was none. Raises LibraryError for an unknown id."""
        fields = set(fields)
        with self.alone():
            read, before = self.read_facts(id), self._versions.corrections(id)
            after = {field: value for field, value in before.items() if fields and field not in fields}
            if after != before:
                self._set_corrections(id, read, after)
        return after != before

    def mark(self, question: str, clause: str, *, good: bool) -> Mark:
        """Keep what a user said of a clause cited for a question, in place of what was said of the two before.

        Raises LibraryError where the library has no such clause, or it is an old version's.
        """
        if self.place_of(clause) is None:
            if self._versions.head(clause.partition(":")[0]) not in (None, clause.partition(":")[0]):
                raise LibraryError(f"条款 {clause} 属于旧版本，不能标记。请标记现行版本的条款。")
            raise LibraryError(f"文件库中没有条款 {clause}。请用 policy clauses 查看现有条款。")
        return self._marks.add(question, clause, good=good)

    def unmark(self, number: int) -> bool:
        """Forget one mark; False if there was none."""
        return self._marks.remove(number)

    def _set_corrections(self, id: str, read: Facts, corrections: Mapping[str, Fact]) -> None:
        head, file = self._versions.head(id) or id, self._versions.file(id)
        with self._db.change() as db:
            self._versions.enter(db, id, head, overlaid(read, corrections), corrections, file)
            self._versions.settle(db, head)


def _store(db: Connection, document: Document, content: str, rows: Iterable[str], *, origin: str, reader: str) -> None:
    """The row of a document in place of what had its id; the clauses that were there are gone."""
    facts, pages = codec.dump(document.facts), codec.dump(document.pages)
    paged = [pages] if document.pages else []
    revision = content_hash("\n".join([document.source, content, facts, *paged, *rows]))
    db.execute("DELETE FROM clauses WHERE document=?", (document.id,))
    db.execute(
        "INSERT INTO documents(id, source, origin, content, reader, revision, facts, text, pages) VALUES(?,?,?,?,?,?,?,?,?) "
        "ON CONFLICT(id) DO UPDATE SET source=excluded.source, origin=excluded.origin, content=excluded.content, "
        "reader=excluded.reader, revision=excluded.revision, facts=excluded.facts, text=excluded.text, pages=excluded.pages",
        (document.id, document.source, origin, content, reader, revision, facts, document.text, pages),
    )
