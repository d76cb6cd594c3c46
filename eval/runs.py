"""What was measured, with everything needed to read it later: records, and their JSON file."""

import json
import os
import platform
import subprocess
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from corpus.errors import PolicyError
from index.base import Encoder
from index.manifest import Manifest

FORMAT = 1
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question and what became of it. rank: of the first right hit, None if there is none.  values: by measure, in [0, 1]."""

    id: str
    kind: str
    text: str
    rank: int | None
    values: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Result:
    """One system on one set of questions over one corpus."""

    set: str
    system: str
    corpus: str
    questions: tuple[Asked, ...]

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures of its questions, in the order of the tables."""
        return tuple(self.questions[0].values) if self.questions else ()

    def by_kind(self) -> dict[str, tuple[Asked, ...]]:
        """Kind → its questions, kinds by name; a set of one kind only has its own name for it."""
        kinds = sorted({q.kind for q in self.questions})
        return {kind: tuple(q for q in self.questions if q.kind == kind) for kind in kinds}


@dataclass(frozen=True, slots=True)
class State:
    """What was searched: counts, and the library's state (equal states hold equal documents)."""

    documents: int
    clauses: int
    texts: int
    state: str

    @classmethod
    def of(cls, manifest: Manifest) -> "State":
        """As the index says it."""
        return cls(manifest.documents, manifest.clauses, manifest.texts, manifest.state)


@dataclass(frozen=True, slots=True)
class Made:
    """By what, when and where a run was made. commit: None outside a repository; `…+` where files were changed since."""

    time: str
    commit: str | None
    encoder: str
    fingerprint: str
    dim: int
    machine: str
    cpus: int
    python: str

    @property
    def short_commit(self) -> str:
        """Twelve digits, the mark of changed files kept."""
        return f"{self.commit[:12]}{'+' if self.commit.endswith('+') else ''}" if self.commit else "无"

    @classmethod
    def now(cls, encoder: Encoder) -> "Made":
        """Here and now."""
        return cls(
            time=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            commit=_commit(),
            encoder=encoder.name,
            fingerprint=encoder.fingerprint,
            dim=encoder.dim,
            machine=f"{platform.system()} {platform.machine()}",
            cpus=os.cpu_count() or 0,
            python=platform.python_version(),
        )


@dataclass(frozen=True, slots=True)
class Run:
    """A run file. corpora: by name."""

    made: Made
    corpora: Mapping[str, State]
    results: tuple[Result, ...]


def _commit() -> str | None:
    try:
        head = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
        changed = subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return head.stdout.strip() + ("+" if changed.stdout.strip() else "")


def write_run(path: Path, run: Run) -> None:
    """Writes the run as JSON."""
    text = json.dumps({"format": FORMAT, **asdict(run)}, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def read_run(path: Path) -> Run:
    """What `write_run` wrote. Raises PolicyError for any other file."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        if row["format"] != FORMAT:
            raise PolicyError(f"测量结果 {path.name} 为第 {row['format']} 版格式，本程序读取第 {FORMAT} 版。请重新测量。")
        return Run(Made(**row["made"]), {k: State(**v) for k, v in row["corpora"].items()}, tuple(map(_result, row["results"])))
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise PolicyError(f"{path.name} 不是 eval.run 写出的测量结果（{error}）。请指定其输出文件夹中的 run.json。") from error


def _result(row: Mapping[str, Any]) -> Result:
    return Result(row["set"], row["system"], row["corpus"], tuple(Asked(**q) for q in row["questions"]))
