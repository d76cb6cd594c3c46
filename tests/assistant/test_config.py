"""Settings: who overrules whom, and what is refused."""

from pathlib import Path

import pytest

from assistant.config import SETTINGS, load_settings
from corpus.errors import PolicyError


def test_options_over_environment_over_file_over_defaults(tmp_path: Path) -> None:
    file = tmp_path / "policy.toml"
    file.write_text('library = "/file"\nencoder = "file"\nport = 81\nterms = ["a.jsonl", "b.jsonl"]\n', "utf-8")
    settings = load_settings({"POLICY_ENCODER": "environment", "POLICY_LIBRARY": "/environment"}, file=file, library="/option")
    assert (settings.library, settings.encoder, settings.port) == (Path("/option"), "environment", 81)
    assert settings.terms == (Path("a.jsonl"), Path("b.jsonl"))
    assert (settings.host, settings.departments) == ("127.0.0.1", ())


def test_defaults_need_nothing(tmp_path: Path) -> None:
    settings = load_settings({}, file=tmp_path / "none.toml")
    assert settings.encoder == "builtin" and settings.port == 7860 and settings.library.name == "library"


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1", "78 60", "７８"])
def test_a_port_that_is_none(tmp_path: Path, port: str) -> None:
    if port == "７８":
        assert load_settings({"POLICY_PORT": port}, file=tmp_path / "x").port == 78
        return
    with pytest.raises(PolicyError, match="端口"):
        load_settings({"POLICY_PORT": port}, file=tmp_path / "x")


@pytest.mark.parametrize(("text", "says"), [("libary = 1", "libary"), ("library = ", "无法读取")])
def test_a_bad_file_is_named(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "policy.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(PolicyError, match=says):
        load_settings({}, file=file)


def test_every_setting_is_explained() -> None:
    assert all(s.help and s.variable == f"POLICY_{s.key.upper()}" for s in SETTINGS)
