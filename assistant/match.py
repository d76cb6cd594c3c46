"""How much of what a question asks for stands in a text: words, their official forms, and nothing by resemblance.

Search ranks by resemblance, and the nearest clause is near to something even where the answer is not there:
a plan with a target for nitrogen oxides is the nearest one to a question on sulphur dioxide. Whether it answers is
decided here, by the question's own words.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import Literal

# Words every plan uses, or that only frame a question: they say nothing about what is asked for.
GENERIC = frozenset(
    (
        "最高 最低 最大 最多 最少 更高 更低 不低于 不少于 不高于 不超过 至少 至多 力争 几月 月底 要求 个数 户数 "
        "家数 工作 任务 目标 指标 百分点 百分之几 百分之多少 对比 比较 相比 同比 户 家 吨 公里 个 安排 规模 多大 "
        "封顶 情况 规定 措施 内容 事项 问题 方案 计划 文件 政策 项目 建设 推进 加强 实施 开展 完成 达到 实现 提高 "
        "提升 降低 下降 减少 增加 增长 控制 比例 比重 占比 数量 数值 数字 水平 程度 部门 单位 机构 政府 市里 地方 "
        "城市 全市 各市 各地 地区 当地 本市 年度 每年 今年 明年 时候 时间 期限 时限 可以 能够 需要 应该 应当 必须 "
        "进行 作为 通过 以及 或者 并且 还是 已经 正在 如何 怎样 怎么 什么 哪些 哪个 多少 是否 有没有 要不要 能不能 "
        "有关 相关 方面 责任 负责 牵头 配合 落实 承担 参与 主管 管理 力度 确保 到底 一共 总共 合计 分别 各自 具体 "
        "主要 重点 综合 工程 行动 强度 总量 率 年底 底前 以上 以下 减排 减排量 查 看 写 说 请 的 了 是 在 和 "
        "与 对 把 被 让 给 为 向 从 到 按 将 要 应 需 能 会 可 想 问 吗 呢 吧 啊 做 干 办 搞 弄 管 谁 "
        "哪 几 多 少 有 没 不 也 都 还 就 再 又 现行 "
    ).split()
)
# What is done with a thing says little of what the thing is.
WEAK = frozenset(
    "治理 整治 管理 保护 处理 防治 监管 改造 利用 使用 发展 推广 支持 工作 服务 组织 活动 评价 检查 维护 应用 处置 提升 优化 完善 健全".split()
)
ACTS = WEAK | frozenset("减排 减量 削减 控制 管控 建设 推进 加强 强化 深化 开展 实施 加快 整改 淘汰 替代 推行 规范 扩大".split())
_ACT = "|".join(sorted(ACTS))
_ACT_BEFORE = re.compile(rf"(?:{_ACT})[^、，,。；;：:]{{0,4}}$")
_ACT_BEHIND = re.compile(rf"[^、，,。；;：:]{{0,4}}?(?:{_ACT})")
NEARBY = 8  # characters beside a name
Standing = Literal["headed", "work", "named", "listed"]
SLIP = 6  # in shorter words one other character is another thing (二氧化硫, 二氧化碳)
LOOSE = 0.88
_SIZE = r"\d+(?:\.\d+)?(?:蒸吨|千瓦|兆瓦|平方米|立方米|公里|吨|亩|米)"  # 35蒸吨以下的锅炉 are other boilers
_WORD = re.compile(rf"[\u3400-\u9fff]+|[a-z]+[0-9.]*[a-z0-9]*|{_SIZE}|\d+(?:\.\d+)?")


_LISTED = re.compile(r"[、，,；;]|和|与|及|以及|还有")


def facets(topic: str) -> list[str]:
    """The topic, or its parts where it lists several things."""
    parts = [p for p in _LISTED.split(topic) if len(re.sub(r"\W", "", p)) >= 2]
    return parts if len(parts) > 1 else [topic]


def fold(text: str) -> str:
    """NFKC, lower case, without spaces, quotes and brackets."""
    return re.sub(r"[\s“”‘’\"'（）()〔〕\[\]《》〈〉]+", "", unicodedata.normalize("NFKC", text).lower())


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing a question asks about. weight: the length of the word, at most 4.

    forms: the word, the official terms it stands for, its other names.  loose: forms that reach wider (新能源 beside 非化石能源).
    parts: the words of a compound; a text that has them apart says it a little less (公共机构单位面积能耗).
    names: of the forms, the other names of the very thing (assistant/names.py).
    """

    word: str
    forms: tuple[str, ...]
    loose: tuple[str, ...]
    weight: float
    parts: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def _joined(tokens: list[str]) -> Iterator[str]:
    """The words; single characters in a row that the dictionary does not know are a word of their own (散媒)."""
    row = ""
    for token in tokens:
        if len(token) == 1 and token not in GENERIC:
            row += token
            continue
        if row:
            yield row
            row = ""
        yield token
    yield row


@lru_cache(maxsize=4096)
def words_of(text: str) -> tuple[str, ...]:
    """The telling words of a text by jieba: two characters or more, none that every plan uses."""
    found = []
    for run in _WORD.findall(unicodedata.normalize("NFKC", text).lower()):
        cut = [run] if run[0].isdigit() else _joined(segments(run))
        found += [w for w in cut if w not in GENERIC and len(w) > 1 and not w.isdigit()]
    return tuple(dict.fromkeys(found))


def segments(text: str) -> list[str]:
    """The words of a text by jieba's dictionary; what it does not know falls into single characters."""
    import jieba  # reading its dictionary takes a while

    jieba.setLogLevel(60)
    return list(jieba.lcut(text, HMM=False))


def cuts(text: str) -> set[int]:
    """The offsets at which the words of a text begin and end."""
    return set(accumulate(map(len, segments(text)), initial=0))


def junctions(text: str) -> set[int]:
    """Offsets of the last character of a word where the next one begins, both known words or words that frame a question."""
    found, at = set(), 0
    for word, after in pairwise(segments(text)):
        at += len(word)
        if all(len(w) > 1 or w in GENERIC for w in (word, after)):
            found.add(at - 1)
    return found


@lru_cache(maxsize=4096)
def _with_a_slip(form: str) -> re.Pattern[str]:
    """The form with one character written or recognised wrongly (`按发性有机物`)."""
    return re.compile("|".join(re.escape(form[:i]) + "." + re.escape(form[i + 1 :]) for i in range(len(form))))


@lru_cache(maxsize=4096)
def _whole(form: str) -> re.Pattern[str]:
    """The Latin form as a word of its own, its plural too: `CO` is in neither `COD` nor `CO2`, nor `PM2` in `PM2.5`."""
    after = r"(?![a-z]|\.\d)" if len(form) > 2 else r"(?![a-z0-9])"  # text is without spaces: `VOCs 10 吨` is `vocs10吨`
    return re.compile(rf"(?<![a-z]){re.escape(form)}(?:s(?![a-z])|{after})")


def says(form: str, text: str) -> int:
    """How many characters of a folded text say a folded form: the form itself, or its full words where it is short for
    them (`单位地区生产总值能耗` in `单位地区生产总值能源消耗`: its characters in order, close together), a list read
    without its marks (`供水供电供气报装` in `供水、供电、供气、通信报装`); 0 if none do.
    """
    if form.isascii():
        return len(form) if _whole(form).search(text) else 0
    if form in text:
        return len(form)
    if len(form) < 3:
        return 0
    if len(form) >= SLIP and _with_a_slip(form).search(text):
        return len(form)
    return _in_order(form, text) or (_in_order(form, text.replace("、", "")) if len(form) >= SLIP and "、" in text else 0)


def _in_order(form: str, text: str) -> int:
    """How many characters of a text hold those of a form in order and close together; 0 if none do."""
    at = -1
    while (at := text.find(form[0], at + 1)) >= 0:
        end = at
        for char in form[1:]:
            end = text.find(char, end + 1, at + 2 * len(form))
            if end < 0:
                break
        else:
            if end + 1 - at <= len(form) + max(2, len(form) // 3):
                return end + 1 - at
    return 0


def said(aspect: Aspect, text: str) -> int:
    """The characters of a folded text that say the aspect in its best strict form; 0 if none do."""
    return max((says(form, text) for form in aspect.forms), default=0)


def _degree(aspect: Aspect, text: str) -> float:
    """1.0 where a text says the aspect, a little less where only a loose form does, else 0.0."""
    if said(aspect, text):
        return 1.0
    if any(says(form, text) for form in aspect.loose):
        return LOOSE
    apart = sum(len(part) for part in aspect.parts if part in text)
    return LOOSE * apart / sum(map(len, aspect.parts)) if aspect.parts else 0.0


def _places(aspect: Aspect, text: str) -> Iterator[tuple[str, str]]:
    """What stands before and behind every place where a folded text has a strict form of the aspect."""
    for form in aspect.forms:
        for m in (_whole(form) if form.isascii() else re.compile(re.escape(form))).finditer(text):
            yield text[max(0, m.start() - NEARBY) : m.start()], text[m.end() : m.end() + NEARBY]


def standing(asked: Iterable[Aspect], heading: str, text: str) -> Standing:
    """How a folded text names the things asked, word for word: all in its folded heading; all with what is done with the
    one that weighs most (`work`); that one only in a list of things (氮氧化物、挥发性有机物、颗粒物); else `named`.
    """
    things = [aspect for aspect in asked if aspect.weight > 1]
    if not things:
        return "named"
    if all(any(_places(thing, heading)) for thing in things):
        return "headed"
    places = list(_places(max(things, key=lambda thing: thing.weight), text))
    if not all(said(thing, heading + text) for thing in things):
        return "named"
    if any(_ACT_BEFORE.search(before) or _ACT_BEHIND.match(behind) for before, behind in places):
        return "work"
    return "listed" if places and all("、" in (before[-1:], behind[:1]) for before, behind in places) else "named"


def coverage(asked: Iterable[Aspect], text: str) -> float:
    """The share of the aspects, by weight, that a folded text says; 1.0 where nothing is asked."""
    total = found = 0.0
    for aspect in asked:
        total += aspect.weight
        found += aspect.weight * _degree(aspect, text)
    return found / total if total else 1.0
