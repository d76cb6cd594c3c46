"""One direction: corpus ← index ← assistant ← app.py; the environment, SQLite and printing each have one place."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = {
    "corpus": {"corpus"},
    "index": {"corpus", "index"},
    "assistant": {"corpus", "index", "assistant"},
    "eval": {"corpus", "index", "assistant", "eval"},
}
OURS = set(ALLOWED) | {"app", "tests"}
MODULES = sorted(p.relative_to(ROOT).as_posix() for package in ALLOWED for p in (ROOT / package).rglob("*.py"))


def imports(path: str) -> set[str]:
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    found = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    return found | {n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.module}


@pytest.mark.parametrize("path", MODULES)
def test_imports_run_downwards(path: str) -> None:
    own = {name.split(".")[0] for name in imports(path)} & OURS
    assert own <= ALLOWED[path.split("/")[0]]


@pytest.mark.parametrize("path", MODULES)
def test_one_place_for_each(path: str) -> None:
    text, found = (ROOT / path).read_text("utf-8"), imports(path)
    assert ("sqlite3" in found) == (path == "corpus/database.py")
    assert "pickle" not in found and "marshal" not in found
    assert "os.environ" not in text or path in ("assistant/config.py", "eval/startup.py")


def test_app_is_short() -> None:
    assert len((ROOT / "app.py").read_text("utf-8").splitlines()) < 15
