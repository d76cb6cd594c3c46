"""Click in Chinese: help headings and the sentences for wrong usage."""

from difflib import get_close_matches
from gettext import gettext
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import click
from click import core, decorators, exceptions, formatting, parser

from assistant.streams import speak_utf8, told

_WORDS = {
    "Usage:": "用法：",
    "Options": "选项",
    "Commands": "命令",
    "Arguments": "参数",
    "Show this message and exit.": "显示本说明并退出。",
    "Show the version and exit.": "显示版本并退出。",
    "default: {default}": "默认：{default}",
    "env var: {var}": "环境变量：{var}",
    "required": "必填",
}


def sentence(error: click.ClickException) -> str:
    """What was wrong with a command line, and what to do."""
    match error:
        case click.NoSuchOption():
            if error.ctx and isinstance(error.ctx.command, click.Group):
                return f"没有选项 {error.option_name}。选项应写在命令之后，请用 policy --help 查看全部命令。"
            near = f"是否想用 {'、'.join(error.possibilities)}？" if error.possibilities else ""
            return f"没有选项 {error.option_name}。{near}请用 --help 查看可用选项。"
        case click.MissingParameter():
            name = error.param.human_readable_name if error.param else error.param_hint
            return f"缺少参数 {name}。请用 --help 查看用法。"
        case click.BadParameter():
            return f"{_name(error)} 的值不对（{_expected(error)}）。请用 --help 查看用法。"
        case click.BadOptionUsage():
            fault = "后面缺少值" if "requires an argument" in error.message else "不带值"
            return f"选项 {error.option_name} {fault}。请用 --help 查看用法。"
        case click.UsageError() if error.message.startswith("No such command"):
            name = error.message.split("'")[1] if "'" in error.message else ""
            known = error.ctx.command.list_commands(error.ctx) if error.ctx and isinstance(error.ctx.command, click.Group) else []
            near = "".join(f"是否想用 {c}？" for c in get_close_matches(name, known, 1))
            return f"没有命令 {name}。{near}请用 policy --help 查看全部命令。"
        case click.UsageError() if error.message.startswith("Missing command"):
            return "缺少命令。请用 policy --help 查看全部命令。"
        case click.UsageError() if "unexpected extra" in error.message:
            return f"多出了参数（{error.message.split('(')[-1].rstrip(')')}）。含空格的内容请加引号。"
    return f"用法不对：{error.message}"


def program_version() -> str:
    """The version of the installed program."""
    try:
        return version("policy-assistant")
    except PackageNotFoundError:  # run from its source without being installed
        return "（未安装，由源代码直接运行）"


def _name(error: click.BadParameter) -> str:
    """What a person typed: the option, or the argument by its name in the usage line."""
    if isinstance(error.param, click.Option):
        return f"参数 {error.param.opts[0]}"
    return f"参数 {error.param.human_readable_name if error.param else error.param_hint}"


def _expected(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.IntRange):
        return f"应为 {kind.min} 至 {kind.max} 之间的整数"
    return "应为文件，不是文件夹" if isinstance(kind, click.Path) else error.message


def _chinese(message: str) -> str:
    return _WORDS.get(message, gettext(message))


def speak_chinese() -> None:
    """Have click's own help words in Chinese; called once by the command line."""
    for module in (core, decorators, exceptions, formatting, parser):
        vars(module)["_"] = _chinese


class Command(click.Command):
    """A command whose usage line is in Chinese."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        """As click.Command."""
        super().__init__(*args, **{"options_metavar": "[选项]", **extra})


class Group(click.Group):
    """A group that lists its commands in the order they are written and answers wrong usage in Chinese."""

    def __init__(self, *args: Any, **extra: Any) -> None:
        """A group whose usage line is in Chinese too."""
        super().__init__(*args, **{"options_metavar": "[选项]", "subcommand_metavar": "命令 [参数]...", **extra})

    command_class = Command

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Commands in the order of the source."""
        return list(self.commands)

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run; wrong usage gives a sentence on stderr and exit code 2."""
        speak_chinese()
        speak_utf8()
        try:
            code = super().main(*args, **{**extra, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            click.echo(error.format_message())
            raise SystemExit(2) from None
        except click.ClickException as error:
            click.echo(sentence(error), err=True)
            raise SystemExit(2) from error
        except OSError as error:  # standard output itself cannot be written
            click.echo(told(error), err=True)
            raise SystemExit(1) from None
        except click.Abort:
            click.echo("已中断。", err=True)
            raise SystemExit(1) from None
        raise SystemExit(code if isinstance(code, int) else 0)
