"""What is common to every command of `policy`."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

import click

from assistant.config import load_settings
from assistant.service import open_assistant
from assistant.streams import emit, told

F = TypeVar("F", bound=Callable[..., Any])
EMPTY = "文件库中还没有文件。请用 policy add 添加文件或文件夹。"


def command(function: F) -> F:
    """Common to every command: `--library`, `--encoder`, `--json`; an error of ours is a sentence and exit code 1."""

    @click.option("--library", metavar="文件夹", help="文件库所在文件夹（默认取 POLICY_LIBRARY，否则为用户数据目录）。")
    @click.option("--encoder", metavar="模型", help="向量模型：builtin，或 sentence-transformers 模型文件夹、模型名。")
    @click.option("--json", "as_json", is_flag=True, help="每行输出一个 JSON 对象，供程序读取。")
    @wraps(function)
    def run(*args: Any, library: str | None, encoder: str | None, as_json: bool, **options: Any) -> int:
        try:
            settings = load_settings(library=library, encoder=encoder)
            return int(function(*args, assistant=open_assistant(settings), as_json=as_json, **options) or 0)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:  # an official reads what this prints: never a traceback
            if as_json:
                emit({"error": told(error)})
            click.echo(told(error), err=True)
            return 1

    return run  # type: ignore[return-value]
