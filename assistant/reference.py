"""Writes docs/reference.md from the code: `python -m assistant.reference`; `--check` only compares.

The command line's help, the settings table and the fields of the stored records cannot drift from what they describe.
"""

import dataclasses
import sys
from pathlib import Path

import click

from assistant.chinese_click import speak_chinese
from assistant.cli import main as policy
from assistant.config import SETTINGS
from assistant.types import Answer, Citation, Item
from corpus.migrations import MIGRATIONS
from corpus.types import Clause, Document, Facts, Responsibility, Target

PATH = Path(__file__).resolve().parents[1] / "docs" / "reference.md"
_RECORDS = (Document, Facts, Clause, Responsibility, Target, Answer, Item, Citation)


def _help(command: click.Command, name: str) -> str:
    context = click.Context(command, info_name=name, terminal_width=100, max_content_width=100)
    return command.get_help(context)


def _commands() -> list[str]:
    speak_chinese()
    sections = [f"```\n{_help(policy, 'policy')}\n```"]
    for name, command in policy.commands.items():
        sections.append(f"### policy {name}\n\n```\n{_help(command, f'policy {name}')}\n```")
    return sections


def _settings() -> str:
    rows = [f"| `{s.key}` | `{s.variable}` | {s.default} | {s.help} |" for s in SETTINGS]
    return "\n".join(["| 设置 | 环境变量 | 默认 | 说明 |", "|---|---|---|---|", *rows])


def _record(kind: type) -> str:
    # names only: the meaning of each field stands in the docstring of its record
    names = "、".join(f"`{f.name}`" for f in dataclasses.fields(kind))
    return f"- **{kind.__name__}**（`{kind.__module__}`）：{names}"


def render() -> str:
    """The whole page."""
    return (
        "\n\n".join(
            [
                "# 命令、设置与数据结构",
                "本页由程序生成（`make docs`），请勿手工修改。",
                "## 命令",
                *_commands(),
                "## 设置",
                "命令行选项优先于环境变量，环境变量优先于用户配置目录中的 `policy.toml`，最后是默认值。",
                _settings(),
                "## 数据结构",
                f"文件库为 SQLite 数据库 `library.db`，当前结构版本 {len(MIGRATIONS)}。起止位置均为存储文本中的字符偏移，左闭右开。",
                "\n".join(_record(kind) for kind in _RECORDS),
            ]
        )
        + "\n"
    )


def main(arguments: list[str]) -> int:
    """Write the page, or with --check say whether it is current."""
    page = render()
    if "--check" not in arguments:
        PATH.write_text(page, encoding="utf-8")
        return 0
    if PATH.is_file() and PATH.read_text(encoding="utf-8") == page:
        return 0
    sys.stderr.write("docs/reference.md 与代码不一致，请运行 make docs。\n")
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
