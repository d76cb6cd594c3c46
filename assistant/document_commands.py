"""`policy versions`, `policy compare` and `policy correct`."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict

import click

from assistant.command import command
from assistant.precedents.wording import marked
from assistant.report import Json, clause_json, document_json
from assistant.scoping import one_document
from assistant.service import Assistant
from assistant.streams import bar, emit, shown
from assistant.versions import ClausePair, Comparison, Status
from corpus.corrections import NAMES
from corpus.errors import PolicyError
from corpus.store import content_hash
from corpus.types import Clause, Document, Fact

_STATUS: dict[Status, str] = {"same": "未变", "changed": "修改", "moved": "移动", "added": "新增", "removed": "删除"}


def described(assistant: Assistant, documents: Iterable[Document]) -> Iterator[tuple[Json, str]]:
    """Each document as `policy documents` has it: as JSON, and as a line."""
    counts = assistant.counts(versions=True)
    versions = {v.document: v for v in assistant.versions()}
    for document in documents:
        version = versions[document.id]
        row = document_json(document, counts[document.id], version, assistant.corrections(document.id))
        state = "征求意见稿" if row["draft"] else "正式文件"
        several = f"  第 {version.number} 版（共 {version.count} 版，{'现行' if version.current else '旧版本'}）"
        yield (
            row,
            f"{row['document']}  《{row['title']}》  {row['doc_number'] or '无文号'}  {row['region'] or '地区不明'}  "
            f"{row['date'] or '日期不明'}  {state}  {row['clauses']} 条  {shown(row['source'])}"
            + (several if version.count > 1 else "")
            + (f"  人工更正：{'、'.join(NAMES[field] for field in row['corrected'])}" if row["corrected"] else ""),
        )


@click.command(help="列出一份文件的各个版本，由旧到新，最后一版为现行版本。")
@click.argument("document", metavar="文件")
@command
def versions(document: str, assistant: Assistant, as_json: bool) -> None:
    """policy versions DOCUMENT."""
    ids = [v.document for v in assistant.versions(one_document(assistant, document).id)]
    for row, line in described(assistant, map(assistant.document, ids)):
        if as_json:
            emit(row)
        else:
            click.echo(line)


@click.command(
    help="逐条比较两个版本（或任意两份文件）：哪些条款未变、修改、移动、新增、删除。只写一份文件的，与它的上一版比较。"
)
@click.argument("old", metavar="旧文件")
@click.argument("new", metavar="[新文件]", required=False)
@click.option("--all", "every", is_flag=True, help="未变的条款也逐条列出（只影响供人阅读的输出）。")
@command
def compare(old: str, new: str | None, every: bool, assistant: Assistant, as_json: bool) -> None:
    """policy compare OLD NEW."""
    first = one_document(assistant, old)
    ids = _with_the_one_before(assistant, first) if new is None else (first.id, one_document(assistant, new).id)
    found = assistant.compare(*ids)
    if as_json:
        for row in found.rows:
            emit(_pair_json(found, row))
        return
    counts = "，".join(f"{_STATUS[status]} {n}" for status, n in found.counts.items())
    click.echo(f"《{found.old.facts.title}》（{found.old.source}）→《{found.new.facts.title}》（{found.new.source}）：{counts}")
    for row in found.rows:
        if every or row.status != "same":
            click.echo(_pair_text(row))


def _with_the_one_before(assistant: Assistant, document: Document) -> tuple[str, str]:
    version = assistant.version(document.id)
    if version.number == 1:
        raise PolicyError(f"“{document.source}”没有更早的版本。请写明与哪一份文件比较：policy compare 旧文件 新文件。")
    return assistant.versions(document.id)[version.number - 2].document, document.id


def _pair_json(found: Comparison, row: ClausePair) -> Json:
    """A line of `policy compare`."""
    return {
        "status": row.status,
        "renumbered": row.renumbered,
        "similarity": row.similarity,
        "old": _clause_json(row.old, found.old),
        "new": _clause_json(row.new, found.new),
        "pieces": [asdict(piece) for piece in row.pieces],
    }


def _clause_json(clause: Clause | None, document: Document) -> Json | None:
    keys = ("clause", "document", "source", "path", "label", "heading", "text", "start", "end")
    return None if clause is None else {key: value for key, value in clause_json(clause, document.source).items() if key in keys}


def _pair_text(row: ClausePair) -> str:
    labels = list(dict.fromkeys(clause.label for clause in (row.old, row.new) if clause is not None))
    words = marked(row.pieces) or next(" ".join(clause.text.split()) for clause in (row.new, row.old) if clause is not None)
    return f"{_STATUS[row.status]}  {' → '.join(labels)}\n   {words}"


@click.command(help="更正读取有误的文件信息。更正在重新读取、更新文件后保留，可以撤销；写空值（如 --number ''）表示没有。")
@click.argument("document", metavar="文件")
@click.option("--title", metavar="题目", help="题目。")
@click.option("--number", "doc_number", metavar="文号", help="文号。")
@click.option("--issuer", metavar="机关", help="发文机关。")
@click.option("--region", metavar="地区", help="地区，如达州市。")
@click.option("--date", metavar="日期", help="成文日期，如 2022-09-28、2022-09，也可写 2022年9月28日。")
@click.option("--draft/--issued", "draft", default=None, help="是征求意见稿，或是正式文件。")
@click.option("--valid", metavar="有效期", help="有效期，如“有效期至2027年12月31日”。")
@click.option("--undo", is_flag=True, help="撤销全部更正，恢复读取的信息。")
@command
def correct(document: str, undo: bool, assistant: Assistant, as_json: bool, **facts: Fact) -> None:
    """policy correct DOCUMENT."""
    given = {field: value for field, value in facts.items() if value is not None}
    if undo == bool(given):
        raise click.UsageError("请写明要更正的信息（如 --region 达州市），或用 --undo 撤销更正，二者取一。")
    before = one_document(assistant, document)
    head = assistant.version(before.id).head
    if undo:
        status = "undone" if assistant.undo_corrections(before.id) else "nothing"
    else:
        assistant.correct(before.id, given)
        status = "corrected"
    assistant.refresh(bar("更新索引"))
    after = _where_now(assistant, before, head)
    row, line = next(described(assistant, [after]))
    corrections = assistant.corrections(after.id)
    if as_json:
        emit({**row, "status": status, "corrections": [asdict(c) for c in corrections]})
        return
    click.echo({"corrected": "已更正", "undone": "已撤销更正", "nothing": "没有可撤销的更正"}[status])
    click.echo(line)
    for c in corrections:
        click.echo(f"   {NAMES[c.field]}：读取为“{_said(c.read)}”，更正为“{_said(c.value)}”")


def _where_now(assistant: Assistant, before: Document, head: str) -> Document:
    """The same text, which another date or state may have made the current version, or an old one."""
    id = assistant.library.by_content(content_hash(before.text), near=head)
    if id is None:
        raise PolicyError(f"文件“{before.source}”已被移除。")
    return assistant.document(id)


def _said(value: Fact) -> str:
    return {True: "征求意见稿", False: "正式文件", None: "无"}[value] if not isinstance(value, str) else value
