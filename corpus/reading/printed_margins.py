"""What is printed again on every page: headers, footers, page numbers. They are no text of the document."""

import re
from collections import Counter
from collections.abc import Sequence

from corpus.layout import PAGE, SENTENCE_END
from corpus.markers import read_mark
from corpus.reading.printed import Block, LaidOut, Row

_MARGIN = 0.13  # of the page's height: where headers and footers stand (GB/T 9704—2012: 37 mm above, 35 mm below)

_NUMBER = re.compile(
    rf"[ \u3000·.]*(?:{PAGE}|[-—–－]?[ ]*\d{{1,4}}[ ]*[-—–－]?|\d{{1,4}}[ ]*[/／][ ]*\d{{1,4}}|[ivxIVX]{{1,6}})[ \u3000·.]*"
)
_DIGITS = re.compile(r"\d+")


def without_margins(pages: Sequence[LaidOut]) -> list[LaidOut]:
    """The pages without page numbers and without the lines that stand at one place of many pages."""
    seen = Counter(key for page in pages for key in {_key(block, page) for block in page.blocks if _in_margin(block, page)})
    least = 2 if len(pages) < 6 else 3  # of odd and even pages three each at least
    kept = []
    for page in pages:
        last = len(page.blocks) - 1
        blocks = [
            block
            for n, block in enumerate(page.blocks)
            if not (
                (n in (0, 1, last - 1, last) and _is_number(block, page))
                or (_in_margin(block, page) and seen[_key(block, page)] >= least and not _is_body(block))
            )
        ]
        kept.append(LaidOut(page.number, page.height, tuple(blocks), page.confidence))
    return kept


def _in_margin(block: Block, page: LaidOut) -> bool:
    return isinstance(block, Row) and not _MARGIN * page.height < block.middle < (1 - _MARGIN) * page.height


def _key(block: Block, page: LaidOut) -> tuple[str, int]:
    """What a repeated line has in common on all pages: its text but for figures, and its height."""
    text = block.text if isinstance(block, Row) else ""
    return _DIGITS.sub("0", "".join(text.split())), round(200 * block.middle / page.height)


def _is_number(block: Block, page: LaidOut) -> bool:
    return _in_margin(block, page) and isinstance(block, Row) and bool(_NUMBER.fullmatch(block.text))


def _is_body(block: Block) -> bool:
    return isinstance(block, Row) and (block.text[-1:] in tuple(SENTENCE_END) or read_mark(block.text) is not None)
