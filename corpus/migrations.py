"""The store's schema, step by step. A step is never changed once released: a new one is added.

Each step runs inside the transaction that raises `user_version`.
"""

from collections.abc import Callable
from typing import Protocol


class Executes(Protocol):
    """What a step needs of a connection."""

    def execute(self, sql: str, /) -> object:
        """Run one statement."""


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


MIGRATIONS: tuple[Callable[[Executes], None], ...] = (m001_documents, m002_marks, m003_pages)
