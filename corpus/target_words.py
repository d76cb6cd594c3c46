"""The words of a goal: verbs, bounds, hedges; and the reading of what stands before a figure."""

import re
from dataclasses import dataclass

from corpus.types import Bound, Change
from corpus.years import TIME_LEAD, cut_baseline


def _words(words: str) -> str:
    return "(?:" + "|".join(sorted(words.split(), key=len, reverse=True)) + ")"


_AT_LEAST = "不低于 不少于 不小于 不得低于 不得少于 至少 超过 超 突破 大于 高于 多于 ≥ > ＞ 达到或超过"
_AT_MOST = "不高于 不超过 不大于 不多于 不得超过 不得高于 低于 少于 小于 ≤ < ＜ 不超 最高不超过"
BOUNDS: dict[str, Bound] = {**dict.fromkeys(_AT_LEAST.split(), ">="), **dict.fromkeys(_AT_MOST.split(), "<=")}
BOUNDS |= dict.fromkeys(("约", "大约", "约为", "近", "接近"), "~")
_LEVEL = _words(
    "达到 达 达至 达成 为 占 占到 完成 实现 保持 保持在 稳定在 稳定达到 维持在 控制在 "
    "控制到 控制为 提高到 提高至 提升到 提升至 增长到 增长至 增加到 增加至 上升到 上升至 "
    "扩大到 扩大至 降低到 降低至 降到 降至 下降到 下降至 减少到 减少至 压缩到 压缩至 "
    "压减到 压减至 缩短到 缩短至 缩减至 缩减到 缩小到 缩小至 稳定 稳定保持在 保持为 升至 "
    "升到 增至 增到 减至 减到 压降至 压降到"
)
_DOWN = _words("下降 降低 减少 减排 压减 削减 减 缩短 压缩 缩减 压降 下调 降 缩小 消减")
_UP = _words("增长 提高 提升 增加 上升 新增 扩大 增 递增 上浮 增幅达")
_VERB = re.compile(rf"(?:(?P<level>{_LEVEL})|(?P<down>{_DOWN})|(?P<up>{_UP}))$")
_BOUND = re.compile("(?:" + "|".join(sorted(map(re.escape, BOUNDS), key=len, reverse=True)) + r")\s*$")
HEDGE = "力争 争取 努力 确保 保证 原则上 总体 应当 应 须 必须 要 将 逐步 稳步 持续 基本 平均 一般 力争实现 确保实现"
_ADVERB = re.compile(_words("分别 均 都 各 累计 年均 年平均 平均每年 全部 同比 可 也 总体上 一直 " + HEDGE) + "$")
_LEAD = re.compile(
    r"(?:[\s、，,:：；;*#>—-]|(?:其中|并且|并|且|同时|从而|以及|或者|或|和|及|使|让|预计|要|将|即|另外|此外|计划|拟|有望)(?![、，,])|"
    r"(?:力争|争取|努力|确保|保证|推动|促进|示范带动|带动|逐步|稳步|着力|积极|加快|实现|原则上|到时|届时|全面|进一步|大力|持续|继续)"
    r"|[一二三四五六七八九]是|目标[是为]?)"
)
_ENUMERATOR = re.compile(
    r"(?:\d{1,2}[.．、](?!\d)|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,3})[)）]|[①-⑳]|[一二三四五六七八九十]{1,3}、|\d{1,2}[)）])\s*"
)

# what a subject may end with to be measured without a verb: `生活垃圾无害化处理率100%`
RATIO_NOUN = re.compile(r"(?:率|比例|占比|比重|强度|涨幅|增幅|增速|降幅|占[^占，。]{2,30}比)$")
MEASURE_NOUN = re.compile(
    r"(?:率|比例|占比|比重|强度|总量|数量|面积|能力|产值|增加值|收入|投资|能耗|消耗|用水量|使用量|排放量|减排量|产量|煤耗|电耗|总额|浓度|"
    r"规模|人数|里程|装机|用量|指数|效率|水平|覆盖|密度|容量|长度|增速|消费量|标煤耗)$"
)
# a bare number is read only as a coefficient of these
INDEX_NOUN = re.compile(r"(?:效率|PUE值?|指数|系数|容积率|比值|得分|评分|值|之比|收入比)$", re.I)
GOAL = re.compile(
    _words(
        "新增 新建 改造 建成 建设 创建 培育 引育 引进 打造 完成 实现 建立 更新 淘汰 压减 "
        "削减 减少 增加 形成 发展 培训 推广 新购 购置 配备 治理 修复 整治 营造 创成 争创 "
        "遴选 认定 评选 选树 扶持 壮大 争取 建造 新改建 改扩建 新改扩建 安装 招引 签约 落地 "
        "引入 竣工 投产 储备 化解 盘活 供应 筹集 孵化 吸引 修订 出台 举办 布局 投放 选派 "
        "招募 开通 覆盖 建好 办好 种植 造林 植树 打通 改建 扩建 设立 组建 制定 制修订 实施 "
        "开展 开工 谋划 铺设 敷设 关停 拆除 退出 搬迁 腾退 消除 获评 聚集 集聚 汇聚 提供 "
        "开发 筹建 增设 培养 组织 落实 争取资金 推出 编制 绿化 清淤 除险加固 更换 提升改造"
    )
    + "(?!率|用地|银行|规划|资金|指标|面积|规模|期|者|费|标准(?!化))"
)
# what may stand before the verb: who or where, and how
_SCOPE = re.compile(
    r"(?:全[市省县区州域]|我[市省县区]|市本级|城镇|农村|[\u4e00-\u9fff]{0,8}[市县区镇乡]|新|再|共|直接|高质量|高标准|高水平|集中力量|"
    r"规划|统筹|重点|开工|年内|每年|累计|组织|推进|接续|启动|动态|有序|稳妥|科学|因地制宜)*"
)
_GOALS = re.compile(rf"{GOAL.pattern}(?:[和、及]?{GOAL.pattern})*")
_NEGATIVE = re.compile(r"不再|不得|严禁|禁止|不准|禁|防止|避免|杜绝|停止")
REWARD = re.compile(
    r"给予|奖励|补助|补贴|罚款|处以|资助|罚|贴息|兑现|按照?[^，。]{0,20}标准$|注册资本|违约金|滞纳金|赔偿|缴纳|收取"
)
_BAD_END = re.compile(
    r"(?:的|在|把|将|对|到|于|由|按|以|为|从|向|每|共|等|(?<!占)(?<!对)比|较|与|给|距|第|近|超|约|满|年|自|至|[、（(“])$"
)
# says what kind of figure, not of what: its subject stands in another part of the sentence
BARE = re.compile(
    r"(?:综合|总|年|全年|全产业链|年度|合计|总体|累计|平均|同比)?(?:产值|营业收入|主营业务收入|主营收入|营收|到位资金|规模|面积|占比|增速|产量|总量|总数|比例|比重|"
    r"达标率|覆盖率|收入|投资|投资额|利润|税收|数量|涨幅|增幅|降幅|总投资|完成投资|人数|能力|销售额|销售收入|交易额|成交额|吞吐量|装机容量|装机规模|"
    r"完成率|总额|余额|个数|均价|价格|强度|浓度|水平|里程|长度|用地|就业|服务|时间|时限|效率|满意度|产业产值|产业规模|年产能|产能|亩产|单产|全市|全省|全县|全区|我市)"
)


@dataclass(frozen=True, slots=True)
class Predicate:
    """What stands between subject and figure. `subject_end` is relative to the text that was read."""

    subject: str
    verb: str
    change: Change
    bound: Bound | None
    baseline_year: int | None
    each: bool
    yearly: bool


def read_predicate(before: str) -> Predicate:
    """Read the words before a figure from its end: bound, verb, adverbs, comparison; what is left is the subject."""
    rest, bound, change, verb = before.rstrip(), None, "level", ""
    if m := _BOUND.search(rest, max(0, len(rest) - 8)):
        rest, bound = rest[: m.start()], BOUNDS[m[0].strip()]
    if m := _VERB.search(rest, max(0, len(rest) - 8)):
        verb = m[0]
        rest, change = rest[: m.start()], "down" if m["down"] else "up" if m["up"] else "level"
    elif rest.endswith("了"):
        verb = "了"
    baseline, each, yearly = None, False, False
    for _ in range(8):
        short, year = cut_baseline(rest)
        m = _ADVERB.search(short, max(0, len(short) - 6))
        if m:
            each, yearly = each or m[0] == "分别", yearly or m[0] in ("年均", "年平均", "平均每年")
            short = short[: m.start()]
        if short == rest:
            break
        rest, baseline = short.rstrip(" ，,"), year or baseline
    return Predicate(rest, verb, _change(change), bound, baseline if change != "level" else None, each, yearly)


def _change(word: str) -> Change:
    return "down" if word == "down" else "up" if word == "up" else "level"


def skip_lead(text: str, start: int, end: int) -> int:
    """Where the subject begins after numbering, connectives, hedges and years (`到2025年创建20家…`)."""
    for _ in range(16):
        m = _ENUMERATOR.match(text, start, end) or _LEAD.match(text, start, end) or TIME_LEAD.match(text, start, end)
        if not m or m.end() == start:
            break
        start = m.end()
    return start


def is_subject(words: str) -> bool:
    """Whether the words can be what is measured."""
    return 2 <= len(words) <= 80 and not (
        BARE.fullmatch(words) or _BAD_END.search(words) or REWARD.search(words) or _NEGATIVE.search(words)
    )


def goal_verb(words: str) -> re.Match[str] | None:
    """The verbs of a commitment to do or to build (`新增和改造`), at the beginning of the words or after a scope."""
    m = None if _NEGATIVE.search(words) or REWARD.search(words) else _GOALS.search(words, 0, 24)
    return m if m and _SCOPE.fullmatch(words, 0, m.start()) else None
