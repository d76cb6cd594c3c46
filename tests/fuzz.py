"""Damage files at random and read them: `python -m tests.fuzz FORMAT --count 10000`.

Every damaged file is read, or refused by a sentence that names it; a fault of ours, a crash of the reading process or a
limit of time that is met is a failure, told with the number that makes the same file again.
"""

import argparse
import io
import random
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from corpus.errors import PolicyError
from corpus.ingest import read_document
from corpus.reading import worker
from corpus.reading.worker import Worker
from tests.corpus.reading import making
from tests.corpus.reading.pdf_making import pdf, ruled, written
from tests.corpus.reading.test_html import PAGE
from tests.corpus.reading.test_ofd import line, ofd, text

PLAN = (
    "云泽市节能方案\n一、总体要求\n推进节能工作，到2025年能耗下降15%。\n二、主要任务\n（一）工业节能。由市经信局负责。\n"
    "附件\n指标\t目标\n能耗\t15%\n煤耗\t300\n"
)
_FAULTS = ("程序出错", "意外终止", "时间上限")
_PICTURES = ("png",)
_NO_RECOGNITION = "from corpus.reading import scan; scan.available = lambda: False"
_WORDS = (
    b"\x00",
    b"\xff\xff\xff\xff",
    b"\x7f\xff\xff\xff",
    b"<",
    b">",
    b"</",
    b"&#0;",
    b"&a;",
    b"]]>",
    b"-1",
    b"99999999999",
    b"{",
)


def _converted(ending: str) -> bytes:
    """The plan as LibreOffice saves it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "plan.docx")
        source.write_bytes(making.word(PLAN))
        return (making.converted(Path(folder), ending, [source]) / f"plan.{ending}").read_bytes()


def _picture() -> bytes:
    from PIL import Image

    buffer = io.BytesIO()
    Image.effect_noise((120, 80), 60).save(buffer, "PNG")
    return buffer.getvalue()


SEEDS: dict[str, Callable[[], bytes]] = {  # format → a sound file of it
    "txt": lambda: PLAN.encode(),
    "md": lambda: PLAN.replace("一、", "# 一、").encode("gb18030"),
    "docx": lambda: making.word(PLAN),
    "html": lambda: (
        PAGE.format("utf-8").replace("</p>", "</p><table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table><ol><li>丁</ol>").encode()
    ),
    "pdf": lambda: pdf(
        written((80.0, 100.0 + 30 * n, each) for n, each in enumerate(PLAN.split("\n"))) + ruled([80, 200], [400, 430])
    ),
    "ofd": lambda: ofd(
        *("".join(text(25, 30 + 8 * n, each) for n, each in enumerate(PLAN.split("\n")) if each) + line(25, 90, 99, 90),)
    ),
    "png": _picture,
    "rtf": lambda: b"{\\rtf1\\ansi " + "".join(f"\\u{ord(c)}?" if c != "\n" else "\\par " for c in PLAN).encode() + b"}",
    "odt": lambda: _converted("odt"),
    "doc": lambda: _converted("doc"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a damaged file: read, refused, or a fault with its sentence. `number` makes the same file again."""

    number: int
    outcome: str
    told: str = ""


def fuzz(kind: str, count: int, seed: int = 0, seconds: float = 120.0) -> Iterator[Result]:
    """Damage and read `count` files of a format. Characters are recognised in pictures alone: noise takes seconds a page."""
    whole = SEEDS[kind]()
    boot = worker._BOOT if kind in _PICTURES else worker._BOOT.replace("serve(", f"{_NO_RECOGNITION}; serve(")
    with patch.object(worker, "_BOOT", boot), Worker(seconds=seconds) as reader:
        for number in range(count):
            yield _read(reader, f"损.{kind}", damaged(whole, random.Random(f"{kind} {seed} {number}")), number)


def _read(reader: Worker, name: str, data: bytes, number: int) -> Result:
    try:
        found = reader.read(name, data)
        starts = [page.start for page in found.pages]
        assert starts == sorted(starts) and all(0 <= start <= len(found.text) for start in starts), starts
        document, clauses = read_document(found.text, "d", name)
        assert all(document.text[c.start : c.end] == c.text for c in clauses)
    except PolicyError as error:
        told = str(error)
        sound = name in told and not any(fault in told for fault in _FAULTS)
        return Result(number, "拒绝", told) if sound else Result(number, "出错", told)
    except Exception as error:  # what we look for
        return Result(number, "出错", f"{type(error).__name__}: {error}")
    return Result(number, "读出")


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """The file with some of its bytes changed; of a zip container, half of the time those of a member, packed anew."""
    if whole.startswith(b"PK") and chance.random() < 0.7:
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            members: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
        name = chance.choice([name for name, content in members.items() if content])
        members[name] = _changed(bytes(members[name]), chance)  # type: ignore[arg-type]
        return making.zipped(members)
    return _changed(whole, chance)


def _changed(whole: bytes, chance: random.Random) -> bytes:
    data = bytearray(whole)
    for _ in range(chance.choice((1, 1, 2, 4, 16))):
        at = chance.randrange(len(data) + 1)
        end = min(len(data), at + chance.choice((1, 2, 8, 64, 512)))
        match chance.randrange(6):
            case 0:
                data[at:end] = chance.randbytes(end - at)
            case 1:
                del data[at:end]
            case 2:
                data[at:at] = data[at:end] * chance.choice((1, 2, 50))
            case 3:
                data[at : at + chance.randrange(5)] = chance.choice(_WORDS)
            case 4 if chance.random() < 0.2:
                del data[at:]
            case _:
                source = chance.randrange(len(data) + 1)
                data[at:end] = data[source : source + end - at]
    return bytes(data)


def main() -> int:
    """Fuzz one format; exit code 1 where there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("format", choices=sorted(SEEDS))
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=120.0)
    options = parser.parse_args()
    counts: Counter[str] = Counter()
    for result in fuzz(options.format, options.count, options.seed, options.seconds):
        counts[result.outcome] += 1
        if result.outcome == "出错":
            sys.stdout.write(f"第 {result.number} 个：{result.told}\n")
            sys.stdout.flush()
    told = "，".join(f"{outcome} {counts[outcome]} 个" for outcome in ("读出", "拒绝", "出错"))
    sys.stdout.write(f"{options.format}：损坏的文件 {options.count} 个，{told}。\n")
    return 1 if counts["出错"] else 0


if __name__ == "__main__":
    sys.exit(main())
