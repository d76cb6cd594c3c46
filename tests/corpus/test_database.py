"""The connection: what counts as a change, and nothing half written that another thread could read."""

import threading
from pathlib import Path

import pytest

from corpus.database import Database
from corpus.store import Library
from tests.versioned import plan, put


def test_a_mark_makes_nothing_be_read_again(tmp_path: Path) -> None:
    library, other = Library(tmp_path / "库"), Library(tmp_path / "库")
    id = put(library, tmp_path / "甲.txt", plan()).document
    for mark in (library.mark, other.mark):
        before = library.documents()[0], library.revisions(), library.stating("duties")
        mark("谁改造管网", f"{id}:二/一", good=True)
        after = library.documents()[0], library.revisions(), library.stating("duties")
        assert all(one is two for one, two in zip(before, after, strict=True))
    assert len(library.marks()) == 1


def test_another_connection_s_change_is_seen(tmp_path: Path) -> None:
    library, other = Library(tmp_path / "库"), Library(tmp_path / "库")
    assert library.documents() == []
    id = put(other, tmp_path / "甲.txt", plan()).document
    assert [d.id for d in library.documents()] == [id]
    other.correct(str(id), {"region": "松陵市"})
    assert library.documents()[0].facts.region == library.document(str(id)).facts.region == "松陵市"
    other.remove(str(id))
    assert library.documents() == [] and library.revisions() == {}


@pytest.mark.parametrize("moment", [1, 2])
def test_of_two_programs_that_make_a_library_at_once_both_have_it(tmp_path: Path, moment: int) -> None:
    looks: list[int] = []

    class Late(Database):
        """Looks at the version of the file, and before it does anything another program makes it."""

        def _version(self) -> int:
            looks.append(super()._version())
            if len(looks) == moment:
                Library(self.folder).close()
            return looks[-1]

    assert Late(tmp_path).generation() == 0 and Library(tmp_path).documents() == []
    assert looks[0] == 0 and looks[-1] > 0


def test_what_is_written_inside_a_change_falls_with_it(tmp_path: Path) -> None:
    database = Database(tmp_path)
    before = database.generation()
    with pytest.raises(RuntimeError), database.write() as db:
        with database.change():
            db.execute("INSERT INTO marks(question, clause, good) VALUES('问', '条', 1)")
        raise RuntimeError
    assert database.generation() == before and database.read("SELECT * FROM marks", (), lambda *row: row) == []


def test_a_change_that_fails_leaves_the_count_and_the_rows(tmp_path: Path) -> None:
    database = Database(tmp_path)
    before = database.generation()
    with pytest.raises(RuntimeError), database.change() as db:
        db.execute("INSERT INTO marks(question, clause, good) VALUES('问', '条', 1)")
        raise RuntimeError
    assert database.generation() == before and database.read("SELECT * FROM marks", (), lambda *row: row) == []


def test_other_threads_wait_for_a_change_to_be_whole(tmp_path: Path) -> None:
    database = Database(tmp_path)
    seen: list[int] = []
    reader = threading.Thread(target=lambda: seen.extend(database.read("SELECT COUNT(*) FROM marks", (), int)))
    with database.change() as db:
        db.execute("INSERT INTO marks(question, clause, good) VALUES('问', '条', 1)")
        reader.start()
        reader.join(0.1)
        assert seen == []
        db.execute("INSERT INTO marks(question, clause, good) VALUES('问', '另条', 1)")
    reader.join()
    assert seen == [2]
