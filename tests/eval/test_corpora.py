from pathlib import Path

import pytest

from corpus.errors import PolicyError
from eval.corpora import located, open_articles, open_plans, with_wanted
from eval.gold import Sought
from index.training.texts import Passage

LAWS = [
    Passage("水法", "节约用水。"),
    Passage("林法", "禁止砍伐。"),
    Passage("水法", "保护 水源。"),
    Passage("地方水法", "节约用水"),
]
ASKED = [
    Sought("1", "own", "水", (Passage("水法第一条", "节约用水！"), Passage("水法第二条", "保护水源"))),
    Sought("2", "own", "气", (Passage("某地报告", "减少废气。"),)),
    Sought("3", "own", "气", (Passage("某地报告", "减少废气"),)),
]


def test_texts_that_stand_in_no_law_are_added_once() -> None:
    assert with_wanted(LAWS, ASKED) == [*LAWS, Passage("某地报告", "减少废气。")]


def test_articles_are_clauses_of_their_laws(tmp_path: Path) -> None:
    corpus, places = open_articles(tmp_path, with_wanted(LAWS, ASKED))
    documents = {d.id: d for d in corpus.library.documents()}
    stored = {c.id: (documents[c.document].facts.title, c.text) for c in corpus.library.clauses()}
    assert sorted(stored.values()) == sorted([*LAWS, ("某地报告", "减少废气。")])
    assert corpus.names.keys() == stored.keys()
    first, second, third = located(ASKED, places)
    assert {stored[name[0]] for name in first.relevant} == {("水法", "节约用水。"), ("水法", "保护 水源。")}
    assert second.relevant == third.relevant
    corpus.library.close()


def test_a_kept_library_is_brought_up_to_date_by_what_changed(tmp_path: Path) -> None:
    corpus, _ = open_articles(tmp_path, LAWS)
    before = corpus.library.revisions()
    corpus.library.close()
    corpus, places = open_articles(tmp_path, [*LAWS[1:], Passage("林法", "植树造林。")])
    after = corpus.library.revisions()
    titles = {d.facts.title for d in corpus.library.documents() if before.get(d.id) == after[d.id]}
    assert titles == {"地方水法"}
    assert len(after) == 3
    assert places["节约用水"] in corpus.names.values()
    corpus.library.close()


def test_clauses_of_plans_are_called_by_source_and_path(tmp_path: Path) -> None:
    plan = tmp_path / "方案.txt"
    plan.write_text("节能方案\n\n一、目标\n\n节能。\n\n二、任务\n\n（一）治水。护水。\n", encoding="utf-8")
    corpus = open_plans(tmp_path / "library", [plan])
    assert ("方案.txt", "二", "一") in corpus.names.values()
    corpus.library.close()
    other = tmp_path / "其他.txt"
    other.write_text("工作方案\n\n一、绿化。种树。\n", encoding="utf-8")
    corpus = open_plans(tmp_path / "library", [other])
    assert {name[0] for name in corpus.names.values()} == {"其他.txt"}
    corpus.library.close()
    (tmp_path / "空.txt").touch()
    with pytest.raises(PolicyError, match=r"空\.txt"):
        open_plans(tmp_path / "other", [tmp_path / "空.txt"])
