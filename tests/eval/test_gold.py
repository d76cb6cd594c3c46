import json
from pathlib import Path

import pytest

from corpus.errors import PolicyError
from eval.gold import judged_by_texts, read_clause_gold, read_text_gold
from index.training.material import held_statute, held_written
from index.training.texts import Passage
from tests.shared import SHARED, needs_shared

CLAUSES = {"id": "f-1", "kind": "find", "question": "谁来治水", "clauses": [["a.txt", "三/九"], ["b.txt", "附件1"]]}
TEXTS = {"id": 7, "query": "树能砍吗", "relevant": [{"id": 30, "article": "林法", "text": "禁止砍伐。"}]}


def written(folder: Path, *rows: object) -> Path:
    path = folder / "gold.jsonl"
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n\n" for row in rows), encoding="utf-8")
    return path


def test_questions_judged_by_clauses(tmp_path: Path) -> None:
    unanswered = CLAUSES | {"id": "n-1", "clauses": []}
    path = written(tmp_path, CLAUSES, CLAUSES | {"id": "m-1", "kind": "meta"}, unanswered)
    assert not judged_by_texts(path)
    (question,) = read_clause_gold(path)
    assert (question.id, question.kind, question.text) == ("f-1", "find", "谁来治水")
    assert question.relevant == {("a.txt", "三", "九"), ("b.txt", "附件1")}


def test_questions_judged_by_texts(tmp_path: Path) -> None:
    path = written(tmp_path, TEXTS, TEXTS | {"id": 8})
    assert judged_by_texts(path)
    first, _ = read_text_gold(path, "own")
    assert (first.id, first.kind, first.text, first.wanted) == ("7", "own", "树能砍吗", (Passage("林法", "禁止砍伐。"),))
    assert [q.id for q in read_text_gold(path, "own", lambda number, _: number == 1)] == ["8"]


@pytest.mark.parametrize(
    ("number", "id", "statute", "by_id"), [(0, 30, True, True), (1, 31, False, False), (6, 18, True, True), (7, 12, False, False)]
)
def test_what_is_held_out_of_training(number: int, id: int, statute: bool, by_id: bool) -> None:
    assert held_statute(number, {}) is statute
    assert held_written(number, {"relevant": [{"id": id}]}) is by_id


def test_faults_name_file_and_line(tmp_path: Path) -> None:
    with pytest.raises(PolicyError, match=r"gold\.jsonl 的第一行"):
        judged_by_texts(written(tmp_path, {"id": 1}))
    with pytest.raises(PolicyError, match=r"第 3 行缺少 'article'"):
        read_text_gold(written(tmp_path, TEXTS, TEXTS | {"relevant": [{"text": "文"}]}), "own")
    with pytest.raises(PolicyError, match="第 1 行不是"):
        read_clause_gold(written(tmp_path, "一句话"))


@needs_shared
def test_the_shared_questions_are_read() -> None:
    questions = [q for name in ("find", "questions") for q in read_clause_gold(SHARED / "gold" / f"{name}.dev.jsonl")]
    assert len(questions) == len({q.id for q in questions}) == 88
    assert len(read_text_gold(SHARED / "stard" / "queries.dev.jsonl", "statute", held_statute)) == 206
