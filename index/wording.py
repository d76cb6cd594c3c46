"""Which clauses say the same in the same words: cities copy one another's plans, and laws are printed again when amended.

Only wording that is equal counts, letter by letter and figure by figure; what may differ is the document's own place,
the number of an article referred to, punctuation and white space.
"""

import re
import unicodedata
from collections.abc import Sequence
from hashlib import blake2b

from corpus.types import Document
from index.passages import Passage
from index.regions import short_name

SHORTEST = 10  # letters and digits: 按有关规定执行 is no copy of another clause

_REFERENCE = re.compile(r"第[零〇一二三四五六七八九十百千两\d]+[条款项]")
_NO_LETTER = re.compile(r"[\W_]+")


def wording(document: Document, parts: Sequence[Passage]) -> int:
    """A number equal for clauses of equal wording, 0 for a clause too short or without text of its own. 63 bits.

    parts: the clause's passages and sentences.
    """
    own = [p for p in parts if p.level == "sentence"]
    if not own:
        return 0
    text = document.text[min(p.start for p in own) : max(p.end for p in own)]
    if region := document.facts.region:
        text = text.replace(region, "").replace(short_name(region), "")
    letters = _NO_LETTER.sub("", unicodedata.normalize("NFKC", _REFERENCE.sub("", text)))
    if len(letters) < SHORTEST:
        return 0
    return int.from_bytes(blake2b(letters.encode("utf-8", "surrogatepass"), digest_size=8).digest()) >> 1
