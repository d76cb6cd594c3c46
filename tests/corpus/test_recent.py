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
