"""The store's schema, step by step. A step is never changed once released: a new one is added.

The steps a library lacks run in one transaction, which raises `user_version`.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Protocol

from corpus.codec import load_facts
from corpus.identity import identity


class Executes(Protocol):
    """What a step needs of a connection."""

    def execute(self, sql: str, values: Sequence[Any] = (), /) -> Iterable[Any]:
        """Run one statement; its rows."""


def m001_documents(db: Executes) -> None:
    """Documents and their clauses."""
    db.execute(
        "CREATE TABLE documents(id TEXT PRIMARY KEY, source TEXT NOT NULL, origin TEXT NOT NULL, content TEXT NOT NULL, "
        "reader TEXT NOT NULL, revision TEXT NOT NULL, facts TEXT NOT NULL, text TEXT NOT NULL)"
    )
    db.execute(
        "CREATE TABLE clauses(id TEXT NOT NULL, document TEXT NOT NULL REFERENCES documents(id) ON DELETE CASCADE, "
        "position INTEGER NOT NULL, duties INTEGER NOT NULL, targets INTEGER NOT NULL, data TEXT NOT NULL, "
        "PRIMARY KEY(document, position))"
    )
    db.execute("CREATE INDEX documents_origin ON documents(origin)")
    db.execute("CREATE INDEX clauses_id ON clauses(document, id)")
    db.execute("CREATE INDEX documents_content ON documents(content)")


def m002_marks(db: Executes) -> None:
    """What users said of cited clauses. A mark stands by itself: it waits for a document that is removed and added again."""
    db.execute(
        "CREATE TABLE marks(number INTEGER PRIMARY KEY AUTOINCREMENT, question TEXT NOT NULL, clause TEXT NOT NULL, "
        "good INTEGER NOT NULL, UNIQUE(question, clause))"
    )


def m003_pages(db: Executes) -> None:
    """Where the pages of a document start, for files that have pages."""
    db.execute("ALTER TABLE documents ADD COLUMN pages TEXT NOT NULL DEFAULT '[]'")


def m004_versions(db: Executes) -> None:
    """Which text of a document is the current one, and what people have corrected: a small row beside each large one.

    head: the id of the current version.  identity: corpus.identity.  draft, date, added: what orders the versions.
    corrections: field → value.  file: the hash of the file read, "" where it is not known.
    `generation` counts the changes of documents.
    """
    db.execute(
        "CREATE TABLE versions(document TEXT PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE, head TEXT NOT NULL, "
        "identity TEXT NOT NULL, draft INTEGER NOT NULL, date TEXT NOT NULL, added INTEGER NOT NULL, "
        "corrections TEXT NOT NULL DEFAULT '{}', file TEXT NOT NULL DEFAULT '')"
    )
    for name in ("head", "identity", "added"):
        db.execute(f"CREATE INDEX versions_{name} ON versions({name})")
    for number, (id, data) in enumerate(list(db.execute("SELECT id, facts FROM documents ORDER BY rowid")), 1):
        facts = load_facts(data)
        values = (id, id, identity(facts), facts.draft, facts.date or "", number)
        db.execute("INSERT INTO versions(document, head, identity, draft, date, added) VALUES(?,?,?,?,?,?)", values)
    db.execute("CREATE TABLE generation(number INTEGER NOT NULL)")
    db.execute("INSERT INTO generation VALUES(0)")


MIGRATIONS: tuple[Callable[[Executes], None], ...] = (m001_documents, m002_marks, m003_pages, m004_versions)
