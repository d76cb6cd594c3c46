"""The kinds of documents, by the word a title ends in (党政机关公文处理工作条例, 2012; 立法技术规范)."""

import re

_KINDS = (
    "宪法|法典|法|条例|办法|细则|规定|规则|规程|规范|准则|守则|通则|总则|章程|制度|标准|导则|指引|指南|指导|要点|要求|"
    "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|答复|复函|解答|解释|说明|"
    "方案|规划|计划|纲要|大纲|预案|安排|部署|目录|名录|清单|措施|举措|政策|若干条|行动|战略|布局|工程|"
    "公约|条约|协定|协议|议定书|宣言|修正案|意见书|建议书|白皮书|框架|体系|分工|区划|基准|定额|图则|任务书|目标|路线图"
)
_TAIL = r"(?:\s*[（(\[〔【][^（）()]{1,40}[）)\]〕】])*"
_ENDS_IN_KIND = re.compile(rf"(?:{_KINDS}|[一二三四五六七八九十\d]+条){_TAIL}$")
_KIND_ALONE = re.compile(rf"(?:本|该|此|原|旧|新)?(?:{_KINDS}|(?:实施|工作|行动|指导|管理|总体)(?:{_KINDS}))")
_PARENTHESES = re.compile(rf"{_TAIL}$")
_SPACE = re.compile(r"\s+")
_ONE_KIND = str.maketrans("〈〉<>", "《》《》")
_FORMS = ("申请书", "责任书", "承诺书", "告知书", "说明书", "使用说明", "登记表", "办事指南")


def is_document_title(title: str) -> bool:
    """Whether a title names a law, plan, notice, standard …, not a book, newspaper, form or certificate."""
    tail = title[-120:]
    return bool(_ENDS_IN_KIND.search(tail)) and not tail.endswith(_FORMS)


def is_kind_alone(title: str) -> bool:
    """Whether it is a short name only the citing text explains: 《通知》, 《实施方案》."""
    return bool(_KIND_ALONE.fullmatch(title))


def without_parentheses(title: str) -> str:
    """The title without （征求意见稿）, （试行）, （2023年修订） and the like at its end."""
    head, tail = title[:-120], title[-120:]
    return head + _PARENTHESES.sub("", tail)


def comparable(title: str) -> str:
    """A title as titles are compared: no white space, no parentheses at its end, one kind of title brackets."""
    return without_parentheses(_SPACE.sub("", title)).translate(_ONE_KIND)
