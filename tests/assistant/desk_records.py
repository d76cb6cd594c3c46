"""Records of the drafting desk for tests of how it is shown, and what is looked for in the HTML."""

import json

from assistant.precedents.types import Naming, Quotation, Similarity
from assistant.precedents.wording import compare
from assistant.types import Citation
from tests.assistant.page_text import Seen

BAD = '<script>x()</script><img src=x onerror="x()">&amp;"'
OURS, THEIRS = "到2025年，能耗下降14.5%。", "到2025年，全市能耗下降16%以上。"
NEAR = Similarity(0.87, 0.91, 0.83)
PIECES = compare(OURS, THEIRS)
NAMINGS = (Naming("figure", "14.5%", "16%以上"), Naming("place", "", "全市"))


def quotation(text: str = OURS, *, document: str = "d", start: int = 5, expired: bool = False) -> Quotation:
    end = start + len(text)
    cited = Citation(
        1, f"{document}:一", document, "某.txt", "某市方案", "某市", ("一",), "一、目标", start, end, text, expired=expired
    )
    return Quotation(cited, f"《某市方案》{document}一、")


def inside(markup: str, tag: str) -> str:
    return Seen(markup, within=tag).marked


def picks_in(markup: str) -> list[dict[str, object]]:
    return [json.loads(each["data-pick"] or "") for _, each in Seen(markup).tags if "data-pick" in each]
