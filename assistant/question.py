"""A question → what is asked: kind, topic, places, departments, years. Rules of language, no model."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.match import segments
from assistant.types import Kind
from corpus.errors import QueryError
from corpus.lexicon.departments import Departments, default_departments
from corpus.lexicon.regions import find_regions

LONGEST = 2000

_WHO = re.compile(
    r"谁(?:来|在|去|该)(?!.{0,2}(?:是|有))|谁(?:负责|管|牵头|主管|落实|执行|实施|承担|抓|主抓|监管|治理?|办|做|干|出面|配合|参与)|归谁|由谁|找谁|是谁|让谁|"
    r"(?:归|由|是|找)?(?:哪|那|什么|何)(?:个|些|几个|几家|家)?(?:部门|单位|机构|局|委|科室|处室)|(?:找|归|由|是)哪(?:几)?(?:家|个)|"
    r"(?:责任|负责|主管|实施|落实|承办|主办|协办|参与|牵头|配合)(?:的)?(?:单位|部门|主体|科室|处室)|归口|该谁|谁的(?:责任|职责|事)|"
    r"(?:归|由|是)(?:哪|那|什么).{0,4}(?:管|负责|牵头|落实)|谁管|谁负责|哪里管|哪管"
)
_LEAD = re.compile(r"牵头|配合|协助|参与单位|主办|协办")
_TASKS = re.compile(
    r"(?:负责|承担|牵头|配合|参与|落实|执行|管)(?:了|着)?(?:什么|哪些|哪几|些什么|啥|的任务|的工作|的事项?|几项|多少项)|"
    r"(?:有|要|该|需要?|都)(?:什么|哪些|哪几项|啥|几项|多少项)(?:任务|工作|职责|责任|事项?|活)|"
    r"(?:任务|职责|责任|工作|分工)(?:清单|有哪些|是什么|都有|包括|分别)|(?:承担|负责|涉及|牵头|参与|配合|落实)的?(?:全部|所有)?(?:任务|工作|职责|事项|条款)|"
    r"(?:要|该|应当?|需要?)(?:做|干|参与|负责|落实|承担|牵头|配合|完成)(?:什么|哪些|啥|些)|管(?:什么|哪些|啥)|"
    r"(?:承担|负责|参与)(?:什么|哪些|啥)|(?:局|委|办|厅|部|中心|政府|管委会|公司|部门|联)(?:的)?(?:任务|职责|分工|活儿?|差事)(?:有|都|是|$|[？?])|"
    r"(?:做|干|办|管|负责|承担)(?:了|着)?(?:哪几|哪)(?:件|项|样|个)|(?:活儿?|事儿?)(?:有|都)?(?:哪些|什么|啥)|摊上(?:了)?(?:哪些|什么|啥)"
)
_WHEN = re.compile(
    r"什么时候|何时|啥时候|几时|多久|几月(?:份|底)?(?:之?前)?|哪(?:一)?年(?:底)?(?:前|完成|实现|达到|建成)|(?:完成|截止|最后|办结)(?:的)?(?:时限|期限|时间|日期)|时限|期限|"
    r"(?:今年|明年|后年|本年|\d{4}年)(?:底|年底|末)?(?:之?前|以前)?(?:要|应|需|必须|该)?(?:完成|办|做|干|实现|建成)(?:什么|哪些|啥|到)?"
)
_DUE_ASKED = re.compile(
    r"(?:今年|明年|后年|本年|20\d\d年|“?十[三四五]五”?)(?:底|年底|末|上半年|\d{1,2}月底?)?(?:之?前|以前)?.{0,12}(?:完成|实现|达到|做到?|干|建成|落实|到期|办完|做完)(?:的)?(?:什么|哪些|啥|任务|工作|事项)"
)
_META = re.compile(
    r"文号|发文字号|(?:哪天|哪一天|哪年|何时|什么时候|什么时间|几月几号|啥时候).{0,4}(?:印发|发布|出台|下发|公布|施行|生效|实施|发的)|从(?:哪天|哪一天|哪年|何时|什么时候|几号)起|(?:印发|发布|出台|成文|发文|下发|施行|生效|实施)(?:的)?(?:日期|时间)|"
    r"有效期|有效吗|(?:是否|还|是不是).{0,6}(?:有效|失效|过期|征求意见)|征求意见稿|正式(?:印发|文件|稿)|(?:谁|哪个(?:部门|单位|机关))(?:印|发|签)发|发文(?:机关|单位)|印发(?:机关|单位)|"
    r"引用了?|依据(?:的是)?(?:哪|什么)|(?:上位|上级)文件|(?:根据|依据|按照|照)(?:的是)?(?:.{0,4})(?:哪|什么).{0,8}(?:文件|制定|方案|规定|办法|通知)|(?:根据|依据)什么|全称|标题|题目|叫什么名|哪(?:些|几)(?:份|个)文件|"
    r"哪(?:些|个|几个?|份|几份)?(?:文件|办法|规定|方案|规划|条例|细则|意见|通知)[^，。]{0,6}(?:依据|根据|按照).{2,40}制定|"
    r"(?:依据|根据|按照).{2,40}制定(?:的|了)?(?:文件)?(?:都|又)?(?:有|是)?哪.{0,2}(?:文件|办法|规定|方案|规划|条例|细则|意见|通知)"
)
_META_LAST = re.compile(rf"(?:{_META.pattern})$")  # 某方案的发文日期和文号: asked without a word that asks
_PRECEDENT = re.compile(
    r"怎么(?:写|表述|措辞|说的|表达)|如何(?:写|表述|措辞|表达)|的(?:表述|写法|措辞|行文|条文|范文)|范文|(?:先例|范例|样例|参考)(?:表述|写法|条款)?$|类似(?:表述|条款|说法)"
)
_FIGURE = re.compile(
    r"多少|[几幾](?:成|个|家|户|倍|吨|万|公里|座|台|辆|平方米|立方米|项|条|处|所|人|次|元|亿|千)|百分之几|(?:目标|指标|任务)(?:值|数)?(?:分别)?(?:是|为|有|呢)?(?:多少|几|什么)|(?:目标|指标|降幅|增幅)(?:值|数)?(?:和|与|、|[？?]|$)|(?:减排|降低|下降|控制)(?:任务|目标)$|(?:个数|数量|户数|家数|比例|比重|占比|覆盖率|利用率|处理率|回收率|达标率|普及率|率)"
    r"\s*(?:要|应|需|是|为|达|分别|目标|20\d\d|[？?]|$)|要(?:达到?|降|减|增|占|提高|压减|下降|增长).{0,4}(?:多少|几|什么)|(?:降幅|增幅|降低率|减排量|装机|规模|上限|下限|总量)(?:目标)?(?:是|为|要|多少|分别|[？?]|$)|"
    r"目标值|量化目标|具体数字|什么水平"
)
_COMPARE = re.compile(
    r"对比|比较(?!大|多|高|好|少|低)|相比|比一?比|比起来|(?:各|五|四|三|两|几|\d)(?:个)?(?:市|地|城市|地区|县|城)(?:之间|的|都)?.{0,30}(?:分别|各是|各为|差异|区别|谁|多少|哪个|几|目标)|(?:最高|最低|最大|最多|最少|最严)的(?:是|市|城市)|哪(?:个|座|些|几个)?(?:市|地方|城市|地区|县)(?:的)?.{0,20}(?:最|更|比)|(?:谁|哪里|哪儿).{0,12}(?:最高|最低|最大|最多|最少|更高|更低|最严)|排名|排序|横向"
)
_TABLE_HINT = re.compile(
    r"附件|附表|表格|表(?:里|中)|各(?:县|区|镇|乡|街道|旗|县区|镇街).{0,16}(?:目标|指标|任务|减排量|多少)|"
    r"(?:(?<![城乡村集])镇|街道|乡(?!镇|村)|(?<![各全])县(?!城|级|域)|(?<![城市园社地郊辖景校山库牧小街全])区(?!域)|旗).{0,16}(?:目标|指标|任务|减排量|多少)"
)
_SENTENCE = re.compile(
    r"[。；]$|^(?=.{14,})[^？?\s]*[，；][^？?\s]+$|^[^？?\s]{22,}$|^(?=.{10,})[^？?\s]*(?:必须|不得|严禁|原则上|应当|一律)[^？?\s]*$"
)
_FIGURE_ASKED = re.compile(r"多少|几|目标(?:值|是)?[？?]?$|指标[？?]?$|责任(?:单位|部门)|20\d\d$")
_ASKING = re.compile(
    r"[？?]|多少|谁|哪|什么|怎么|如何|怎样|是否|吗|呢|几|啥|咋|还是|为何|为什么|要不要|能不能|可不可以|会不会|有没有|是不是|该不该"
)

_STOP = re.compile(
    r"(?:有)?(?:哪些|哪几个?|什么)?(?:文件|方案|城市|市)(?:里|中)?(?:提到|提及|写到|说到|规定)(?:了|过)?|(?:提到|提及)(?:了|过)?|请问|一下|帮我|帮忙|查一查|查查|查询|看看|我想(?:知道|了解)|想(?:知道|了解)|告诉我|列出|列一下|归纳|汇总|分别|各自|具体|有关|相关|关于|方面|"
    r"的(?:话|时候)|到底|究竟|现在|目前|我们|咱们?|我市|各地|各市|各个?城市|各县区|五个?市|四个?市|三个?市|几个市|这些?(?:文件|方案|市|城市)|文件(?:里|中)|方案(?:里|中)|规定(?:的是|了)?|"
    r"[？?！!。：:“”\"'《》〈〉（）()\s]+|呢|吗|啊|呀|吧|是(?:由)?$|^(?:由|是|对)"
)
# what a figure is asked in: 多少公里, 几万户
_MEASURE = r"个?(?:百|千|万|亿)*(?:平方公里|平方米|立方米|公里|千米|公顷|千瓦时|千瓦|兆瓦|吨标准煤|吨|米|亩|元|家|户|座|台|辆|个|项|条|处|所|套|人|次|倍|天|成)"
_BOUND = re.compile(r"(?:不得|不能|不应|不)(?:低于|高于|少于|多于|超过|大于|小于)(?=\s|$)")  # 碘值不得低于多少
_ENDS = frozenset("要 应 该 需 应该".split())  # 报装要找哪几家
_AFTER_KNOWN = frozenset("应 需".split())  # after a single character they end a word that the segmenter does not know: 刚需
_ASKS = frozenset("请 查".split())
_APART = re.compile(r"(?<=\s)[管抓办](?=\s|$)")  # 归哪个部门管
_YEAR = re.compile(r"(20\d\d)年?|“?十([三四五])五”?")
_PERIOD = {"三": 2020, "四": 2025, "五": 2030}


@dataclass(frozen=True, slots=True)
class Question:
    """A question taken apart.

    topic: the words that say what it is about, regions and question words taken out (never empty: else the text).
    regions: canonical names of the places it names, in order.  departments: functions (corpus.lexicon.departments).
    years: years or last years of the five-year plans it names.
    """

    text: str
    kind: Kind
    topic: str
    regions: tuple[str, ...]
    departments: tuple[str, ...]
    years: tuple[int, ...]


def check(text: str) -> str:
    """The question without surrounding spaces. Raises QueryError where it is empty or longer than 2,000 characters."""
    text = unicodedata.normalize("NFC", text).strip()
    if not re.search(r"\w", text):
        raise QueryError("问题为空，或只有标点符号。请输入要查询的内容，例如：谁负责挥发性有机物整治。")
    if len(text) > LONGEST:
        raise QueryError(f"问题共 {len(text)} 个字，超过 {LONGEST} 字的上限。请缩短问题，或只粘贴要比对的一段文字。")
    return text


def _kind(text: str, regions: tuple[str, ...], departments: tuple[str, ...]) -> Kind:
    if _PRECEDENT.search(text):
        return "precedent"
    asking = bool(_ASKING.search(text) or _META_LAST.search(text))
    if _SENTENCE.search(text) and not asking and not _COMPARE.search(text) and not _FIGURE_ASKED.search(text):
        return "precedent"
    if _META.search(text) and not re.search(r"达到(?:.{0,12})征求意见", text):
        return "meta"
    if _DUE_ASKED.search(text):
        return "when"
    if _TASKS.search(text) and not re.search(r"(?:哪|那|什么)(?:个|些)?(?:部门|单位)", text):
        return "tasks"
    if _WHO.search(text):
        return "lead" if _LEAD.search(text) else "who"
    if re.search(r"牵头(?:的|单位|部门|方)?[？?]?$", text):
        return "lead"
    if _LEAD.search(text) and asking:
        return "lead"
    if len(regions) > 1 and _FIGURE.search(text):
        return "compare"
    if _COMPARE.search(text) and (_FIGURE.search(text) or re.search(r"对比|比较|比一?比|分别|最", text)):
        return "compare"
    if _TABLE_HINT.search(text) and (_FIGURE.search(text) or "目标" in text):
        return "table"
    if _FIGURE.search(text):
        return "target"
    if _WHEN.search(text):
        return "when"
    return "find"


def short_name(region: str) -> str:
    """A place without its level, where two characters are left: 达州市 → 达州."""
    short = re.sub(r"(?:自治区|自治州|市|省|县|区|州|盟|旗)$", "", region)
    return short if len(short) > 1 else region


def _without(run: str) -> str:
    """A run of text without what asks in it; only words of their own, for 供应 and 排查 hold the same characters."""
    words = segments(run)
    if words[-1] in _ENDS and not (words[-1] in _AFTER_KNOWN and len("".join(words[-2:-1])) == 1):
        words.pop()
    return "".join(word for word in words if word not in _ASKS)


def topic_of(text: str, regions: Iterable[str]) -> str:
    """The words a search should look for: without places, question words and courtesies; the text if nothing is left."""
    rest = text
    for name in sorted(regions, key=len, reverse=True):
        short = short_name(name)
        rest = re.sub(f"{re.escape(name)}|{re.escape(short)}(?:市|县|区|省|州)?", " ", rest)
    for pattern in (_WHO, _TASKS, _WHEN, _STOP):
        rest = pattern.sub(" ", rest)
    rest = re.sub(
        rf"(?:是|为|有|要|应|达到?)?(?:多少|[几幾])(?:{_MEASURE})|(?:是|为|有|要|应|达到?)?(?:多少|[几幾]成)|什么时候|怎么(?:写|表述)|如何(?:写|表述)|的(?:表述|写法)|哪(?:些|个|几)|什么|咋|啥|牵头|负责|(?:和|与|及|还是)?配合(?:单位)?",
        " ",
        rest,
    )
    rest = " ".join(filter(None, map(_without, _APART.sub(" ", _BOUND.sub(" ", rest)).split())))
    rest = re.sub(r"\s*[，,；;、]\s*", "、", rest)
    rest = rest.strip(" 的了是由归和与谁、")
    return rest if len(re.sub(r"\W", "", rest)) >= 2 else text


def parse(text: str, known_regions: Iterable[str] = (), table: Departments | None = None) -> Question:
    """Take a checked question apart. `known_regions`: places of the library, which need not be in any table.

    table: the departments to recognise, the built-in ones if None.
    """
    known = tuple(known_regions)
    found = find_regions(text, known)
    # 吉林市舒兰: the table keeps the innermost place, the library has the outer one
    outer = (r for r in known if r in text or re.search(rf"{re.escape(short_name(r))}(?!省|大学|银行|路)", text))
    regions = tuple(dict.fromkeys((*found, *outer)))
    mentions = (table or default_departments()).find(text)
    departments = tuple(dict.fromkeys(m.department for m in mentions))
    years = tuple(int(m[1]) if m[1] else _PERIOD[m[2]] for m in _YEAR.finditer(text))
    kind = _kind(text, regions, departments)
    return Question(text, kind, topic_of(text, regions), regions, departments, years)
