"""Reading files: what comes out is the text, or a sentence that says why not."""

import os
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import EmptyFileError, EncodingError, FormatError, PolicyError, ReadError, TooLargeError
from corpus.reading import MAX_BYTES, SUPPORTED, read_file
from corpus.reading.signatures import NAMES, kind_of

PLAN = "云泽市节水行动方案\n为推进节水工作，结合我市实际，制定本方案。由朱镕基、李堃、䶮某负责，𠮷祥街道配合。\n一、总体要求\n"
TRADITIONAL = (
    "第一條 為了規範城市道路管理，保障道路完好暢通，根據有關法律規定，結合本市實際，制定本條例。各機關應於接獲通知後十日內，"
    "將辦理情形函報環境保護局彙整，逾期未報者由研考會列管追蹤。"
)
JAPANESE = "第一条　この条例は、水の節約について基本となる事項を定め、市民の健康で文化的な生活の確保に寄与することを目的とする。"
KOREAN = "제1조 이 조례는 물의 절약에 관한 기본적인 사항을 정함으로써 시민의 건강한 생활에 이바지함을 목적으로 한다."
FRENCH = "Résumé : la municipalité a décidé que les règles générales s’appliquent là où c’est nécessaire, très élevé."
RUSSIAN = "Настоящий порядок определяет правовые основы бережного использования воды в городе."


def write(folder: Path, data: bytes, name: str = "甲.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def message(path: Path, error: type[PolicyError], **options: int) -> str:
    with pytest.raises(error) as caught:
        read_file(path, **options)
    assert type(caught.value) is error
    text = str(caught.value)
    assert path.name in text
    assert text.endswith("。")
    return text


@pytest.mark.parametrize(
    "data",
    [
        PLAN.encode("utf-8"),
        PLAN.encode("utf-8-sig"),
        PLAN.encode("utf-16"),
        b"\xfe\xff" + PLAN.encode("utf-16-be"),
        PLAN.encode("utf-16-le"),
        PLAN.encode("utf-16-be"),
        PLAN.encode("utf-32"),
        PLAN.encode("gb18030"),
        PLAN.replace("\n", "\r\n").encode("utf-8"),
        PLAN.replace("\n", "\r").encode("gb18030"),
    ],
    ids=[
        "utf8",
        "utf8 mark",
        "utf16 mark",
        "utf16be mark",
        "utf16le",
        "utf16be",
        "utf32",
        "gb18030",
        "crlf",
        "cr",
    ],
)
def test_every_encoding_gives_the_same_text(tmp_path: Path, data: bytes) -> None:
    assert read_file(write(tmp_path, data)).text == PLAN


@pytest.mark.parametrize("text", ["Plain English.\n", "李堃、朱镕基\n", "一是节水。\n", TRADITIONAL, "云泽市\t12.5%\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_short_and_rare_texts_are_read(tmp_path: Path, text: str, encoding: str) -> None:
    assert read_file(write(tmp_path, text.encode(encoding))).text == text


def test_nothing_but_line_ends_and_the_mark_is_altered(tmp_path: Path) -> None:
    text = "  云泽市　节水\t方案 \n\n\n（一）％Ａ\u200b\n "
    assert read_file(write(tmp_path, text.encode())).text == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"]), min_size=1))
def test_every_utf8_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    text = "方案\n" + text
    if text.count("\ufffd") > 2:
        return
    assert read_file(write(tmp_path_factory.getbasetemp(), text.encode())).text == text


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        (TRADITIONAL, "big5", "Big5"),
        (TRADITIONAL[:20], "big5", "Big5"),
        (JAPANESE, "shift_jis", "Shift-JIS"),
        (JAPANESE, "euc_jp", "EUC-JP"),
        (KOREAN, "euc_kr", "EUC-KR"),
        (FRENCH, "cp1252", "无法识别"),
        (RUSSIAN, "cp1251", "无法识别"),
        (RUSSIAN, "koi8-r", "无法识别"),
    ],
)
def test_other_encodings_are_refused_not_turned_into_noise(tmp_path: Path, text: str, encoding: str, named: str) -> None:
    assert named in message(write(tmp_path, text.encode(encoding, errors="ignore")), EncodingError)


def test_damaged_utf8_is_refused_with_its_place(tmp_path: Path) -> None:
    data = (PLAN * 20).encode()
    broken = data[:1500] + b"\xff" + data[1501:]
    assert "第 1501 字节" in message(write(tmp_path, broken), EncodingError)


def test_damaged_gb18030_is_refused_with_its_place(tmp_path: Path) -> None:
    data = ("推进全市节水工作，结合本市实际，制定本方案。" * 20).encode("gbk")
    with pytest.raises(EncodingError, match=r"GBK.*第 101 字节"):
        read_file(write(tmp_path, data[:100] + b"\xff" + data[100:]))


@pytest.mark.parametrize("cut", range(1, 55))
def test_utf8_cut_or_shifted_is_never_read_as_gb18030(tmp_path: Path, cut: int) -> None:
    with pytest.raises(EncodingError):
        read_file(write(tmp_path, PLAN.encode()[1 : -cut * 3 + 1]))


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_are_refused(tmp_path: Path, seed: int) -> None:
    data = random.Random(seed).randbytes(3000)
    for sample in (data, bytes(b or 1 for b in data), bytes(b | 0x80 for b in data)):
        with pytest.raises((EncodingError, FormatError)):
            read_file(write(tmp_path, sample))


def test_either_byte_order_giving_a_text_is_no_reason_to_choose(tmp_path: Path) -> None:
    assert "一一一".encode("utf-16-le") == "NNN".encode("utf-16-be")
    message(write(tmp_path, "一一一".encode("utf-16-le")), FormatError)


def test_text_spoiled_before_is_refused(tmp_path: Path) -> None:
    assert "\ufffd" in message(write(tmp_path, ("节水\ufffd\ufffd方案" * 50).encode()), EncodingError)


def test_a_marked_file_cut_short_is_refused(tmp_path: Path) -> None:
    message(write(tmp_path, PLAN.encode("utf-16")[:-1]), EncodingError)


def archive(folder: Path, member: str) -> bytes:
    path = folder / "archive"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("[Content_Types].xml", "x" * 9000)
        made.writestr(member, "x")
    return path.read_bytes()


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF 文件"),
        (b"\n\n%PDF-1.4\n", "PDF 文件"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "旧版 Office"),
        (rb"{\rtf1\ansi hello}", "RTF 文档"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)), "JPEG 图片"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG 图片"),
        (b"PK\x03\x04" + b"\x00" * 30, "ZIP 压缩包"),
        ("<!DOCTYPE html>\n<html><body>节水方案</body></html>".encode(), "网页"),
        ("\ufeff <HTML lang='zh'><p>节水方案</p>".encode(), "网页"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", "网页存档"),
        (b"<?xml version='1.0'?><doc/>", "XML 文件"),
    ],
)
def test_the_content_tells_the_format(data: bytes, named: str) -> None:
    assert named in NAMES[kind_of(data)]


@pytest.mark.parametrize(
    ("member", "named"),
    [
        ("word/document.xml", "Word 文档"),
        ("xl/workbook.xml", "Excel 表格"),
        ("ppt/presentation.xml", "PowerPoint"),
        ("OFD.xml", "OFD"),
        ("a.txt", "ZIP 压缩包"),
    ],
)
def test_an_archive_is_told_by_its_members(tmp_path: Path, member: str, named: str) -> None:
    assert named in NAMES[kind_of(archive(tmp_path, member))]


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"GIF89a....", "GIF 图片"),
        (b"Rar!\x1a\x07\x00", "RAR"),
        (b"<?xml version='1.0'?><doc/>", "XML 文件"),
        (b"\x7fELF\x02", "可执行程序"),
    ],
)
@pytest.mark.parametrize("name", ["甲.txt", "甲.docx", "甲"])
def test_a_name_does_not_make_a_text(tmp_path: Path, data: bytes, named: str, name: str) -> None:
    text = message(write(tmp_path, data, name), FormatError)
    assert named in text and "暂不支持" in text


def test_a_locked_office_file_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus.reading.kind_of", lambda data: "locked")
    assert "密码" in message(write(tmp_path, b"x", "甲.docx"), FormatError)


def test_a_text_named_as_a_word_file_is_read(tmp_path: Path) -> None:
    assert read_file(write(tmp_path, PLAN.encode("gbk", "ignore"), "甲.doc")).text.startswith("云泽市")


@pytest.mark.parametrize("data", [b"abc\x00def" * 50, bytes(range(1, 9)) * 50, b"\x00" * 10])
def test_binary_data_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "二进制" in message(write(tmp_path, data), FormatError)


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "\ufeff\u3000\n".encode(), "\u200b".encode()])
def test_an_empty_file_is_refused(tmp_path: Path, data: bytes) -> None:
    assert "没有文字" in message(write(tmp_path, data), EmptyFileError)


def test_a_large_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, b"")
    os.truncate(path, 200 * 2**20)  # a hole: takes no space
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("opened"))
    text = message(path, TooLargeError)
    assert "200.0 MB" in text
    assert f"{MAX_BYTES / 2**20:.1f} MB" in text


def test_the_limit_itself_is_allowed(tmp_path: Path) -> None:
    path = write(tmp_path, b"a" * 100)
    assert len(read_file(path, max_bytes=100).text) == 100
    assert "100 字节" in message(path, TooLargeError, max_bytes=99).replace("99 字节", "")


@pytest.mark.parametrize("name", ["甲.xyz", "甲"])
def test_an_unknown_format_is_named_with_those_supported(tmp_path: Path, name: str) -> None:
    text = message(write(tmp_path, b"hello", name), FormatError)
    assert all(suffix in text for suffix in SUPPORTED)


@pytest.mark.parametrize("name", ["甲.TXT", "甲.Md", "甲.markdown"])
def test_suffixes_in_any_case(tmp_path: Path, name: str) -> None:
    assert read_file(write(tmp_path, b"hello", name)).text == "hello"


def test_what_cannot_be_opened(tmp_path: Path) -> None:
    assert "找不到" in message(tmp_path / "无.txt", ReadError)
    assert "找不到" in message(write(tmp_path, b"x") / "无.txt", ReadError)
    folder = tmp_path / "夹.txt"
    folder.mkdir()
    assert "文件夹" in message(folder, ReadError)
    link = tmp_path / "链.txt"
    link.symlink_to(tmp_path / "无.txt")
    assert "快捷链接" in message(link, ReadError)
    loop = tmp_path / "环.txt"
    loop.symlink_to(loop)
    message(loop, ReadError)
    with pytest.raises(ReadError, match="出错"):
        read_file(tmp_path / "a\0b.txt")


def test_a_pipe_is_refused_without_waiting(tmp_path: Path) -> None:
    pipe = tmp_path / "管.txt"
    os.mkfifo(pipe)
    assert "不是普通文件" in message(pipe, ReadError)


def test_no_permission_and_a_failing_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, b"x")

    def fail(error: OSError) -> None:
        def opened(*_: object) -> None:
            raise error

        monkeypatch.setattr(Path, "open", opened)

    fail(PermissionError(13, "denied"))
    assert "没有权限" in message(path, ReadError)
    fail(OSError(5, "Input/output error"))
    assert "Input/output error" in message(path, ReadError)
