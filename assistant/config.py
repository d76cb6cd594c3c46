"""The settings table, and the only reader of the environment and of the settings file."""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

import platformdirs

from corpus.errors import PolicyError
from corpus.faults import reason


@dataclass(frozen=True, slots=True)
class Setting:
    """One row of the settings table: key in the file, environment variable, what it means (for people)."""

    key: str
    variable: str
    default: str
    help: str


SETTINGS = (
    Setting("library", "POLICY_LIBRARY", "用户数据目录", "文件库所在文件夹，存放入库文件与索引"),
    Setting(
        "encoder", "POLICY_ENCODER", "builtin", "向量模型：builtin 为内置编码器；也可填 sentence-transformers 模型文件夹或模型名"
    ),
    Setting("terms", "POLICY_TERMS", "无", "自备词表文件（JSONL），多个文件之间用系统路径分隔符隔开"),
    Setting("departments", "POLICY_DEPARTMENTS", "无", "自备部门表文件（JSONL），多个文件之间用系统路径分隔符隔开；入库时使用"),
    Setting("host", "POLICY_HOST", "127.0.0.1", "网页服务监听地址；默认只有本机可以访问"),
    Setting("port", "POLICY_PORT", "7860", "网页服务端口"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything the assistant is told from outside."""

    library: Path
    encoder: str = "builtin"
    terms: tuple[Path, ...] = ()
    departments: tuple[Path, ...] = ()
    host: str = "127.0.0.1"
    port: int = 7860


def settings_file() -> Path:
    """Where the optional settings file lies: `policy.toml` in the user's configuration folder."""
    return Path(platformdirs.user_config_dir("policy-assistant")) / "policy.toml"


def _from_file(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as error:
        raise PolicyError(
            f"设置文件 {path} 无法读取（{_fault(error)}）。请按文档“设置”一节改正，或删除该文件使用默认设置。"
        ) from error
    known = {s.key for s in SETTINGS}
    if unknown := sorted(set(table) - known):
        raise PolicyError(f"设置文件 {path} 中有不认识的设置：{'、'.join(unknown)}。可用的设置为：{'、'.join(sorted(known))}。")
    if wrong := sorted(k for k, v in table.items() if not isinstance(v, str | int | list)):
        raise PolicyError(f"设置文件 {path} 中 {'、'.join(wrong)} 的值应为文字、整数或列表，如：port = 7860。请改正后重试。")
    return {k: os.pathsep.join(map(str, v)) if isinstance(v, list) else str(v) for k, v in table.items()}


def _fault(error: OSError | ValueError) -> str:
    if isinstance(error, UnicodeDecodeError):
        return "不是 UTF-8 文本"
    place = re.search(r"at line (\d+), column (\d+)", str(error))
    return f"第 {place[1]} 行第 {place[2]} 列附近不合 TOML 格式" if place else reason(error)


def _paths(value: str) -> tuple[Path, ...]:
    return tuple(Path(x).expanduser() for x in value.split(os.pathsep) if x)


def load_settings(environ: Mapping[str, str] = os.environ, *, file: Path | None = None, **given: str | None) -> Settings:
    """Settings by descending right: `given` (options of the command line), environment, settings file, defaults.

    Raises PolicyError for an unknown setting or a port that is no number from 1 to 65535.
    """
    values = _from_file(file or settings_file())
    values |= {s.key: environ[s.variable] for s in SETTINGS if environ.get(s.variable)}
    values |= {k: v for k, v in given.items() if v}
    port = values.get("port", "7860")
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise PolicyError(f"端口设置为“{port}”，应为 1 至 65535 之间的整数。请改正环境变量 POLICY_PORT 或设置文件中的 port。")
    library = values.get("library") or str(Path(platformdirs.user_data_dir("policy-assistant")) / "library")
    return Settings(
        library=Path(library).expanduser(),
        encoder=values.get("encoder", "builtin"),
        terms=_paths(values.get("terms", "")),
        departments=_paths(values.get("departments", "")),
        host=values.get("host", "127.0.0.1"),
        port=int(port),
    )


assert {s.key for s in SETTINGS} == {f.name for f in fields(Settings)}
