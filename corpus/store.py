"""The library: one SQLite file, the single source of truth. The only module that imports sqlite3.

A document is written in one transaction with its clauses: it is wholly there or wholly absent.
"""

import hashlib
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Literal, TypeVar

from corpus import codec
from corpus.errors import LibraryError, NewerLibraryError
from corpus.faults import reason
from corpus.migrations import MIGRATIONS
from corpus.types import Clause, Document, Mark

FILE = "library.db"
RECENT = 200  # documents kept in memory
T = TypeVar("T")

_REASONS = {  # primary result codes: sqlite.org/rescode.html
    sqlite3.SQLITE_ERROR: f"{FILE} 的结构与本程序不符",
    sqlite3.SQLITE_BUSY: "正被其他程序占用",
    sqlite3.SQLITE_READONLY: "没有写入权限",
    sqlite3.SQLITE_IOERR: "磁盘读写出错",
    sqlite3.SQLITE_CORRUPT: f"{FILE} 已损坏",
    sqlite3.SQLITE_FULL: "磁盘已满",
    sqlite3.SQLITE_CANTOPEN: f"无法打开 {FILE}",
    sqlite3.SQLITE_NOTADB: f"{FILE} 不是文件库，或已损坏",
}

Stated = Literal["duties", "targets"]


def content_hash(text: str) -> str:
    """The sha256 of a stored text, in hex."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return reason(error)
    if not isinstance(error, sqlite3.Error):
        return "有一条记录已损坏"
    return _REASONS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF, str(error))


def _row(*row: Any) -> tuple[Any, ...]:
    return row


def _mark(number: int, question: str, clause: str, good: int) -> Mark:
    return Mark(number, question, clause, bool(good))


def _document(id: str, source: str, text: str, facts: str, pages: str) -> Document:
    return Document(id, source, text, codec.load_facts(facts), codec.load_pages(pages))


class Library:
    """A folder with `library.db` in it; the indexes beside it are derived and may be deleted at any time."""

    def __init__(self, path: Path) -> None:
        """Open the library in folder `path`, making it where it is missing.

        Raises LibraryError where it cannot be opened, NewerLibraryError where a newer version made it.
        """
        self.path = path
        self._stating: dict[Stated, tuple[tuple[int, int], tuple[Clause, ...]]] = {}
        self._documents: tuple[tuple[int, int], list[Document]] | None = None
        self._revisions: tuple[tuple[int, int], dict[str, str]] | None = None
        self._state: tuple[dict[str, str], str] | None = None
        self._recent: tuple[tuple[int, int], dict[str, Document]] = ((0, 0), {})
        try:
            path.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path / FILE, timeout=30, check_same_thread=False)
            version = self._version()
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=NORMAL")  # with WAL never damages; sqlite.org/pragma.html#pragma_synchronous
            self._db.execute("PRAGMA foreign_keys=ON")
            self._migrate(version)
        except (OSError, sqlite3.Error) as error:
            raise LibraryError(
                f"无法打开文件库 {path}：{_reason(error)}。请检查文件夹是否存在、可写，或用 --library 指定其他文件夹。"
            ) from error

    def close(self) -> None:
        """Close the database; the library cannot be used afterwards."""
        self._db.close()

    def _version(self) -> int:
        """The version of the schema, before anything is written."""
        version = int(self._db.execute("PRAGMA user_version").fetchone()[0])
        if not version and self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise LibraryError(f"{self.path / FILE} 不是本程序建立的，未作改动。请用 --library 指定其他文件夹。")
        if version > len(MIGRATIONS):
            raise NewerLibraryError(
                f"文件库 {self.path} 由较新版本的程序建立（库版本 {version}，本程序支持到 {len(MIGRATIONS)}）。请升级本程序后再打开；文件库未作改动。"
            )
        return version

    def _migrate(self, version: int) -> None:
        for number in range(version, len(MIGRATIONS)):
            with self._write() as db:
                MIGRATIONS[number](db)
                db.execute(f"PRAGMA user_version={number + 1}")

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it or nothing. Raises LibraryError where the database cannot be written."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            yield self._db
            self._db.commit()
        except BaseException as error:
            self._db.rollback()
            if not isinstance(error, sqlite3.Error) or isinstance(error, sqlite3.IntegrityError):
                raise
            raise LibraryError(
                f"文件库 {self.path} 未能写入：{_reason(error)}。请检查磁盘空间和写入权限后再试；文件库未作改动。"
            ) from error

    def _read(self, sql: str, values: tuple[str, ...], load: Callable[..., T]) -> list[T]:
        """Every row as `load` makes it. Raises LibraryError where the database or a row is damaged."""
        try:
            return [load(*row) for row in self._db.execute(sql, values).fetchall()]
        except (sqlite3.Error, ValueError, TypeError, KeyError) as error:
            raise LibraryError(
                f"文件库 {self.path} 无法读取：{_reason(error)}。请用备份恢复其中的 {FILE}，或用 --library 指定新文件夹，重新添加文件。"
            ) from error

    def _same(self) -> tuple[int, int]:
        """Changes with every write to the database, by this connection or another."""
        return self._read("PRAGMA data_version", (), int)[0], self._db.total_changes

    # -- reading ---------------------------------------------------------------------------------------------------

    def documents(self) -> list[Document]:
        """All documents, by id; kept until the library changes."""
        same = self._same()
        if self._documents is not None and self._documents[0] == same:
            return list(self._documents[1])
        found = self._read("SELECT id, source, text, facts, pages FROM documents ORDER BY id", (), _document)
        self._documents = (same, found)
        return list(found)

    def document(self, id: str) -> Document:
        """The document with this id; some are kept until the library changes. Raises LibraryError if there is none."""
        same, recent = self._same(), self._recent
        if recent[0] != same or len(recent[1]) >= RECENT:
            recent = self._recent = (same, {})
        if id not in recent[1]:
            found = self._read("SELECT id, source, text, facts, pages FROM documents WHERE id=?", (id,), _document)
            if not found:
                raise LibraryError(f"文件库中没有编号为 {id} 的文件。请用 policy documents 查看现有文件。")
            recent[1][id] = found[0]
        return recent[1][id]

    def clauses(self, document: str | None = None) -> Iterator[Clause]:
        """Clauses in document order; of all documents (by id) unless one is named."""
        where, values = ("WHERE id=?", (document,)) if document is not None else ("", ())
        for id, text in self._read(f"SELECT id, text FROM documents {where} ORDER BY id", values, _row):
            load = partial(codec.load_clause, text=text)
            yield from self._read("SELECT data FROM clauses WHERE document=? ORDER BY position", (id,), load)

    def stating(self, what: Stated) -> tuple[Clause, ...]:
        """The clauses that state duties or targets, by document id and in document order; kept until the library changes."""
        same = self._same()
        if what not in self._stating or self._stating[what][0] != same:
            query = "SELECT data, document FROM clauses WHERE targets > 0 ORDER BY document, position"
            if what == "duties":
                query = "SELECT data, document FROM clauses WHERE duties > 0 ORDER BY document, position"
            texts = {d.id: d.text for d in self.documents()}
            found = tuple(self._read(query, (), lambda data, id: codec.load_clause(data, texts[id])))
            self._stating[what] = (same, found)
        return self._stating[what][1]

    def clause(self, document: str, id: str) -> Clause:
        """One clause of a document. Raises LibraryError if there is none."""
        data = self._read("SELECT data FROM clauses WHERE document=? AND id=?", (document, id), str)
        found = [codec.load_clause(row, self.document(document).text) for row in data]
        if not found:
            raise LibraryError(f"文件库中没有条款 {id}。请用 policy clauses 查看现有条款。")
        return found[0]

    def counts(self) -> dict[str, int]:
        """Document id → number of its clauses."""
        sql = "SELECT d.id, COUNT(c.id) FROM documents d LEFT JOIN clauses c ON c.document=d.id GROUP BY d.id"
        return dict(self._read(sql, (), _row))

    def count(self, id: str) -> int:
        """Number of clauses of one document, 0 for an unknown id."""
        return self._read("SELECT COUNT(*) FROM clauses WHERE document=?", (id,), int)[0]

    def revisions(self) -> dict[str, str]:
        """Document id → hash of what was stored for it; changes with anything read anew. The same object until then."""
        same = self._same()
        if self._revisions is None or self._revisions[0] != same:
            self._revisions = same, dict(self._read("SELECT id, revision FROM documents ORDER BY id", (), _row))
        return self._revisions[1]

    def state(self) -> str:
        """A hash over all revisions: equal states hold equal documents."""
        revisions = self.revisions()
        if self._state is None or self._state[0] is not revisions:
            self._state = revisions, hashlib.sha256(repr(sorted(revisions.items())).encode()).hexdigest()
        return self._state[1]

    def by_origin(self, origin: str) -> str | None:
        """The id of the document that was added from this file, by its full name."""
        return next(iter(self._read("SELECT id FROM documents WHERE origin=?", (origin,), str)), None)

    def origin(self, id: str) -> str:
        """The full name of the file a document was added from, "" for an unknown id."""
        return next(iter(self._read("SELECT origin FROM documents WHERE id=?", (id,), str)), "")

    def by_content(self, content: str) -> str | None:
        """The id of the document with this content hash."""
        return next(iter(self._read("SELECT id FROM documents WHERE content=? ORDER BY id", (content,), str)), None)

    def place_of(self, clause: str) -> str | None:
        """The id of the document that a clause belongs to, None if the library has no such clause."""
        document = clause.partition(":")[0]  # as corpus.outline makes them
        sql = "SELECT document FROM clauses WHERE document=? AND id=?"
        return next(iter(self._read(sql, (document, clause), str)), None)

    def marks(self) -> list[Mark]:
        """What users said of cited clauses, in the order it was said; of removed documents too."""
        return self._read("SELECT number, question, clause, good FROM marks ORDER BY number", (), _mark)

    # -- writing ---------------------------------------------------------------------------------------------------

    def new_id(self, content: str) -> str:
        """A free document id, made from the content it is first added with: the same for the same file."""
        base, n = content[:12], 1
        while self._has(id := base if n == 1 else f"{base}-{n}"):
            n += 1
        return id

    def _has(self, id: str) -> bool:
        return bool(self._read("SELECT 1 FROM documents WHERE id=?", (id,), int))

    def save(self, document: Document, clauses: tuple[Clause, ...], *, origin: str, reader: str) -> None:
        """Store a document with its clauses, replacing what had its id. `reader`: version of the reading rules."""
        content = content_hash(document.text)
        rows = [codec.dump(replace(c, text="")) for c in clauses]
        for clause in clauses:
            if document.text[clause.start : clause.end] != clause.text:
                raise LibraryError(f"条款 {clause.label} 与原文不符，文件未入库。请报告此问题。")
        paged = [codec.dump(document.pages)] if document.pages else []
        revision = hashlib.sha256(
            "\n".join([document.source, content, codec.dump(document.facts), *paged, *rows]).encode("utf-8", "surrogatepass")
        ).hexdigest()
        with self._write() as db:
            db.execute("DELETE FROM documents WHERE id=?", (document.id,))
            db.execute(
                "INSERT INTO documents(id, source, origin, content, reader, revision, facts, text, pages) VALUES(?,?,?,?,?,?,?,?,?)",
                (
                    document.id,
                    document.source,
                    origin,
                    content,
                    reader,
                    revision,
                    codec.dump(document.facts),
                    document.text,
                    codec.dump(document.pages),
                ),
            )
            db.executemany(
                "INSERT INTO clauses(id, document, position, duties, targets, data) VALUES(?,?,?,?,?,?)",
                [
                    (c.id, document.id, n, len(c.responsibilities), len(c.targets), row)
                    for n, (c, row) in enumerate(zip(clauses, rows, strict=True))
                ],
            )

    def read_by(self, id: str) -> str | None:
        """The version of the reading rules a document was read with."""
        return next(iter(self._read("SELECT reader FROM documents WHERE id=?", (id,), str)), None)

    def remove(self, id: str) -> bool:
        """Remove a document and its clauses at once; False if there was none."""
        with self._write() as db:
            return id in self.revisions() and db.execute("DELETE FROM documents WHERE id=?", (id,)).rowcount > 0

    def mark(self, question: str, clause: str, *, good: bool) -> Mark:
        """Keep what a user said of a clause cited for a question, in place of what was said of the two before.

        Raises LibraryError where the library has no such clause.
        """
        if self.place_of(clause) is None:
            raise LibraryError(f"文件库中没有条款 {clause}。请用 policy clauses 查看现有条款。")
        with self._write() as db:
            db.execute("DELETE FROM marks WHERE question=? AND clause=?", (question, clause))
            number = db.execute("INSERT INTO marks(question, clause, good) VALUES(?,?,?)", (question, clause, good)).lastrowid
        return Mark(int(number or 0), question, clause, good)

    def unmark(self, number: int) -> bool:
        """Forget one mark; False if there was none."""
        with self._write() as db:
            return db.execute("DELETE FROM marks WHERE number=?", (number,)).rowcount > 0
