"""A name by itself: what is trimmed off it, what stands in its brackets, the ending its neighbours share."""

import re
from collections.abc import Sequence

PERSON = re.compile(
    r"[赵钱孙李周吴郑王冯陈蒋沈韩杨朱秦许何吕张孔曹严金魏陶姜谢邹苏潘葛范彭鲁韦马方任袁柳史唐薛雷贺倪汤罗郝安常于傅齐康伍余顾孟黄"
    r"萧尹姚邵汪祁毛米戴宋庞熊纪项董梁杜阮贾江郭梅林钟徐邱骆高夏蔡田胡凌霍万卢莫裘丁邓洪包石崔龚程裴陆翁段侯武刘龙叶白赖乔谭申冉向易"
    r"廖文欧耿关查曾牛聂肖涂][一-龥]{1,2}$"
)
PLACE_BODY = re.compile(r"(?:人民政府|政府|管委会|管理委员会|办事处|党工委)$")
_ZONE = re.compile(
    r"(?:开发区|新区|高新区|经开区|示范区|园区|保税区|合作区|度假区|风景区|景区|管理区|试验区|产业园|工业园|新城|片区|基地|港区)$"
)
_ENUMERATOR = re.compile(r"^(?:\d{1,2}[.．、)）](?!\d)|[①-⑳]|[（(]\d{1,2}[)）])\s*")
_ROLE_NOTE = re.compile(r"[（(〔\[［【](?:为)?(牵头|主办|主责|配合|协办|参与|责任)(?:单位|部门)?[)）〕\]］】]$")
_PERSON_NOTE = re.compile(rf"[（(](?:[^（()）]*[：:][^（()）]*|{PERSON.pattern.removesuffix('$')}(?<![局委办会部]))[）)]$")
_TERM = re.compile(r"[（(](?:以下|下)?(?:统|合)?(?:简称|称)[^（()）]*[）)]$")
_TRAILING_ETC = re.compile(
    r"(?<![高中初同平])等(?:[\d一二两三四五六七八九十]+[个家])?(?:[省市县区州]?(?:级|直|属))?(?:各|有关|相关|其他|职能|责任|成员|配合|主管|行业|高等|科研|群团|金融|经办|[在驻][^、，]|[省市县区州]?属)*"
    r"(?:部门|单位|地方|机构|企业|地区|方面|院校|院所|高校|学校|组织|团体|县区)*(?:[和及与、](?:单位|部门|地区|企业))?$"
)


def core(name: str) -> str:
    """A name without what stands in brackets: 各县（市、区）人民政府 → 各县人民政府."""
    for _ in range(3):
        name = re.sub(r"[（(〔\[［【][^（(）)〔〕\[\]［］【】]*[）)〕\]］】]", "", name)
    return name


def clean(name: str) -> str:
    """A name without list numbers, marks, a closing 等, a stray closing 的, and punctuation."""
    name = _ENUMERATOR.sub("", name.strip(" \t\u3000。.、，,；;：:*＊★▲△●·-—"))
    name = re.sub(r"^[^（(]{0,40}由(?=[省市区县州各])", "", name)
    name = re.sub(r"^(?:由|请|和|及|以及|并由|与|其中)(?=[一-龥]{2})(?!平|县|田|龙|顺|美|静|布克)", "", name)
    name = _PERSON_NOTE.sub("", _TRAILING_ETC.sub("", _TERM.sub("", name)))
    return name[:-1] if name.endswith("的") else name.rstrip("*＊★▲。 ")


def role_note(name: str) -> tuple[str, str]:
    """(name, word) of `市商务局（牵头）`; the word is "" where no such note stands."""
    m = _ROLE_NOTE.search(name)
    return (name[: m.start()], m.group(1)) if m else (name, "")


def is_territorial(name: str) -> bool:
    """Whether a name stands for places rather than a department: 各县（市、区）人民政府, 高新区管委会, 各地."""
    return bool(re.match(r"各(?!.*部门)|属地", name) or PLACE_BODY.search(name))


def complete(names: Sequence[str]) -> list[str]:
    """临江高新区、滨湖新区管委会 → both with 管委会; A县、B县人民政府 → both with 人民政府."""
    ending, done = "", list(names)
    for i in range(len(names) - 1, -1, -1):
        name = names[i]
        if m := PLACE_BODY.search(name):
            ending = "" if name.startswith("各") else m.group()
        elif not name.startswith("各") and ending and _fits(name, ending):
            done[i] = name + ending
        else:
            ending = ""
    return done


def _fits(name: str, ending: str) -> bool:
    if ending.startswith("管"):
        return bool(_ZONE.search(name) or name.endswith("区"))
    if ending == "办事处":
        return name.endswith("街道")
    return name[-1] in "县市镇乡区" and not _ZONE.search(name)
