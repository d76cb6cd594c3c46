"""Bytes → text, strictly: an encoding is taken only if the whole file fits it and reads as language.

GB18030 has a character for nearly every pair of bytes, so fitting it proves little: Big5, Shift-JIS, Latin-1
and damaged UTF-8 would all turn into noise. What fits must therefore look like Chinese as well: most of its
characters are commonly used ones, of the first level of GB 2312—80 or punctuation. A rare name or a traditional
quotation moves that share little; in misread text it is far lower.
"""

import codecs
import re

from corpus.errors import EncodingError, FormatError

MIN_COMMON = 0.60  # measured: reports and laws ≥ 0.96, traditional Chinese 0.69; misread Big5, UTF-8 ≤ 0.26
MIN_COMMON_SHORT = 0.40  # up to 40 characters: a line may be made of names alone
SHORT = 40
SAMPLE = 100_000  # characters read at the head, the middle and the tail

_BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16 LE, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f-\x84\x86-\x9f]")
_KANA = re.compile(r"[\u3041-\u30fa]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_HANZI = re.compile(r"[\u4e00-\u9fff]")
_NEIGHBOURS = (  # encoding, its name, a script, the least share of it among characters beyond ASCII
    ("shift_jis", "日文 Shift-JIS ", _KANA, 0.1),
    ("euc_jp", "日文 EUC-JP ", _KANA, 0.1),
    ("euc_kr", "韩文 EUC-KR ", _HANGUL, 0.9),
    ("big5", "繁体中文 Big5 ", _HANZI, 0.7),
)


def _gb2312_level_one() -> frozenset[str]:
    """The 3,755 common characters: rows 16 to 55 of GB 2312—80, in the byte form EUC-CN."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return frozenset(b"".join(cells).decode("gb2312", errors="ignore"))


_PUNCTUATION = "　、。·ˉ—～…‘’“”〔〕〈〉《》「」『』【】±×÷≤≥％‰℃°①②③④⑤⑥⑦⑧⑨⑩"
_COMMON = _gb2312_level_one() | frozenset(_PUNCTUATION) | frozenset(chr(c) for c in range(0xFF01, 0xFF5F))


def decode(data: bytes) -> str:
    """The text of the bytes, without byte order mark; line ends untouched.

    UTF-8, UTF-16 (without a mark only where unmistakable), UTF-32 with a mark, GB18030 (so GBK, GB 2312 too).
    Raises EncodingError where none fits or the result is noise, FormatError where the bytes are no text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], name)
    if b"\x00" in data:
        if wide := _unmarked_utf16(data):
            return wide
        raise FormatError("文件含有空字节，是二进制数据，不是文本。请确认文件没有损坏，或提供它的文字版。")
    try:
        return _sound(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        return _gb18030(data, error)


def _marked(data: bytes, name: str) -> str:
    try:
        return _sound(data.decode(name))
    except UnicodeDecodeError as error:
        raise EncodingError(
            f"文件带有 {name.upper()} 标记，但第 {error.start + 1} 字节处不是有效的字符，可能没有完整保存。"
            "请用原来的软件重新另存为 UTF-8 文本。"
        ) from error


def _sound(text: str) -> str:
    """The text itself, refused if it carries what no text carries."""
    if "\x00" in text or len(_CONTROLS.findall(text)) > max(3, len(text) // 100):
        raise FormatError("文件含有大量控制字符，是二进制数据，不是文本。请提供文件的文字版（UTF-8 文本）。")
    if text.count("\ufffd") > max(2, len(text) // 200):
        raise EncodingError("文件里许多字已在转存时变成“\ufffd”，内容不完整。请找到原始文件，另存为 UTF-8 文本。")
    return text


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark, if just one byte order gives common writing (zeros tell nothing: 一 has one)."""
    found = []
    for name in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(name)
        except UnicodeDecodeError:
            continue
        if not _CONTROLS.search(text) and common_share(text, ascii_counts=True) >= MIN_COMMON:
            found.append(text)
    return found[0] if len(found) == 1 else None


def _gb18030(data: bytes, utf8: UnicodeDecodeError) -> str:
    fault = utf8
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        fault = error
    else:
        limit = MIN_COMMON if len(text) > SHORT else MIN_COMMON_SHORT
        if common_share(text) >= limit and not _script_of_neighbours(data, text):
            return _sound(text)
    if wide := _unmarked_utf16(data):
        return wide
    raise EncodingError(_reason(data, utf8)) from fault


def _script_of_neighbours(data: bytes, text: str) -> bool:
    """Whether it is EUC-JP (its kana fall on the kana of GB 2312) or EUC-KR (then it reads as all hangul)."""
    wide = sum(c > "\x7f" for c in text)
    if len(_KANA.findall(text)) > wide // 10:
        return True
    try:
        korean = data.decode("euc_kr")
    except UnicodeDecodeError:
        return False
    return len(_HANGUL.findall(korean)) > 0.9 * wide


def common_share(text: str, *, ascii_counts: bool = False) -> float:
    """Share, in [0, 1], of commonly used characters among those beyond ASCII (1.0 if there are none)."""
    if len(text) > 3 * SAMPLE:
        middle = len(text) // 2
        text = text[:SAMPLE] + text[middle : middle + SAMPLE] + text[-SAMPLE:]
    wide = [c for c in text if ascii_counts or c > "\x7f"]
    return sum(c in _COMMON or c <= "\x7f" for c in wide) / len(wide) if wide else 1.0


def is_language(text: str) -> bool:
    """Whether a text of some length reads as Chinese, as words in letters, or as figures: and not as codes of a font."""
    seen = "".join(text.split())
    if common_share(text) < MIN_COMMON:
        return False
    return not seen or any(share > least for share, least in zip(_shares(seen), (0.1, 0.85, 0.45), strict=True))


def _shares(text: str) -> tuple[float, float, float]:
    """The shares of Chinese characters, of letters and figures, of figures alone."""
    figures = sum(c.isdigit() for c in text)
    letters = sum(c.isascii() and c.isalpha() for c in text)
    return sum(c >= "\u3000" for c in text) / len(text), (letters + figures) / len(text), figures / len(text)


def _reason(data: bytes, utf8: UnicodeDecodeError) -> str:
    """Which of the likely causes it is, and what to do."""
    ask = "请用原来的软件打开，另存为 UTF-8 文本后重新添加。"
    if common_share(data.decode("utf-8", errors="ignore")) >= MIN_COMMON and utf8.start > len(data) // 100:
        return f"文件是 UTF-8 文本，但第 {utf8.start + 1} 字节处已损坏，无法完整读出。{ask}"
    damaged = data.decode("gb18030", "replace")
    if "\ufffd" in damaged and damaged.count("\ufffd") <= max(3, len(damaged) // 100) and common_share(damaged) >= MIN_COMMON:
        at = len(damaged.partition("\ufffd")[0].encode("gb18030")) + 1
        return f"文件是 GB18030（GBK）文本，但第 {at} 字节处已损坏，无法完整读出。{ask}"
    for name, title, script, share in _NEIGHBOURS:
        try:
            other = data.decode(name)
        except UnicodeDecodeError:
            continue
        if len(script.findall(other)) > share * sum(c > "\x7f" for c in other):
            return f"文件不是 UTF-8 或 GB18030 文本，疑为{title}编码。{ask}"
    return f"文件的编码无法识别：既不是 UTF-8、UTF-16，也不是通顺的 GB18030 中文。{ask}"
