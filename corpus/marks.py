"""What users said of cited clauses. A mark stands by itself: it waits for a document that is removed and added again."""

from corpus.database import Database
from corpus.types import Mark


class Marks:
    """The marks of a library."""

    def __init__(self, database: Database) -> None:
        self._db = database

    def all(self) -> list[Mark]:
        """In the order they were made."""
        return self._db.read("SELECT number, question, clause, good FROM marks ORDER BY number", (), _mark)

    def add(self, question: str, clause: str, *, good: bool) -> Mark:
        """Keep one, in place of what was said of the two before."""
        with self._db.write() as db:
            db.execute("DELETE FROM marks WHERE question=? AND clause=?", (question, clause))
            number = db.execute("INSERT INTO marks(question, clause, good) VALUES(?,?,?)", (question, clause, good)).lastrowid
        return Mark(int(number or 0), question, clause, good)

    def remove(self, number: int) -> bool:
        """Forget one; False if there was none."""
        with self._db.write() as db:
            return db.execute("DELETE FROM marks WHERE number=?", (number,)).rowcount > 0


def _mark(number: int, question: str, clause: str, good: int) -> Mark:
    return Mark(number, question, clause, bool(good))
