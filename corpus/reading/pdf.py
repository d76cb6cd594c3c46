"""PDF (ISO 32000): the text of its pages in reading order; pages that are pictures are recognised where OCR is installed."""

import threading
from typing import Any

from corpus.errors import EncodingError, FormatError, TooLargeError
from corpus.reading import scan
from corpus.reading.encoding import MIN_COMMON, common_share
from corpus.reading.pdf_page import is_picture, printed_page, rendered, unreadable_share
from corpus.reading.printed import LaidOut, Row
from corpus.reading.printed_text import compose, lay_out
from corpus.reading.types import Reading

MAX_PAGES = 2000
FEW = 20  # characters: a page of fewer and a large picture has its text in the picture
LEAST = 200  # characters: of fewer it is not told whether they are language
MAX_UNREADABLE = 0.2  # of a page's characters without a known meaning; more, and the page is noise

_PDFIUM = threading.Lock()  # the library is not made for threads
_PASSWORD, _SECURITY = 4, 5  # FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY
_DAMAGED = "PDF 文件不完整或已损坏，无法打开。请重新获取完整的文件后添加。"


def read(_name: str, data: bytes) -> Reading:
    """The text and the pages of a PDF file.

    Raises FormatError where it is locked, damaged or its pages are pictures and OCR is not installed, EncodingError
    where its characters have no known meaning, TooLargeError past MAX_PAGES.
    """
    with _PDFIUM:
        document = _opened(data)
        try:
            return compose(_pages(document))
        finally:
            document.close()


def _opened(data: bytes) -> Any:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code == _PASSWORD:
            raise FormatError("PDF 文件设有打开密码，无法读取。请取消密码，或打印为不设密码的 PDF 后添加。") from error
        if code == _SECURITY:
            raise FormatError("PDF 文件使用了不支持的加密方式，无法读取。请打印为不加密的 PDF 后添加。") from error
        raise FormatError(_DAMAGED) from error
    if len(document) > MAX_PAGES:
        pages = len(document)
        document.close()
        raise TooLargeError(f"PDF 文件有 {pages} 页，超过 {MAX_PAGES} 页的上限。请拆成几个文件后添加。")
    return document


def _pages(document: Any) -> list[LaidOut]:
    """The pages laid out; raises where one cannot be read."""
    pages: list[LaidOut] = []
    pictures: list[int] = []
    noise: list[int] = []
    for number in range(1, len(document) + 1):
        page = _loaded(document, number)
        printed = printed_page(page, number)
        unreadable = unreadable_share(printed.glyphs) > MAX_UNREADABLE
        near = 3.0
        if unreadable or (len(printed.glyphs) < FEW and is_picture(page)):
            if scan.available():
                printed, near = scan.recognised(rendered(page, scan.DPI, scan.MAX_SIDE), number), scan.NEAR
            else:
                (noise if unreadable else pictures).append(number)
        pages.append(lay_out(printed, near))
        page.close()
    if noise or _is_noise(pages):
        raise _without_encoding(noise or [page.number for page in pages])
    if pictures:
        raise scan.needs_recognition(f"PDF 文件{_listed(pictures)}")
    return pages


def _is_noise(pages: list[LaidOut]) -> bool:
    """Whether the text as a whole is no language: every character has a meaning, and a wrong one."""
    text = "".join(block.text for page in pages for block in page.blocks if isinstance(block, Row))
    return len(text) > LEAST and common_share(text) < MIN_COMMON


def _without_encoding(pages: list[int]) -> EncodingError:
    return EncodingError(
        f"PDF 文件{_listed(pages)}的文字没有可用的编码，复制出来是乱码，无法读取。"
        "请用生成它的软件重新导出 PDF，或添加原来的 Word 文件；"
        "也可以安装文字识别组件（pip install 'policy-assistant[ocr]'）后重新添加。"
    )


def _loaded(document: Any, number: int) -> Any:
    import pypdfium2

    try:
        return document[number - 1]
    except pypdfium2.PdfiumError as error:
        raise FormatError(f"PDF 文件第 {number} 页已损坏，无法读取。请重新获取完整的文件后添加。") from error


def _listed(numbers: list[int]) -> str:
    shown = "、".join(map(str, numbers[:5]))
    return f"第 {shown} 页" if len(numbers) <= 5 else f"第 {shown} 等 {len(numbers)} 页"
