"""What the commands read from standard input and write to standard output and standard error."""

import json
import logging
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeVar

import click
from tqdm import tqdm

from assistant.report import Json
from corpus.errors import PolicyError
from corpus.faults import reason
from corpus.reading import written

T = TypeVar("T")
_LOG = logging.getLogger(__name__)
_TEXTS = ("question", "query", "text")
# what would break a line, move the cursor or turn the direction of writing: in the name of a file
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")


def speak_utf8() -> None:
    """UTF-8 in and out whatever the locale says; what is no text is escaped, never an error."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    if hasattr(sys.stdin, "reconfigure"):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")


def emit(record: Json) -> None:
    """One JSON object as a line of stdout."""
    click.echo(json.dumps(record, ensure_ascii=False))


def shown(name: str) -> str:
    """A file name that can stand in a line for people."""
    return _UNSEEN.sub("\ufffd", name)


def told(error: Exception) -> str:
    """An error as a sentence: ours say it themselves; what we did not foresee is kept for `logging` at level debug."""
    if isinstance(error, PolicyError):
        return str(error)
    _LOG.debug("", exc_info=error)
    if isinstance(error, OSError):
        return f"读写文件时出错：{reason(error)}。请检查磁盘空间和访问权限后重试。"
    first = str(error).strip().split("\n")[0][:200]
    return f"程序出错，未能完成（{type(error).__name__}：{first}）。请把这条提示和所用的命令一并报告。"


def bar(label: str, unit: str = "条") -> Callable[[int, int], None]:
    """A progress bar on stderr that shows itself only for what takes longer than a second."""
    shown_bar: tqdm[Any] | None = None

    def step(done: int, total: int) -> None:
        nonlocal shown_bar
        if shown_bar is None or shown_bar.total != total:
            shown_bar = tqdm(total=total, desc=label, unit=unit, delay=1, file=sys.stderr, leave=False)
        shown_bar.update(done - shown_bar.n)
        if done >= total:
            shown_bar.close()

    return step


def _object(line: str, number: int, example: str) -> Json | PolicyError:
    """The JSON object of a line of input, or the error that says what it should be."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        row = None
    return row if isinstance(row, dict) else PolicyError(f"第 {number} 行不是所需的 JSON 对象，应如 {example}。")


def rows(example: str) -> Iterator[tuple[object, Json | PolicyError]]:
    """(id, object) of every line of stdin that is not empty; the line's number stands for an id that is missing."""
    for number, line in enumerate(sys.stdin or (), 1):
        if clean := written(line).removeprefix("\ufeff").strip():
            row = _object(clean, number, example)
            yield (row.get("id", number) if isinstance(row, dict) else number), row


def _text(row: Json, key: str, example: str) -> str | PolicyError:
    given = next((row[k] for k in (key, *_TEXTS) if k in row), None)
    return given if isinstance(given, str) else PolicyError(f"这一行没有文字“{key}”，应如 {example}。")


def _inputs(text: str, key: str) -> Iterator[tuple[object, str | PolicyError]]:
    """(id, text) of the one text, or of every line of stdin where the text is `-`."""
    if text != "-":
        yield None, written(text)
        return
    example = f'{{"id": "1", "{key}": "谁负责挥发性有机物整治"}}'
    for id, row in rows(example):
        yield id, _text(row, key, example) if isinstance(row, dict) else row


def each(text: str, key: str, as_json: bool, work: Callable[[object, str], None]) -> int:
    """Do the work for the text, or for every line of stdin where it is `-`. The exit code."""
    return every(_inputs(text, key), as_json, work)


def every(inputs: Iterable[tuple[object, T | PolicyError]], as_json: bool, work: Callable[[object, T], None]) -> int:
    """Do the work for every input; one that fails is reported and does not stop the rest. The exit code."""
    code = 0
    for id, given in inputs:
        try:
            if isinstance(given, PolicyError):
                raise given
            work(id, given)
        except OSError:  # nobody reads on, or the disk is full: the next line would fare no better
            raise
        except Exception as error:
            code = 1
            if as_json:
                emit({"id": id, "error": told(error)})
            else:
                click.echo(told(error), err=True)
    return code
