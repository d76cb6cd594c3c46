"""LibreOffice, for the formats it opens and we do not: a file of one of them → a file of another.

It runs without a window, in a profile of its own, with macros and links to other places off.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from corpus.errors import FormatError
from corpus.faults import reason
from corpus.reading import watch
from corpus.reading.signatures import NAMES

TIME_LIMIT = 120  # seconds for one file; the first start of a profile takes some of them
_LATER = 30  # seconds: who watches over this process stops it first; where he is gone, it ends itself

_PLACES = (  # where the installers put it, besides the search path
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
    "C:/Program Files (x86)/LibreOffice/program/soffice.exe",
)
_ENDINGS = {"wordml": "xml", "locked": "xlsx"}  # of a kind that is not its own ending
_FILTERS = {"docx": "docx:MS Word 2007 XML", "xlsx": "xlsx:Calc MS Excel 2007 XML", "pdf": "pdf"}
_MISSING = (
    "是{0}，需要借助 LibreOffice 读取，而本机没有安装。安装方法：Debian、Ubuntu、统信 UOS、银河麒麟运行"
    " sudo apt install libreoffice-writer libreoffice-calc；Windows、macOS 从 LibreOffice 官方网站下载安装。"
    "也可以用 Office 或 WPS 打开，另存为 {1} 后添加。"
)
_SETTINGS = (  # path in LibreOffice's registry, property, value
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),  # known to newer ones alone
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "2"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("org.openoffice.Office.Calc/Formula/Load", "OOXMLRecalcMode", "1"),  # never: formulas that ask other places stay as saved
    ("org.openoffice.Office.Calc/Formula/Load", "ODFRecalcMode", "1"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),  # nobody listens at port 9
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
_OPTIONS = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")
_lock = threading.Lock()  # two LibreOffices in one profile are one, and the first to end ends both


def converted(kind: str, data: bytes, ending: str) -> bytes:
    """A file of a kind (a key of signatures.NAMES) as docx, xlsx or pdf.

    Raises FormatError where LibreOffice is missing, does not open it or takes too long.
    """
    soffice, other = find_soffice(), ".xlsx" if ending == "xlsx" else ".docx"
    if soffice is None:
        raise FormatError(_MISSING.format(NAMES[kind], other))
    with _lock, tempfile.TemporaryDirectory(prefix="policy-") as folder:
        source = Path(folder, f"document.{_ENDINGS.get(kind, kind)}")
        source.write_bytes(data)
        made = Path(folder, "made")
        convert = ("--convert-to", _FILTERS[ending], "--outdir", str(made), str(source))
        _run([soffice, *_OPTIONS, f"-env:UserInstallation={_profile().as_uri()}", *convert])
        try:
            return (made / f"document.{ending}").read_bytes()
        except OSError as error:
            raise FormatError(
                f"LibreOffice 打不开这个文件（{NAMES[kind]}），它可能已损坏、不完整或设有密码。"
                f"请用 Office 或 WPS 打开，另存为 {other} 后添加。"
            ) from error


@cache
def find_soffice() -> str | None:
    """LibreOffice's program, None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return found or next((place for place in _PLACES if Path(place).is_file()), None)


@cache
def _profile_folder() -> tempfile.TemporaryDirectory[str]:
    """A profile for as long as the process lives: making one takes longer than most files."""
    return tempfile.TemporaryDirectory(prefix="policy-office-", ignore_cleanup_errors=True)


def _profile() -> Path:
    folder = Path(_profile_folder().name)
    settings = folder / "user" / "registrymodifications.xcu"
    if not settings.exists():
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(_registry(_SETTINGS), "utf-8")
    return folder


def _registry(settings: Sequence[tuple[str, str, str]]) -> str:
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in settings
    )
    spaces = 'xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"'
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items {spaces}>{items}</oor:items>'


def _run(command: list[str]) -> None:
    """Run to the end or to the limit; with it ends what it started."""
    try:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=not watch.ends_together(),
        )
    except OSError as error:
        raise FormatError(f"LibreOffice 无法启动：{reason(error)}。请检查它的安装，或用 Office、WPS 另存文件后添加。") from error
    try:
        process.wait(TIME_LIMIT + _LATER if watch.ends_together() else TIME_LIMIT)
    except subprocess.TimeoutExpired as error:
        raise FormatError(
            f"LibreOffice 用了 {TIME_LIMIT} 秒仍未读完，已停止。请用 Office 或 WPS 打开，另存为新文件后添加。"
        ) from error
    finally:
        if process.poll() is None:
            _kill(process)


def _kill(process: subprocess.Popen[bytes]) -> None:
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(
                0 if watch.ends_together() else process.pid, signal.SIGKILL
            )  # the program itself is a child of the script that starts it
    process.kill()
    process.wait()
