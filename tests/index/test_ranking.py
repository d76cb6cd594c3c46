"""The closer look in a search: an encoder whose words are single characters, so that every share can be counted."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus.lexicon.terms import Thesaurus
from corpus.store import Library
from index.base import Hit
from index.closer import FIRST, LONGEST
from index.search import Searcher
from tests.fakes import FakeEncoder, store


class WordEncoder(FakeEncoder):
    """coverage: the share of the question's characters that stand in the text. `read`: the texts it was shown last."""

    def coverage(self, query: str, texts: Sequence[str]) -> np.ndarray:  # type: ignore[override]
        self.read = list(texts)
        return np.array([sum(c in text for c in query) / len(query) for text in texts])


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    opened = Library(tmp_path)
    yield opened
    opened.close()


def search(library: Library, question: str, encoder: FakeEncoder | None = None, **how: bool) -> list[Hit]:
    return Searcher.open(library, encoder or WordEncoder(), Thesaurus([])).search(question, 50, **how)


def test_the_clause_that_says_all_of_the_question_comes_first(library: Library) -> None:
    parts = [("一", "", "水水水水。甲乙。"), ("二", "", "水。甲乙丙丁戊己。")]
    store(library, "a", None, parts)
    first, second = search(library, "水丙丁戊己")
    assert (first.clause, first.why.coverage) == ("a:二", 1.0)
    assert second.why.coverage == pytest.approx(1 / 5)
    assert first.score > second.score
    plain = search(library, "水丙丁戊己", FakeEncoder())
    assert all(hit.why.coverage is None for hit in plain)


def test_only_the_first_are_looked_at_and_the_others_keep_their_order_behind_them(library: Library) -> None:
    store(library, "a", None, [(str(n), "", f"水第{n}。{'气' * n}") for n in range(1, FIRST + 11)])
    hits, before = search(library, "水"), search(library, "水", FakeEncoder())
    shares = [hit.why.coverage for hit in hits]
    assert None not in shares[:FIRST]
    assert set(shares[FIRST:]) == {None}
    assert [h.clause for h in hits[FIRST:]] == [h.clause for h in before[FIRST:]]
    assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)


def test_of_a_long_clause_its_best_passages_are_read(library: Library) -> None:
    filler = "".join(f"第{n}件事情照旧办理，不再另行通知各有关单位。" for n in range(120))
    store(library, "a", None, [("一", "", filler + "水水水水水，由丙丁负责办理。")])
    encoder = WordEncoder()
    [hit] = search(library, "水丙丁", encoder)
    [text] = encoder.read
    assert len(text) < LONGEST + 100
    assert "由丙丁负责" in text
    assert hit.why.coverage == 1.0


def test_what_holds_everywhere_goes_before_a_places_own_rules_unless_the_place_is_named(library: Library) -> None:
    for id, region in (("a", "临溪市"), ("b", None)):
        store(library, id, region, [("一", "", "水的事由市县两级主管部门办理。")])
    assert [h.document for h in search(library, "水的事")] == ["b", "a"]
    assert [h.document for h in search(library, "水的事", distinct=True)] == ["b"]
    assert [h.document for h in search(library, "临溪市水的事")] == ["a", "b"]


def test_a_document_that_changes_during_the_search_is_never_quoted_from_another_text(library: Library) -> None:
    store(library, "a", None, [("一", "", "水的事由部门办理。")])
    store(library, "b", None, [("一", "", "水的事另有规定。")])

    class Changing(WordEncoder):
        def coverage(self, query: str, texts: Sequence[str]) -> np.ndarray:
            if library.document("a").text.startswith("水"):
                store(library, "a", None, [("一", "", "气" * 30)])
            return super().coverage(query, texts)

    hits = search(library, "水的事", Changing())
    assert [hit.document for hit in hits] == ["b"]  # the other waits for the next build


def test_a_document_removed_during_the_search_is_no_fault(library: Library) -> None:
    store(library, "a", None, [("一", "", "水的事由部门办理。")])
    store(library, "b", None, [("一", "", "水的事另有规定。")])

    class Removing(WordEncoder):
        def encode_queries(self, texts: Sequence[str]) -> np.ndarray:
            library.remove("a")
            return super().encode_queries(texts)

    assert [hit.document for hit in search(library, "水的事", Removing())] == ["b"]
