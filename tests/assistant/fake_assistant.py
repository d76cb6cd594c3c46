"""An assistant over three small texts about invented cities, with answers written by hand, for tests of the page."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from assistant.duties import Duty, chosen
from assistant.types import Added, Answer, Citation, Item, Kind, UnitRole
from corpus.errors import LibraryError, PolicyError, QueryError
from corpus.lexicon.departments import department_of
from corpus.types import Clause, Document, Facts, Mark
from index.base import Scope, Why
from tests.assistant.fake_desk import FakeDesk
from tests.assistant.fake_shelf import FakeShelf

VOC = "挥发性有机物治理"
SCRIPT = '<script>window.hurt=1</script><img src=x onerror="window.hurt=1">'

YUNCHUAN = f"""本站讯：云川市近日印发工作方案，详情如下。
云川市节能减排工作方案
各区县人民政府，市政府各部门：
为做好节能减排工作，制定本方案。
一、主要目标
到2027年，全市单位地区生产总值能耗比2022年下降12.5%。
二、重点任务
（一）{VOC}。推进涂装、印刷行业源头替代，更换低挥发性原料。市生态环境局牵头，市工业和信息化局、市市场监管局配合。
（二）农业农村节能减排。改造老旧烘干设施。责任单位：市农业农村局。
三、保障措施
加强宣传，定期通报。"""

LINTAN = f"""临滩市节能减排实施方案
（征求意见稿）
一、重点行动
1.{VOC}行动。对重点企业开展一轮排查。（市生态环境局、各县区政府按职责分工负责）
2.公共机构节能行动。推行合同能源管理。
二、组织实施
以下未列明的任务，均由各县区政府组织落实。"""

HOSTILE = f"""泊岭市{SCRIPT}工作方案
一、{VOC}{SCRIPT}
由市生态环境局负责。{SCRIPT}"""

_NUMBER = re.compile(r"^(?P<one>[一二三]、)|^(?P<two>（[一二三]）|\d\.)", re.M)


def clauses_of(document: str, text: str) -> list[Clause]:
    """Clauses at every 一、 and （一） or 1. of these texts; the title block is [前言], a line of news is no clause."""
    starts = [match.start() for match in _NUMBER.finditer(text)]
    front = text.find("\n") + 1 if text.startswith("本站讯") else 0
    bounds = [front, *starts, len(text)]
    path: tuple[str, ...] = ("[前言]",)
    made: list[Clause] = []
    for start, end in pairwise(bounds):
        piece = text[start:end].rstrip()
        found = _NUMBER.match(piece)
        heading = ""
        if found:
            label = found[0].strip("、（）.")
            path = (label,) if found["one"] else (path[0], label)
            heading = re.split(r"[。\n]", piece[found.end() :])[0]
        name = "前言" if not found else found[0] + heading
        headings = (*("",) * (len(path) - 1), heading)
        made.append(
            Clause(
                id=f"{document}:{'/'.join(path)}",
                document=document,
                path=path,
                kind="part" if found else "front",
                label=name,
                headings=headings,
                text=piece,
                start=start,
                end=start + len(piece),
            )
        )
    return made


def document_of(id: str, source: str, text: str, region: str | None, *, draft: bool = False) -> Document:
    """A document whose title is its first line of text proper."""
    lines = text.splitlines()
    title = lines[1] if lines[0].startswith("本站讯") else lines[0]
    facts = Facts(title, None if draft else "云政办发〔2023〕7号", None, region, "2023-05-08", draft, None, ())
    return Document(id, source, text, facts)


DOCUMENTS = (
    document_of("yc", "云川.txt", YUNCHUAN, "云川市"),
    document_of("lt", "临滩.txt", LINTAN, "临滩市", draft=True),
    document_of("bl", "泊岭<b>.txt", HOSTILE, "泊岭市<i>"),
)


WHY = Why(("有机物", SCRIPT), 3.2, 0.6249, None, 2)  # as the search says it of every hit of 怎么
PATROLS = 205  # rows enough for a second page


def duty(
    document: Document,
    statement: str,
    task: str,
    *,
    lead: tuple[str, ...] = (),
    support: tuple[str, ...] = (),
    responsible: tuple[str, ...] = (),
    inherited: tuple[str, ...] = (),
    deadline: str | None = None,
) -> Duty:
    """A row whose statement stands in the document; the clause is the one that holds it."""
    start = document.text.index(statement)
    end = start + len(statement)
    label = next((c.label for c in clauses_of(document.id, document.text) if c.start <= start < c.end), "")
    departments = frozenset(map(department_of, lead + support + responsible))
    facts = document.facts
    return Duty(
        document.id, facts.title, facts.region, f"{document.id}:x", label, task, lead, support, responsible, inherited,
        departments, deadline, start, end,
    )  # fmt: skip


def duties_of(documents: Sequence[Document]) -> list[Duty]:
    """Duties of the three texts written by hand, 市环保局 among them, and a long run of one office's."""
    known = {document.id: document for document in documents}
    yc, lt, bl = (known.get(each) for each in ("yc", "lt", "bl"))
    rows: list[Duty] = []
    if yc:
        said = "市生态环境局牵头，市工业和信息化局、市市场监管局配合。"
        rows.append(duty(yc, said, VOC, lead=("市生态环境局",), support=("市工业和信息化局", "市市场监管局")))
        rows.append(
            duty(yc, "责任单位：市农业农村局。", "农业农村节能减排", responsible=("市农业农村局",), deadline="2025年底前")
        )
    if lt:
        said = "（市生态环境局、各县区政府按职责分工负责）"
        rows.append(duty(lt, said, f"{VOC}行动", responsible=("市生态环境局",), inherited=("各县区政府",)))
        rows += [duty(lt, "推行合同能源管理", f"第{n}次巡查", responsible=("市水利局",)) for n in range(1, PATROLS + 1)]
    if bl:
        rows.append(duty(bl, "由市生态环境局负责。", "=1+1" + SCRIPT, responsible=("市环保局",)))
    return rows


class FakeAssistant(FakeDesk, FakeShelf):
    """Answers 谁负责, 目标, 任务, 没有 and fails on 坏了; everything else is not found."""

    def __init__(self, documents: Sequence[Document] = DOCUMENTS) -> None:
        self._documents = {document.id: document for document in documents}
        self._marks: list[Mark] = []

    def warm(self) -> None:
        """Nothing is opened late here."""

    def documents(self, *, versions: bool = False) -> list[Document]:
        return list(self._documents.values())

    def document(self, id: str) -> Document:
        if id not in self._documents:
            raise LibraryError("资料库中没有这份文件，可能已被移除。")
        return self._documents[id]

    def clauses(self, document: str) -> list[Clause]:
        return clauses_of(document, self.document(document).text)

    def counts(self) -> dict[str, int]:
        return {document: len(self.clauses(document)) for document in self._documents}

    def take(self, uploads: Iterable[Path]) -> Iterator[Added]:
        for path in uploads:
            text = path.read_text(encoding="utf-8")
            if not text.strip():
                yield Added(path.name, "failed", None, 0, "文件中没有文字。")
                continue
            self._documents[path.stem] = document_of(path.stem, path.name, text, "新岸市")
            yield Added(path.name, "added", path.stem, len(clauses_of(path.stem, text)), None)

    def duties(self, scope: Scope = Scope(), units: Sequence[str] = ()) -> list[Duty]:  # noqa: B008 - frozen and empty
        return chosen(duties_of(self._scoped(scope)), departments=list(map(department_of, units)))

    def ask_all(self, questions: Sequence[str]) -> list[tuple[str, Answer | str]]:
        answers: list[tuple[str, Answer | str]] = []
        for question in questions:
            try:
                answers.append((question, self.ask(question)))
            except PolicyError as error:
                answers.append((question, str(error)))
        return answers

    def mark(self, question: str, clause: str, *, good: bool) -> Mark:
        if "拒收" in question:
            raise LibraryError("文件库未能写入：磁盘已满。")
        kept = [mark for mark in self._marks if (mark.question, mark.clause) != (question, clause)]
        self._marks = [*kept, Mark(1 + max((m.number for m in self._marks), default=0), question, clause, good)]
        return self._marks[-1]

    def unmark(self, number: int) -> bool:
        kept = [mark for mark in self._marks if mark.number != number]
        self._marks, before = kept, len(self._marks)
        return len(kept) < before

    def marks(self) -> list[Mark]:
        return list(self._marks)

    def ask(self, question: str, scope: Scope = Scope()) -> Answer:  # noqa: B008 - frozen and empty
        if not question.strip():
            raise QueryError("问题是空的。请输入要查的事项。")
        if "坏了" in question:
            raise RuntimeError("boom")
        asked: tuple[tuple[str, Kind, str], ...] = (
            ("谁负责", "who", VOC),
            ("任务", "tasks", "。"),
            ("目标", "target", "下降12.5%"),
            ("怎么", "find", VOC),
        )
        for word, kind, needle in asked:
            if word in question:
                return self._answer(question, kind, needle, scope)
        return Answer(question, "find", "not_found", f"没有找到与“{question}”有关的条款。", (), ())

    def _answer(self, question: str, kind: Kind, needle: str, scope: Scope) -> Answer:
        citations: list[Citation] = []
        items: list[Item] = []
        for document in self._scoped(scope):
            for clause in self.clauses(document.id):
                if needle in clause.text and len(clause.path[0]) == 1:
                    citations.append(_cite(len(citations) + 1, document, clause, kind))
                    items.append(_item(document, clause, len(citations)))
        marks = "".join(f"[{each.n}]" for each in citations)
        lines = "\n".join(f"{each.region}：见{each.label}[{each.marks[0]}]，编号[2023]。" for each in items)
        text = f"{len(items)}处作出规定{marks}：\n{lines}"
        return Answer(question, kind, "answered", text, tuple(items), tuple(citations), ("VOCs治理",))

    def _scoped(self, scope: Scope) -> list[Document]:
        return [
            each
            for each in self.documents()
            if (not scope.documents or each.id in scope.documents) and (not scope.regions or each.facts.region in scope.regions)
        ]


def _cite(n: int, document: Document, clause: Clause, kind: Kind) -> Citation:
    start = clause.start + (clause.text.find("。") + 1 if "。" in clause.text[:-1] else 0)
    facts = document.facts
    return Citation(
        n, clause.id, document.id, document.source, facts.title, facts.region, clause.path, clause.label,
        start, clause.end, document.text[start : clause.end], facts.draft, why=WHY if kind == "find" else None,
    )  # fmt: skip


_UNITS = {
    ("yc", "一"): (UnitRole("市生态环境局", "lead", False), UnitRole("市工业和信息化局", "support", False),
                   UnitRole("市市场监管局", "support", False)),
    ("lt", "1"): (UnitRole("市生态环境局", "responsible", False), UnitRole("各县区政府", "responsible", True)),
    ("bl", "一"): (UnitRole("市生态环境局" + SCRIPT, "responsible", False),),
}  # fmt: skip


def _item(document: Document, clause: Clause, mark: int) -> Item:
    units = _UNITS.get((document.id, clause.path[-1]), ())
    values = ("12.5%",) if "12.5%" in clause.text else ()
    return Item(
        document.id, document.source, document.facts.region, clause.path, clause.label, units, values,
        clause.text, (mark,),
    )  # fmt: skip
