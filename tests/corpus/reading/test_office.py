"""LibreOffice at work: it runs no macro and fetches nothing. The same files, opened by one that may, do both."""

import contextlib
import os
import signal
import subprocess
import time
from pathlib import Path

from lxml import etree

from corpus.reading import office, read_bytes
from tests.corpus.reading.listening import listening
from tests.corpus.reading.making import needs_office, zipped

_ODT = "application/vnd.oasis.opendocument.text"
_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_OOO = "http://openoffice.org"
_OOR = "{http://openoffice.org/2001/registry}"
_SCRIPTING = "org.openoffice.Office.Common/Security/Scripting"
_TRUSTING = ((_SCRIPTING, "MacroSecurityLevel", "0"), (_SCRIPTING, "DisableMacrosExecution", "false"))
_PATIENCE = 100  # seconds for a program that starts

_MACRO = """Sub Main
  Open "{}" For Output As #1
  Print #1, "run"
  Close #1
End Sub
"""
_AT_ONCE = (
    '<o:scripts><o:event-listeners><c:event-listener c:language="ooo:script" c:event-name="dom:load" x:type="simple"'
    ' x:href="vnd.sun.star.script:Standard.Module1.Main?language=Basic&amp;location=document"/></o:event-listeners></o:scripts>'
)
_ELSEWHERE = (
    '<t:p><d:frame t:anchor-type="as-char" s:width="2cm" s:height="2cm"><d:image x:href="{0}/p.png" x:type="simple"'
    ' x:show="embed" x:actuate="onLoad"/></d:frame></t:p><t:section t:name="a"><t:section-source x:href="{0}/s.odt"'
    ' x:type="simple"/><t:p>二、任务</t:p></t:section>'
)


def odt(body: str = "", before: str = "", more: dict[str, str] | None = None) -> bytes:
    """An OpenDocument text written by hand: 一、总则 and the body; further members."""
    spaces = "".join(
        f' xmlns:{short}="{_ODF}:{name}:1.0"'
        for short, name in {"o": "office", "t": "text", "d": "drawing", "s": "svg-compatible", "c": "script"}.items()
    )
    spaces += ' xmlns:x="http://www.w3.org/1999/xlink" xmlns:dom="http://www.w3.org/2001/xml-events"'
    spaces += f' xmlns:ooo="{_OOO}/2004/office"'
    text = f"<o:body><o:text><t:p>一、总则</t:p>{body}</o:text></o:body>"
    members = {"content.xml": f'<o:document-content{spaces} o:version="1.2">{before}{text}</o:document-content>', **(more or {})}
    entries = "".join(f'<m:file-entry m:full-path="{name}" m:media-type="text/xml"/>' for name in members)
    whole = f'<m:file-entry m:full-path="/" m:media-type="{_ODT}"/>'
    manifest = f'<m:manifest xmlns:m="{_ODF}:manifest:1.0" m:version="1.2">{whole}{entries}</m:manifest>'
    return zipped({"mimetype": _ODT, "META-INF/manifest.xml": manifest, **members})


def with_macro(written: Path) -> bytes:
    """A document whose macro, run when it is opened, writes a file."""
    code = _MACRO.format(written).replace('"', "&quot;")
    library = f'xmlns:library="{_OOO}/2000/library" library:name="Standard"'
    return odt(
        before=_AT_ONCE,
        more={
            "Basic/script-lc.xml": f'<library:libraries xmlns:library="{_OOO}/2000/library"><library:library'
            ' library:name="Standard" library:link="false"/></library:libraries>',
            "Basic/Standard/script-lb.xml": f'<library:library {library}><library:element library:name="Module1"/></library:library>',
            "Basic/Standard/Module1.xml": f'<script:module xmlns:script="{_OOO}/2000/script" script:name="Module1"'
            f' script:language="StarBasic">{code}</script:module>',
        },
    )


def command(folder: Path, settings: tuple[tuple[str, str, str], ...], *arguments: str) -> list[str]:
    """LibreOffice in a profile of its own with these settings, and no others."""
    profile = folder / "profile" / "user" / "registrymodifications.xcu"
    profile.parent.mkdir(parents=True)
    profile.write_text(office._registry(settings), "utf-8")
    return [str(office.find_soffice()), *office._OPTIONS, f"-env:UserInstallation={profile.parents[1].as_uri()}", *arguments]


@needs_office
def test_a_macro_is_not_run(tmp_path: Path) -> None:
    """In converting LibreOffice runs none, and its settings here allow none. That this one would: it does when it is opened."""
    written = tmp_path / "written"
    data = with_macro(written)
    assert read_bytes("甲.odt", data).text.split() == ["一、总则"]
    assert not written.exists()

    (tmp_path / "甲.odt").write_bytes(data)
    opened = subprocess.Popen(command(tmp_path, _TRUSTING, str(tmp_path / "甲.odt")), start_new_session=True)
    try:
        end = time.monotonic() + _PATIENCE
        while not written.exists() and opened.poll() is None and time.monotonic() < end:
            time.sleep(0.05)
        assert written.exists()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(opened.pid, signal.SIGKILL)
        opened.wait()


@needs_office
def test_nothing_is_fetched(tmp_path: Path) -> None:
    """The picture is fetched by a LibreOffice as it is installed, the linked section by none that converts."""
    with listening() as (place, asked):
        data = odt(_ELSEWHERE.format(place))
        assert read_bytes("甲.odt", data).text.split() == ["一、总则", "二、任务"]
        assert asked == []

        (tmp_path / "甲.odt").write_bytes(data)
        convert = ("--convert-to", "docx", "--outdir", str(tmp_path / "made"), str(tmp_path / "甲.odt"))
        subprocess.run(command(tmp_path, (), *convert), check=True, capture_output=True, timeout=_PATIENCE)
        assert "/p.png" in asked


@needs_office
def test_a_section_linked_from_this_machine_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "s.odt").write_bytes(odt("<t:p>密件</t:p>"))
    assert read_bytes("甲.odt", odt(_ELSEWHERE.format(tmp_path.as_uri()))).text.split() == ["一、总则", "二、任务"]


@needs_office
def test_libreoffice_takes_the_settings() -> None:
    """It writes its profile anew at its end, without what it does not know."""
    read_bytes("甲.odt", odt())
    root = etree.fromstring((office._profile() / "user" / "registrymodifications.xcu").read_bytes())
    taken = {
        (item.get(f"{_OOR}path", "").strip("/"), prop.get(f"{_OOR}name"), prop.findtext("value"))
        for item in root
        for prop in item
    }
    assert {each for each in office._SETTINGS if each[1] != "DisableActiveContent"} <= taken
    assert taken >= {
        (_SCRIPTING, "DisableMacrosExecution", "true"),
        (_SCRIPTING, "MacroSecurityLevel", "3"),  # very high
        ("org.openoffice.Office.Writer/Content/Update", "Link", "2"),  # never
        ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    }
