"""`policy train` and `policy feedback`."""

import click

from assistant.command import command
from assistant.report import Json
from assistant.service import Assistant
from assistant.streams import bar, emit, every, rows
from assistant.training import mark_json, mark_text, outcome_json, outcome_text
from corpus.errors import PolicyError
from corpus.reading import written

_EXAMPLE = '{"id": "1", "question": "谁负责挥发性有机物整治", "clause": "条款编号", "good": true}'


@click.command(help="用本库的文件、自备词表和标记过的条款训练内置编码器；确有提高才采用。")
@click.option("--undo", is_flag=True, help="恢复训练之前的编码器。")
@command
def train(undo: bool, assistant: Assistant, as_json: bool) -> int:
    """policy train."""
    if undo:
        undone = assistant.undo_training(bar("重建索引"))
        if as_json:
            emit({"status": "undone" if undone else "nothing"})
        else:
            click.echo("已恢复训练之前的编码器，索引已重建。" if undone else "本库使用的是内置编码器，没有可恢复的。")
        return 0
    outcome = assistant.train(bar("训练", "步"), bar("重建索引"))
    if as_json:
        emit(outcome_json(outcome))
    else:
        click.echo(outcome_text(outcome))
    return 0


@click.command(help="记下某一条款对某一问题有用或不对，供训练使用。问题写作 - 时，从标准输入逐行读取 JSON。")
@click.argument("question", metavar="问题", required=False)
@click.argument("clause", metavar="条款编号", required=False)
@click.option("--good/--bad", "good", default=None, help="该条款有用，或不对。")
@click.option("--list", "listed", is_flag=True, help="列出已记下的标记。")
@click.option("--remove", metavar="序号", type=int, multiple=True, help="删去一个标记，可重复。")
@command
def feedback(
    question: str | None,
    clause: str | None,
    good: bool | None,
    listed: bool,
    remove: tuple[int, ...],
    assistant: Assistant,
    as_json: bool,
) -> int:
    """policy feedback QUESTION CLAUSE --good|--bad; or one of --list, --remove."""
    if (question is not None) + listed + bool(remove) != 1:
        raise click.UsageError("请给出问题和条款编号，或 --list、--remove 之一。")
    if listed:
        return _list(assistant, as_json)
    if remove:
        return _remove(assistant, remove, as_json)
    if question == "-":
        return every(rows(_EXAMPLE), as_json, lambda id, row: _mark(assistant, id, row, as_json))
    if clause is None or good is None:
        raise click.UsageError("请给出条款编号，并写明 --good 或 --bad。条款编号见 policy search --json 的 clause。")
    row = {"question": written(question or ""), "clause": written(clause), "good": good}
    _mark(assistant, None, row, as_json)
    return 0


def _mark(assistant: Assistant, id: object, row: Json, as_json: bool) -> None:
    question, clause, good = row.get("question"), row.get("clause"), row.get("good")
    if not (isinstance(question, str) and isinstance(clause, str) and isinstance(good, bool)):
        raise PolicyError(f"这一行应有 question、clause（文字）和 good（true 或 false），应如 {_EXAMPLE}。")
    mark = assistant.mark(question, clause, good=good)
    if as_json:
        emit({"id": id, "status": "recorded", **mark_json(assistant.library, mark)})
    else:
        click.echo(f"已记下：{mark_text(assistant.library, mark)}")


def _list(assistant: Assistant, as_json: bool) -> int:
    marks = assistant.marks()
    for mark in marks:
        if as_json:
            emit(mark_json(assistant.library, mark))
        else:
            click.echo(mark_text(assistant.library, mark))
    if not marks and not as_json:
        click.echo("还没有标记。请用 policy feedback 问题 条款编号 --good（或 --bad）添加，或在网页的出处下点“有用”“不对”。")
    return 0


def _remove(assistant: Assistant, numbers: tuple[int, ...], as_json: bool) -> int:
    missing = 0
    for number in numbers:
        removed = assistant.unmark(number)
        missing += not removed
        if as_json:
            emit({"number": number, "status": "removed" if removed else "missing"})
        else:
            click.echo(f"已删去 {number}" if removed else f"没有序号为 {number} 的标记，请用 policy feedback --list 查看。")
    return int(missing > 0)
