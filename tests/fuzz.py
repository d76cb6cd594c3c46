"""Damage files at random and read them: `python -m tests.fuzz FORMAT... --count 10000`.

Every damaged file is read, or refused by a sentence that names it; a fault of ours, a crash of the reading process or a
limit of time that is met is a failure, told with the number that makes the same file again.
"""

import argparse
import io
import random
import re
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from unittest.mock import patch

from corpus.ingest import read_document
from corpus.reading import process
from corpus.reading.folders import shown
from corpus.reading.members import Part, _Walk
from corpus.reading.worker import Worker
from tests.corpus.reading import making
from tests.corpus.reading.pdf_making import pdf, ruled, written
from tests.corpus.reading.test_html import PAGE
from tests.corpus.reading.test_ofd import line, ofd, text
from tests.corpus.reading.test_sheets_disguised import XML_2003 as EXCEL_2003

WORD_2003 = (
    '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?><w:wordDocument'
    ' xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>{}</w:body></w:wordDocument>'
)
PLAN = (
    "云泽市节能方案\n一、总体要求\n推进节能工作，到2025年能耗下降15%。\n二、主要任务\n（一）工业节能。由市经信局负责。\n"
    "附件\n指标\t目标\n能耗\t15%\n煤耗\t300\n"
)
_FAULTS = ("程序出错", "意外终止", "时间上限")
PICTURES = ("png", "jpg", "tiff", "bmp")
OFFICE = ("rtf", "odt", "doc", "wps")  # read by LibreOffice, seconds a file
_NO_RECOGNITION = "from corpus.reading import scan; scan.available = lambda: False"
_STAND_IN = (  # for recognition, which takes seconds a page: what is damaged is the picture file
    "from corpus.reading import scan, printed; "
    "scan.recognised = lambda _, n: printed.PrintedPage(n, 9.0, (printed.Glyph('节', 0.0, 1.0, 4.5, 1.0),), (), 0.5)"
)
_NO_OFFICE = "from corpus.reading import office; office.find_soffice = lambda: None"  # as a second try for spreadsheets
_TIME = re.compile(rb"\d{4}-\d\d-\d\dT[\d:.]+Z")
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


def _timeless(data: bytes) -> bytes:
    """A Word file or workbook without the time at which it was made: the number of a fault makes the same file any day."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = {name: _TIME.sub(b"2020-01-01T00:00:00Z", archive.read(name)) for name in archive.namelist()}
    return making.zipped(dict(members))


def _converted(target: str, ending: str = "docx", data: bytes | None = None) -> bytes:
    """The plan, or the file given, as LibreOffice saves it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"plan.{ending}")
        source.write_bytes(data or _word())
        return (making.converted(Path(folder), target, [source]) / f"plan.{target.partition(':')[0]}").read_bytes()


def _picture(kind: str) -> Callable[[], bytes]:
    def made() -> bytes:
        from PIL import Image

        buffer = io.BytesIO()
        pages = [Image.effect_noise((120, 80), 60) for _ in range(2)]
        pages[0].save(buffer, kind, **({"save_all": True, "append_images": pages[1:]} if kind == "TIFF" else {}))
        return buffer.getvalue()

    return made


def _word() -> bytes:
    return _timeless(making.word(PLAN))


def _workbook() -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    for row in ([PLAN.split("\n")[0]], ["任务", "单位", "时限"], ["改造管网", "市水务局", 45000], ["节水", "市经信局", 0.15]):
        book.active.append(row)
    book.active.merge_cells("A1:C1")
    book.active["C3"].number_format, book.active["C4"].number_format = 'yyyy"年"m"月"', "0.0%"
    book.save(buffer := io.BytesIO())
    return _timeless(buffer.getvalue())


def _mail() -> bytes:
    made = EmailMessage()
    made["Subject"], made["From"], made["Message-ID"] = "关于征求意见的通知", "a@example.com", "<1@example.com>"
    made.set_content("方案见附件。")
    made.add_attachment(_word(), maintype="application", subtype="octet-stream", filename="方案.docx")
    made.add_attachment(PLAN.encode("gb18030"), maintype="text", subtype="plain", filename="方案.txt")
    made.set_boundary("=")
    return bytes(made)


def _web_archive() -> bytes:
    made = EmailMessage()
    made.set_content(PAGE.format("gb2312"), subtype="html", charset="gb2312")
    made.make_related("=")
    return made.as_bytes()


SEEDS: dict[str, Callable[[], bytes]] = {  # format → a sound file of it
    "txt": lambda: PLAN.encode(),
    "md": lambda: PLAN.replace("一、", "# 一、").encode("gb18030"),
    "docx": _word,
    "html": lambda: (
        PAGE.format("utf-8").replace("</p>", "</p><table><tr><td rowspan=2>甲<td>乙<tr><td>丙</table><ol><li>丁</ol>").encode()
    ),
    "pdf": lambda: pdf(
        written((80.0, 100.0 + 30 * n, each) for n, each in enumerate(PLAN.split("\n"))) + ruled([80, 200], [400, 430])
    ),
    "ofd": lambda: ofd(
        *("".join(text(25, 30 + 8 * n, each) for n, each in enumerate(PLAN.split("\n")) if each) + line(25, 90, 99, 90),)
    ),
    **{kind: _picture({"jpg": "JPEG"}.get(kind, kind.upper())) for kind in PICTURES},
    "csv": lambda: '云泽市节水指标,,\n指标,目标值,"完成\n时限"\n用水总量,"1,200万立方米",2025年\n'.encode("gb18030"),
    "xlsx": _workbook,
    "xls": lambda: _converted("xls:MS Excel 97", "xlsx", _workbook()),
    "eml": _mail,
    "zip": lambda: making.zipped({"方案.txt": PLAN, "内/方案.docx": _word(), "内.zip": making.zipped({"乙.txt": PLAN})}),
    "mht": _web_archive,
    "xml": lambda: WORD_2003.format(making.paragraph(PLAN)).encode(),
    "xlsml": lambda: EXCEL_2003.encode(),
    "rtf": lambda: b"{\\rtf1\\ansi " + "".join(f"\\u{ord(c)}?" if c != "\n" else "\\par " for c in PLAN).encode() + b"}",
    "odt": lambda: _converted("odt"),
    "doc": lambda: _converted("doc"),
    "wps": lambda: _converted("doc"),
}


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a damaged file: read, refused, or a fault with its sentence. `number` makes the same file again."""

    number: int
    outcome: str
    told: str = ""


def fuzz(kind: str, count: int, seed: int = 0, seconds: float = 120.0) -> Iterator[Result]:
    """Damage and read `count` files of a format. No characters are recognised: noise takes seconds a page."""
    whole = SEEDS[kind]()
    without = f"{_STAND_IN}; " if kind in PICTURES else f"{_NO_RECOGNITION}; "
    without += "" if kind in OFFICE else f"{_NO_OFFICE}; "
    with patch.object(process, "BOOT", process.BOOT.replace("serve(", f"{without}serve(")), Worker(seconds=seconds) as reader:
        for number in range(count):
            yield _read(reader, f"损.{kind}", damaged(whole, random.Random(f"{kind} {seed} {number}")), number)


def _read(reader: Worker, name: str, data: bytes, number: int) -> Result:
    """The file, or all files in it: one that is read makes the outcome `读出`, one with a fault `出错`."""
    try:
        outcomes = [_outcome(part) for part in _Walk(reader).parts(name, data, "", 0)]
    except Exception as error:  # what we look for
        return Result(number, "出错", f"{type(error).__name__}: {error}")
    told = dict(reversed(outcomes))
    outcome = next((each for each in ("出错", "读出") if each in told), "拒绝")
    return Result(number, outcome, told.get(outcome, "没有结果"))


def _outcome(part: Part) -> tuple[str, str]:
    found = part.reading
    if found is None:
        told = part.error or ""
        sound = shown(part.name) in told and told.endswith("。") and not any(fault in told for fault in _FAULTS)
        return ("拒绝" if sound else "出错"), told
    starts = [page.start for page in found.pages]
    assert starts == sorted(starts) and all(0 <= start <= len(found.text) for start in starts), starts
    document, clauses = read_document(found.text, "d", part.name)
    assert all(document.text[c.start : c.end] == c.text for c in clauses)
    return "读出", ""


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
    """Fuzz formats; exit code 1 where there was a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("formats", choices=sorted(SEEDS), nargs="+", metavar="FORMAT")
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=120.0)
    options = parser.parse_args()
    faults = [_reported(kind, options) for kind in options.formats]
    return 1 if any(faults) else 0


def _reported(kind: str, options: argparse.Namespace) -> int:
    """Fuzz one format and say what became of its files; how many faults there were."""
    counts: Counter[str] = Counter()
    for result in fuzz(kind, options.count, options.seed, options.seconds):
        counts[result.outcome] += 1
        if result.outcome == "出错":
            sys.stdout.write(f"{kind} 第 {result.number} 个：{result.told}\n")
            sys.stdout.flush()
    told = "，".join(f"{outcome} {counts[outcome]} 个" for outcome in ("读出", "拒绝", "出错"))
    sys.stdout.write(f"{kind}：损坏的文件 {options.count} 个，{told}。\n")
    sys.stdout.flush()
    return counts["出错"]


if __name__ == "__main__":
    sys.exit(main())
