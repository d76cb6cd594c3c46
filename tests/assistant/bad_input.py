"""What the tests of bad input share: a small plan, its library, a command that must not break."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from assistant.cli import main

PLAN = (
    "云泽市节能方案（示例）\n为节能，制定本方案。\n一、措施\n（一）绿色建筑工程。推广绿色建材。（市住建局负责）\n"
    "（二）涂装废气治理。治理涂装废气。（市生态环境局牵头，市工信局配合）\n"
)


def policy(*arguments: str, stdin: str | bytes | None = None) -> Result:
    """A command that never ends in an exception of its own."""
    result = CliRunner().invoke(main, list(arguments), input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def library(tmp_path: Path) -> str:
    """A library with one small plan."""
    (tmp_path / "云泽.txt").write_text(PLAN, "utf-8")
    folder = str(tmp_path / "我的 库")
    assert policy("add", str(tmp_path / "云泽.txt"), "--library", folder).exit_code == 0
    return folder


# -- names -----------------------------------------------------------------------------------------------------------
