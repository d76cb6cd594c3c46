"""The `policy` command. With `--json`: JSON Lines on stdout and nothing else there."""

import sys
from pathlib import Path

import click
from tqdm import tqdm

from assistant.chinese_click import Group, program_version
from assistant.command import EMPTY, command
from assistant.document_commands import compare, correct, described, versions
from assistant.export import answers_xlsx, duties_docx, duties_xlsx, questions_of
from assistant.precedents.report import precedents_json, precedents_text
from assistant.report import also_text, answer_json, answer_text, clause_json, hit_json
from assistant.scoping import scope_of, scoped, with_versions
from assistant.service import Assistant
from assistant.streams import bar, each, emit, shown
from assistant.training_commands import feedback, train
from assistant.types import OUTCOMES
from corpus.errors import PolicyError
from corpus.faults import reason
from corpus.reading import walk, written
from index.base import Scope


def _paths(context: click.Context, parameter: click.Parameter, values: tuple[str, ...]) -> tuple[Path, ...]:
    """An empty path would be the working folder, which nobody meant."""
    if "" in values:
        raise click.BadParameter("路径为空", context, parameter)
    return tuple(map(Path, values))


@click.group(cls=Group, name="policy", help="政策问答助手：政策文本的语义检索与问答，每句话都有出处。")
@click.version_option(program_version(), message="policy %(version)s", help="显示版本并退出。")
def main() -> None:
    """The root command."""


@main.command(help="读取文件或文件夹入库，逐个文件报告结果。")
@click.argument("paths", nargs=-1, required=True, metavar="路径...", callback=_paths)
@command
def add(paths: tuple[Path, ...], assistant: Assistant, as_json: bool) -> int:
    """policy add PATH..."""
    failed = 0
    files = sum(1 for _ in walk(paths))
    for a in tqdm(assistant.add(paths), desc="读取", total=files, unit="件", delay=1, file=sys.stderr, leave=False):
        failed += a.status == "failed"
        if as_json:
            row = {"source": a.source, "status": a.status, "document": a.document, "clauses": a.clauses, "error": a.error}
            emit({**row, "told": a.told or None})
        else:
            said = f"：{a.error}" if a.error else f"（{a.clauses} 条）{a.told}"
            click.echo(shown(f"{OUTCOMES[a.status]}  {a.source}{said}"))
    assistant.refresh(bar("建立索引"))
    return int(failed > 0)


@main.command(help="从文件库中移除文件，立即生效。现行版本连同其旧版本一并移除；给出旧版本的编号则只移除该版本。")
@click.argument("documents", nargs=-1, required=True, metavar="文件编号...")
@command
def remove(documents: tuple[str, ...], assistant: Assistant, as_json: bool) -> int:
    """policy remove DOCUMENT..."""
    missing = 0
    for id in map(written, documents):
        removed = assistant.remove(id)
        missing += not removed
        if as_json:
            emit({"document": id, "status": "removed" if removed else "missing"})
        else:
            click.echo(f"已移除 {id}" if removed else f"文件库中没有编号为 {id} 的文件，请用 policy documents 查看。")
    assistant.refresh(bar("更新索引"))
    return int(missing > 0)


@main.command(help="列出文件库中的文件。")
@command
@with_versions
def documents(versions: bool, assistant: Assistant, as_json: bool) -> None:
    """policy documents."""
    known = assistant.documents(versions=versions)
    for row, line in described(assistant, known):
        if as_json:
            emit(row)
        else:
            click.echo(line)
    if not known and not as_json:
        click.echo(EMPTY)


@main.command(help="按原文顺序列出条款。")
@click.option("--document", metavar="文件", help="只列某一文件（编号、文件名或题目）。")
@command
@with_versions
def clauses(document: str | None, versions: bool, assistant: Assistant, as_json: bool) -> None:
    """policy clauses."""
    chosen = scope_of(assistant, (), [document] if document else (), versions=versions).documents
    if not assistant.counts() and not as_json:
        click.echo(EMPTY)
    for d in assistant.documents(versions=versions):
        if chosen and d.id not in chosen:
            continue
        for clause in assistant.clauses(d.id):
            if as_json:
                emit(clause_json(clause, d.source))
            else:
                click.echo(f"{clause.id}  {clause.label}")


@main.command(help="检索条款。查询写作 - 时，从标准输入逐行读取 JSON。")
@click.argument("query", metavar="查询")
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 1000), metavar="条数", help="最多返回的条数。")
@click.option("--all", "every", is_flag=True, help="相同的表述也逐条列出（默认只列最靠前的一处）。")
@command
@scoped
def search(query: str, k: int, every: bool, scope: Scope, assistant: Assistant, as_json: bool) -> int:
    """policy search QUERY."""

    def work(id: object, text: str) -> None:
        hits = assistant.search(text, k, scope, distinct=not every)
        rows = [
            hit_json(rank, hit, assistant.clause(hit.document, hit.clause), assistant.document(hit.document))
            for rank, hit in enumerate(hits, 1)
        ]
        if as_json:
            emit({"id": id, "query": text, "hits": rows})
        for row, hit in [] if as_json else zip(rows, hits, strict=True):
            also = f"，{also}" if (also := also_text(hit)) else ""
            old = "（旧版本）" if row["old"] else ""
            click.echo(f"{row['rank']}. {shown(row['source'])}{old} {row['label']}（{row['score']:.3f}{also}）")
            click.echo(f"   {' '.join(row['quote'].split())}\n   {row['why']['text']}")
        if not rows and not as_json:
            click.echo(f"没有找到与“{text}”有关的条款。" if assistant.counts() else EMPTY)

    return each(query, "query", as_json, work)


@main.command(help="提问，回答附出处。问题写作 - 时，从标准输入逐行读取 JSON。")
@click.argument("question", metavar="问题")
@command
@scoped
def ask(question: str, scope: Scope, assistant: Assistant, as_json: bool) -> int:
    """policy ask QUESTION."""

    def work(id: object, text: str) -> None:
        answer = assistant.ask(text, scope)
        if as_json:
            emit(answer_json(id, answer))
        else:
            click.echo(answer_text(answer))

    return each(question, "question", as_json, work)


@main.command(help="查找已有表述。文字写作 - 时，从标准输入逐行读取 JSON。")
@click.argument("text", metavar="文字")
@click.option("-k", default=10, show_default=True, type=click.IntRange(1, 1000), metavar="组数", help="最多返回的组数。")
@command
@scoped
def precedents(text: str, k: int, scope: Scope, assistant: Assistant, as_json: bool) -> int:
    """policy precedents TEXT."""

    def work(id: object, given: str) -> None:
        found = assistant.precedents(given, k, scope)
        if as_json:
            emit(precedents_json(id, found))
        elif found.groups:
            click.echo(precedents_text(found))
        else:
            click.echo("没有找到与所给文字相近的表述。" if assistant.counts() else EMPTY)

    return each(text, "text", as_json, work)


def _write(path: Path, data: bytes, what: str) -> None:
    try:
        path.write_bytes(data)
    except OSError as error:
        raise PolicyError(f"无法写入 {path}：{reason(error)}。请换一个位置，或关闭正打开该文件的程序。") from error
    click.echo(f"已写入 {path}（{what}）。", err=True)


@main.command(help="导出责任分工表（按扩展名 .xlsx 或 .docx）。")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--unit", multiple=True, metavar="单位", help="只含某一部门，可重复；市发改委、市发展改革委视为同一部门。")
@command
@scoped
def duties(file: Path, unit: tuple[str, ...], scope: Scope, assistant: Assistant, as_json: bool) -> None:
    """policy duties FILE."""
    writers = {".xlsx": duties_xlsx, ".docx": duties_docx}
    if file.suffix.lower() not in writers:
        raise PolicyError(f"“{file.name}”的扩展名应为 .xlsx 或 .docx。")
    rows = assistant.duties(scope, unit)
    _write(file, writers[file.suffix.lower()](rows), f"责任分工 {len(rows)} 项")
    if as_json:
        emit({"file": file.name, "duties": len(rows)})


@main.command(help="批量回答：读取 Excel 第一列的问题，写出附出处的回答。")
@click.argument("questions", metavar="问题表", type=click.Path(path_type=Path))
@click.argument("file", metavar="回答表", type=click.Path(path_type=Path, dir_okay=False))
@command
def batch(questions: Path, file: Path, assistant: Assistant, as_json: bool) -> None:
    """policy batch QUESTIONS FILE."""
    try:
        data = questions.read_bytes()
    except OSError as error:
        raise PolicyError(f"无法读取 {questions}：{reason(error)}。请检查路径。") from error
    if file.exists() and file.samefile(questions):
        raise PolicyError(f"回答表与问题表是同一个文件 {questions}，写入会覆盖问题。请为回答表另起名称。")
    answers = assistant.ask_all(questions_of(data, questions.name))
    _write(file, answers_xlsx(answers), f"问题 {len(answers)} 个")
    if as_json:
        emit({"file": file.name, "questions": len(answers)})


@main.command(help="更新索引；加 --rebuild 用当前模型全部重建。")
@click.option("--rebuild", is_flag=True, help="不论是否变化，全部重建。")
@command
def index(rebuild: bool, assistant: Assistant, as_json: bool) -> None:
    """policy index."""
    (assistant.rebuild if rebuild else assistant.refresh)(bar("建立索引"))
    if as_json:
        emit(
            {
                "status": "rebuilt" if rebuild else "current",
                "encoder": assistant.encoder.name,
                "documents": len(assistant.documents()),
            }
        )
    else:
        click.echo(
            f"索引已{'重建' if rebuild else '是最新'}：{len(assistant.documents())} 个文件，编码器 {assistant.encoder.name}。"
        )


main.add_command(versions)
main.add_command(compare)
main.add_command(correct)
main.add_command(feedback)
main.add_command(train)


@main.command(help="启动网页。")
@click.option("--host", metavar="地址", help="监听地址（默认 127.0.0.1，只有本机可以访问）。")
@click.option("--port", metavar="端口", type=click.IntRange(1, 65535), help="端口（默认 7860）。")
@command
def serve(host: str | None, port: int | None, assistant: Assistant, as_json: bool) -> None:
    """policy serve."""
    from assistant.web import serve as serve_page  # gradio takes seconds to import

    assistant.refresh(bar("建立索引"))
    serve_page(assistant, host or assistant.settings.host, port or assistant.settings.port)
