"""PDF (ISO 32000): the text of its pages in reading order; pages that are pictures are recognised where OCR is installed."""

import re
import threading
from collections import Counter
from dataclasses import replace
from typing import Any

from corpus.errors import EncodingError, FormatError, TooLargeError
from corpus.reading import scan
from corpus.reading.encoding import is_language
from corpus.reading.pdf_page import is_picture, print_fields, printed_page, rendered, unreadable_share
from corpus.reading.pdf_pictures import cut
from corpus.reading.pictures import FEW, listed, unread_pictures
from corpus.reading.printed import LaidOut, Row
from corpus.reading.printed_pictures import large_pictures
from corpus.reading.printed_text import compose, lay_out
from corpus.reading.types import Reading

MAX_PAGES = 2000
SHELL = 500  # characters: a page that asks for another program to open the file has fewer
LEAST = 200  # characters: of fewer it is not told whether they are language
MAX_UNREADABLE = 0.2  # of a page's characters without a known meaning; more, and the page is noise

_CENTIMETRE = 72 / 2.54  # points
_PORTFOLIO = re.compile(r"Portfolio|PDF ?[文件]*包|Adobe (?:Reader|Acrobat)|Acrobat", re.I)
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
            pages, told = _pages(document)
            reading = compose(pages)
            _check_whole(document, data, reading.text)
            return replace(reading, told=told)
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
    document.init_forms()  # nothing where it has none
    return document


def _check_whole(document: Any, data: bytes, text: str) -> None:
    """Refuse a file whose pages only say that its content is elsewhere: a form drawn by a program, a portfolio of files."""
    import pypdfium2.raw as raw

    if document.get_formtype() in (raw.FORMTYPE_XFA_FULL, raw.FORMTYPE_XFA_FOREGROUND) and len(text) < SHELL:
        raise FormatError("PDF 文件是动态表单（XFA），内容由 Adobe Reader 临时生成，无法读取。请用它打开，打印为 PDF 后添加。")
    attached = document.count_attachments()
    if attached and len(text) < SHELL and (b"/Collection" in data or _PORTFOLIO.search(text)):
        raise FormatError(
            f"PDF 文件是文件包，正文在它所附的 {attached} 个文件里。请用 Adobe Reader 打开，把其中的文件另存后添加。"
        )


def _pages(document: Any) -> tuple[list[LaidOut], str]:
    """The pages laid out, and what is said of pictures that were not read; raises where a page cannot be read."""
    pages: list[LaidOut] = []
    pictures: list[int] = []  # pages that are one
    noise: list[int] = []
    unread: Counter[int] = Counter()  # pictures on pages with text
    for number in range(1, len(document) + 1):
        page = _loaded(document, number)
        printed = printed_page(page, number)
        laid_out = lay_out(printed)
        unreadable = unreadable_share(printed.glyphs) > MAX_UNREADABLE or _is_noise([laid_out])
        parts = [laid_out]
        if unreadable or (len(printed.glyphs) < FEW and is_picture(page)):
            if scan.available():
                parts = [lay_out(scan.recognised(rendered(page, scan.DPI, scan.MAX_SIDE), number), scan.NEAR)]
            else:
                (noise if unreadable else pictures).append(number)
        elif boxes := large_pictures(printed, _CENTIMETRE):
            parts, unread[number] = cut(page, printed, laid_out, boxes) if scan.available() else (parts, len(boxes))
        pages += parts
        page.close()
    if noise or _is_noise(pages):
        raise _without_encoding(noise or sorted({page.number for page in pages}))
    if pictures and 2 * len(pictures) >= len(document):
        raise scan.needs_recognition(f"PDF 文件{listed(pictures)}")
    return pages, _told(pictures, +unread)


def _told(pictures: list[int], unread: Counter[int]) -> str:
    """What is said of pages, and of pictures on pages with text, that were not read."""
    pages = f"{listed(pictures)}是图像，未读入，{scan.INSTALL}后重新添加。" if pictures else ""
    after = "字迹不清或页面侧放" if scan.available() else ""
    return pages + unread_pictures(unread.total(), after=after, where=listed(sorted(unread)))


def _is_noise(pages: list[LaidOut]) -> bool:
    """Whether the text of pages that were not recognised is no language: every character has a meaning, and a wrong one."""
    blocks = [block for page in pages if page.confidence is None for block in page.blocks]
    rows = (block.text if isinstance(block, Row) else "".join(map("".join, block.rows)) for block in blocks)
    text = "".join(rows)
    return len(text) > LEAST and not is_language(text)


def _without_encoding(pages: list[int]) -> EncodingError:
    return EncodingError(
        f"PDF 文件{listed(pages)}的文字没有可用的编码，复制出来是乱码，无法读取。"
        "请用生成它的软件重新导出 PDF，或添加原来的 Word 文件；"
        "也可以安装文字识别组件（pip install 'policy-assistant[ocr]'）后重新添加。"
    )


def _loaded(document: Any, number: int) -> Any:
    import pypdfium2

    try:
        page = document[number - 1]
        if print_fields(page):
            page.close()
            page = document[number - 1]
        return page
    except pypdfium2.PdfiumError as error:
        raise FormatError(f"PDF 文件第 {number} 页已损坏，无法读取。请重新获取完整的文件后添加。") from error
