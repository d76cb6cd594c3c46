from corpus.recent import Recent
from corpus.types import Document, Facts


def document(id: str, characters: int) -> Document:
    return Document(id, f"{id}.txt", "水" * characters, Facts(id, None, None, None, None, False, None, ()))


def test_what_was_asked_for_longest_ago_is_let_go_first() -> None:
    recent = Recent(10)
    for id in "abc":
        recent.put(1, document(id, 3))
    assert recent.get(1, "a") is not None
    recent.put(1, document("d", 3))
    assert [id for id in "abcd" if recent.get(1, id)] == ["a", "c", "d"]


def test_a_text_longer_than_all_that_is_kept_is_not_kept() -> None:
    recent = Recent(10)
    recent.put(1, document("a", 11))
    assert recent.get(1, "a") is None
    recent.put(1, document("b", 10))
    assert recent.get(1, "b") is not None


def test_a_document_put_twice_is_counted_once() -> None:
    recent = Recent(10)
    for _ in range(3):
        recent.put(1, document("a", 6))
    recent.put(1, document("b", 4))
    assert recent.get(1, "a") and recent.get(1, "b")


def test_nothing_is_kept_from_one_generation_to_the_next() -> None:
    recent = Recent(10)
    recent.put(1, document("a", 6))
    assert recent.get(2, "a") is None
    recent.put(2, document("b", 6))
    assert (recent.get(2, "a"), recent.get(1, "b")) == (None, None)
    assert recent.get(2, "b") is not None


def test_a_document_put_again_is_counted_as_it_is_now() -> None:
    recent = Recent(10)
    recent.put(1, document("a", 6))
    recent.put(1, document("a", 2))
    recent.put(1, document("b", 8))
    kept = recent.get(1, "a")
    assert kept is not None and len(kept.text) == 2 and recent.get(1, "b")
    recent.put(1, document("a", 3))
    assert recent.get(1, "a") and recent.get(1, "b") is None


def test_what_was_read_before_the_library_changed_comes_too_late() -> None:
    recent = Recent(10)
    recent.put(3, document("new", 3))
    recent.put(2, document("old", 3))
    assert recent.get(3, "new") and recent.get(3, "old") is None and recent.get(2, "old") is None
