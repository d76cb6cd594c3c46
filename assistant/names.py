"""Other names of one thing: by the thesaurus, and by what a text says of its own words (`挥发性有机物（以下简称VOCs）`).

A row of the thesaurus lists what people say and what documents write, and not all of it is one thing (五险一金 stands for
社会保险 and for 住房公积金). Words of a row are names of one thing where its official terms are one and what only adds to
it, or where one word is short for the other.
"""

import re
from collections.abc import Iterator
from itertools import accumulate, dropwhile

from assistant.match import ACTS, WEAK, fold, segments
from corpus.lexicon.terms import Term, Thesaurus

PLAIN = 3  # characters: shorter everyday words mean other things too (机房 is a data centre, and the room of a lift)

_PLURAL = re.compile(r"[A-Z]s$")
_CALLED = re.compile(r"[（(](?:以下|下文)?简称(?:为|作)?[：:]?[“\"]?([^“”\"（）()，,。；、\s]{2,16})[”\"]?[）)]")
_LETTERS = re.compile(r"[（(]([A-Za-z][A-Za-z0-9.-]{1,11})[）)]")
_MEANING = re.compile(r"(?<![A-Za-z0-9.-])([A-Za-z][A-Za-z0-9.-]{1,11})[（(]([\u4e00-\u9fff]{4,20})[）)]")
_ACRONYM = re.compile(r"[A-Z]{2}")  # neither G353, a road, nor O2O
_NOTE = re.compile(  # LNG（含加油站）
    r"[不含]|(?:包括|包含|是指|指的|即|如|例如|等|其中|其他|按照?|见|约|占|除|或|以|仅|限|由|试行|暂行)(?=\s)|.*(?:负责|牵头|配合)"
)
_RUN = re.compile(r"(?:^|(?<=[，。；：、！？\s]))[\u4e00-\u9fffA-Za-z0-9“”·]{3,40}$")
_CLAUSE = frozenset("的 是 在 等 从事 负责".split())  # no name, but words that tell of one: 负责绿化工作的部门
_JOINS = _CLAUSE | frozenset("之 和 与 及 以及 或 或者 为 将 对 能 可 把 被 从 到 向".split())  # the name may begin before it
_VERBS = ACTS - WEAK - frozenset("减排 减量 削减 控制 管控 建设 整改 淘汰 替代".split())
_VERBS |= frozenset("完成 达到 实现 提高 提升 降低 下降 减少 增加 落实 参与 确保 建成 通过 作为 根据 按照 包括".split())
_POINTS = frozenset("本 原 该 其 此 上述 前款".split())
# what stands in no name: it begins behind the last of them
_LEADS = _VERBS | frozenset(
    "其 其他 其它 该 本 所称 适用 适用于 为了 由 并 以 用 用于 于 是指 按 经 一 一批 一个 首个 首宗 首批 新增 获批 获 批 力争 积极 "
    "积极探索 探索 全面 持续 大力 深入 鼓励 引导 打造 采用 采取 引进 引入 启动 制定 编制 执行 符合 针对 对于 依托 基于 培育 成立 设立 组建 拓展 运用 做好".split()
)
LEAST, MOST = 4, 16  # characters of a full name that letters stand for: fewer are a word's end, more a sentence
HELD = 65_536  # texts whose names are kept


def short_for(short: str, full: str) -> bool:
    """Whether a word is another one with characters left out (公积金 for 住房公积金)."""
    rest = iter(full)
    return len(short) < len(full) and all(character in rest for character in short)


def core(term: Term) -> str | None:
    """The folded official term that the others of a row only add to; None where they are several things."""
    official = [fold(form) for form in term.official]
    return next((one for one in official if all(one == other or short_for(one, other) for other in official)), None)


def plain(form: str) -> str:
    """Folded, and without a plural's s: `VOCs` → `voc`."""
    return fold(form.removesuffix("s") if _PLURAL.search(form) else form)


def names(word: str, thesaurus: Thesaurus) -> tuple[str, ...]:
    """The other names of what a folded word of the thesaurus names, folded, the exact ones first; none that holds another."""
    found = dict.fromkeys(name for term in thesaurus.rows(word) for name in _names_in(word, term) if name != word)
    return tuple(name for name in found if word not in name and not any(other != name and other in name for other in found))


def _names_in(word: str, term: Term) -> Iterator[str]:
    """The names a row has for a word of it, repeats included."""
    say, official, one = [plain(form) for form in term.say], [fold(form) for form in term.official], core(term)
    if one is None:
        yield from (form for form in (say if word in official else official) if short_for(form, word) or short_for(word, form))
        return
    exact = [one, *(form for form in say if form.isascii() or short_for(form, one))]
    yield from exact
    if word in exact or word in official:  # what is said for it; 喷漆味 is no name of 家具厂味, though both mean one thing
        yield from (form for form in say if len(form) >= PLAIN)


def _spelt(short: str, run: str) -> str:
    """The words that end a run of text and that a short name is short for; '' if it is for none.

    Its characters stand in them in order, the last in the last word: 加强滨湖产业园, 滨湖园 → 滨湖产业园.
    """
    words, at = segments(run), len(run)
    for character in reversed(short):
        least = len(run) - len(words[-1]) if at == len(run) else 0
        if (at := run.rfind(character, 0, at)) < least:
            return ""
    first = max(n for n, start in enumerate(accumulate(map(len, words), initial=0)) if start <= at)
    return _name(words[first:], _CLAUSE)


def _ordinary(name: str) -> bool:
    """Whether a name is a word of the language, or is made of such, or points or lists: 企业, 监管部门, 本基金, 单位和个人."""
    words = segments(name)
    return all(len(word) > 1 for word in words) or words[0] in _POINTS or bool(_JOINS & set(words))


def _headed(run: str) -> str:
    """The name that ends a run of text without what is done with it: 加强能源管控系统 → 能源管控系统; '' if that cannot be told."""
    words = segments(run)
    last = max((n for n, word in enumerate(words, 1) if word in _LEADS), default=0)
    return _name(list(dropwhile(ACTS.__contains__, words[last:])), _JOINS)


def _name(words: list[str], barred: frozenset[str]) -> str:
    """The words as one name; '' where it is too short or long for one, or holds a word barred."""
    name = "".join(words)
    return name if LEAST <= len(name) <= MOST and not barred & set(words) else ""


def _definitions(text: str) -> Iterator[tuple[str, str]]:
    """(full name, short name) as written. A short name that stands in the full one is found without being known."""
    for m in (*_CALLED.finditer(text), *_LETTERS.finditer(text)):
        short, run = m[1], _RUN.search(text[max(0, m.start() - 40) : m.start()])
        if run and short.isascii() and _ACRONYM.match(short):
            yield _headed(run[0]), short
        elif run and not short.isascii() and not _ordinary(short) and short not in run[0]:
            yield _spelt(short, run[0]), short
    for m in _MEANING.finditer(text):
        if _ACRONYM.match(m[1]) and not _NOTE.match(" ".join(segments(m[2]))):
            yield m[2], m[1]


_held: dict[int, tuple[tuple[str, str], ...]] = {}


def defined(text: str) -> tuple[tuple[str, str], ...]:
    """(full name, short name), folded, for every name that a text defines, as `滨湖产业园（以下简称“滨湖园”）` does.

    Kept by the hash of the text, not with it: a text that has left the library leaves the memory.
    """
    key = hash(text)
    if (found := _held.get(key)) is None:
        found = tuple(dict.fromkeys((fold(full), fold(short)) for full, short in _definitions(text) if full))
        if len(_held) >= HELD:
            _held.clear()
        _held[key] = found
    return found
