"""The thesaurus: everyday words, abbreviations and the official terms they stand for.

Rows lie in `terms.jsonl`, one JSON object a line; a user adds rows in files of the same form (docs/lexicon.md).
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from corpus.errors import LibraryError

BUILTIN_TERMS = Path(__file__).with_name("terms.jsonl")
MAX_TERMS = 12  # what one query gains; more would drown the words the user chose
MIN_LENGTH = 2  # a single character stands inside too many other words
_FORM = '每行一个 JSON 对象，如 {"say": ["有机废气"], "official": ["挥发性有机物"]}'
_LATIN = re.compile(r"[a-z0-9]")
_PLURAL = re.compile(r"[A-Z]s$")  # VOCs, but neither `bus` nor `GPS`


@dataclass(frozen=True, slots=True)
class Term:
    """A row: what people say, what documents write, and what stands near it (never used to expand)."""

    domain: str
    say: tuple[str, ...]
    official: tuple[str, ...]
    related: tuple[str, ...]


def load_terms(extra: Sequence[Path] = ()) -> tuple[Term, ...]:
    """The rows of the user's files in the order given, then the built-in rows: earlier rows win where terms are capped.

    Raises LibraryError naming file and line of a row that has not the expected form.
    """
    return tuple(term for path in (*extra, BUILTIN_TERMS) for term in _read(path))


def _read(path: Path) -> Iterator[Term]:
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise LibraryError(f"词表 {path.name} 无法读取（{error}），请确认文件存在且为 UTF-8 编码。") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _parse(line, f"词表 {path.name} 第 {number} 行")


def _parse(line: str, where: str) -> Term:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise LibraryError(f"{where}不是合法的 JSON：{line.strip()[:40]}。应为{_FORM}。") from error
    if not isinstance(row, dict):
        raise LibraryError(f"{where}是 {type(row).__name__}，不是对象。应为{_FORM}。")
    unknown = sorted(set(row) - {"domain", "say", "official", "related"})
    if unknown:
        raise LibraryError(f"{where}有不认识的键 {unknown[0]}。应为{_FORM}。")
    domain = row.get("domain", "")
    if not isinstance(domain, str):
        raise LibraryError(f"{where}的 domain 是 {domain!r}，应为字符串。")
    related = _words(row, "related", where) if "related" in row else ()
    return Term(domain, _words(row, "say", where), _words(row, "official", where), related)


def _words(row: dict[str, object], key: str, where: str) -> tuple[str, ...]:
    value = row.get(key)
    if not isinstance(value, list) or not all(isinstance(word, str) and word.strip() for word in value):
        raise LibraryError(f"{where}的 {key} 是 {value!r}，应为非空字符串的列表。应为{_FORM}。")
    if not value and key != "related":
        raise LibraryError(f"{where}的 {key} 是空列表，至少应有一个词。应为{_FORM}。")
    return tuple(value)


def _fold(text: str) -> str:
    """Full-width, subscript and upper-case forms made one: `ＶＯＣｓ` → `vocs`, `SO₂` → `so2`."""
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    return text.lower()


class Thesaurus:
    """Finds what else to look for. Built once, then read only; the index is made at the first question."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms = tuple(terms)

    def expand(self, query: str, limit: int = MAX_TERMS) -> tuple[str, ...]:
        """Up to `limit` terms that stand in a row with a word of the query and are not in the query themselves.

        Official terms come first, in the order of the words in the query, then the rows' order. Everyday forms are
        added only for official terms of the query, Latin abbreviations always (documents write both
        挥发性有机物 and VOCs). Words are matched longest first without overlap, whatever their case and width;
        a Latin one only as a whole word (`CO` is not in `COD`; a plural s is passed over). Same query, same answer.
        """
        folded = _fold(query)
        official: list[str] = []
        everyday: list[str] = []
        for start, end in self._matches(folded):
            word = folded[start:end]
            for term in self._index[word[:MIN_LENGTH]][word]:
                official += term.official
                asked_officially = any(_fold(form) == word for form in term.official)
                everyday += (form for form in term.say if asked_officially or form.isascii())
        new: dict[str, str] = {}
        for form in official + everyday:
            key = _fold(form)
            if key not in new and not _stands_in(key, folded):
                new[key] = form
        return tuple(new.values())[:limit]

    def forms(self) -> Iterator[str]:
        """Every everyday word and official term, as written."""
        return (form for term in self._terms for form in (*term.say, *term.official))

    def rows(self, word: str) -> tuple[Term, ...]:
        """The rows that have a word as an everyday word or an official term, whatever its case and width."""
        key = _fold(word)
        return tuple(self._index.get(key[:MIN_LENGTH], {}).get(key, ()))

    def mentions(self, query: str) -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
        """(word, terms it stands for, other forms) for every known word of the query, in reading order.

        An everyday word stands for the official terms of its rows; beside an official term its row's others are near.
        """
        folded, found = _fold(query), []
        for start, end in self._matches(folded):
            word = folded[start:end]
            rows = self._index[word[:MIN_LENGTH]][word]
            everyday = [row for row in rows if any(_fold(form) == word for form in row.say)]
            strict = dict.fromkeys(form for row in everyday for form in row.official)
            loose = dict.fromkeys(form for row in rows for form in (*row.official, *row.say) if form not in strict)
            found.append((word, tuple(strict), tuple(loose)))
        return tuple(found)

    @cached_property
    def _index(self) -> dict[str, dict[str, list[Term]]]:
        """Folded form → its rows, under the first two characters of the form."""
        index: defaultdict[str, dict[str, list[Term]]] = defaultdict(dict)
        for term in self._terms:
            for form in dict.fromkeys((*term.say, *term.official)):
                word = _fold(form.removesuffix("s") if _PLURAL.search(form) else form)
                if len(word) >= MIN_LENGTH:
                    rows = index[word[:MIN_LENGTH]].setdefault(word, [])
                    if not rows or rows[-1] is not term:
                        rows.append(term)
        return dict(index)

    def _matches(self, folded: str) -> list[tuple[int, int]]:
        """Extents of known words in reading order: of overlapping ones the longest, then the first."""
        found = [
            (start, start + len(word))
            for start in range(len(folded) - MIN_LENGTH + 1)
            for word in self._index.get(folded[start : start + MIN_LENGTH], ())
            if folded.startswith(word, start) and _is_whole(folded, start, start + len(word))
        ]
        taken: list[tuple[int, int]] = []
        for start, end in sorted(found, key=lambda extent: (extent[0] - extent[1], extent[0])):
            if all(end <= other[0] or other[1] <= start for other in taken):
                taken.append((start, end))
        return sorted(taken)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether no Latin letter or digit runs on before `start` or after `end`, a plural s and `PM2|.5` considered."""
    before, first, last = text[max(0, start - 2) : start], text[start], text[end - 1]
    if _LATIN.match(first) and re.search(r"[a-z0-9]$|[0-9]\.$", before):
        return False
    return not (_LATIN.match(last) and re.match(r"(?!s(?![a-z0-9]))[a-z0-9]|\.[0-9]", text[end : end + 2]))


def _stands_in(word: str, text: str) -> bool:
    at = text.find(word)
    while at >= 0:
        if _is_whole(text, at, at + len(word)):
            return True
        at = text.find(word, at + 1)
    return False
