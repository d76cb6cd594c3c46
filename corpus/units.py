"""Names of bodies: what counts as one, lists divided into names, omitted prefixes and endings restored."""

import re
from collections.abc import Sequence

from corpus.brackets import balanced, depth_zero
from corpus.lexicon.departments import Departments
from corpus.names import PERSON, PLACE_BODY, clean, complete, core

# 市场监管局, 市政管理局, 区域合作办 merely begin with the character of a level
_FALSE_LEVEL = r"(?!市场|市政(?:管|公|园|设|工|建|处|集|和|市|局)|市容|市民(?:服|中|热)|[市区县省][域情际]|区块|区划|旗舰)"
_LEVEL = re.compile(_FALSE_LEVEL + r"(?:自治区|自治州|自治县|师市|地区|省|市|区|县|州|盟|旗)(?=[^级直属有各相区县]|区块)")
_PLACED_LEVEL = re.compile(r"(?!国家|中国|国网|人行|人民银行)[一-龥]{1,8}?(?:省|市|县|区|州|盟|旗)")
_GENERIC = re.compile(
    r"(?:各|有关|相关|其他|其它|属地|全[省市县区州]|[省市县区州镇]区?(?:两级|级|直|属)|[省市县区州](?:各|有关|相关)|驻|中央驻?|"
    r"(?:县|市|区)[（(、]|涉及|所在地|成员单位|辖区|市县|科研院|金融机构|行业|村（|村\(|乡镇|镇村|街道|试点|沿|在[^、，]{1,2}(?:高校|院校|企业|央企|高等))"
)
_PARTY = re.compile(r"(?:宣传部|组织部|统战部|政法委|社会工作部|社工部)$")
_PARTY_OR_OFFICE = re.compile(r"(?:网信办|编办|老干部局|党校|政研室|文明办|改革办|深改办|外办|台办|巡察办|农办|国安办|督查室)$")
_ADMINISTRATIVE = re.compile(r"(?:局|委|委员会|办|办公室|厅|联合会|联社|支队|总队|中心|管理处)$")
_MINISTRY = re.compile(r"(?:部|署|总局)$")
_OWN_NAME = re.compile(
    r"(?:公司|集团|银行|支行|分行|海关|火车站|机场|人行|国网|管委会|管理委员会|办事处|政府|中心支行|监管组)$|^(?:共青)?团[省市县区州旗盟]委$"
)
_BODY = re.compile(
    r"(?:局|委|办|厅|部|署|会|院|室|中心|公司|集团|行|海关|政府|街道|镇|乡|村|社区|联|社|校|大学|学院|馆|台|站|所|处|队|园|组|团|协|"
    r"部门|单位|机构|企业|专班|指挥部|区|县|市|州|旗|盟|省|各地|地方|基地|机场|港|院校|高校|院所|机关|法庭|中支|团中央|小组|会议|工委|党委|党组|军分区|媒体|主体|国企|央企)$"
)
_STOP = re.compile(
    r"会同|牵头|负责|或者|^其(?![他它])|(?<!设区)的(?!(?:部门|单位|机构|企业)$).|报送|下设|自行|另行|级财政$|设在|办公室在|领导(?!小组|办)|包[县乡镇村户片保]|[运执施履试举]行$|指定|委托|依照|条例|以下|简称|包括|参照|应当|可以|不得|通过|进行|开展|加强|实行|建立|切实|详见|见附|根据|所有者|为主|不再|下同|^“|《|》|[?？!！=<>%％]|"
    r"\d{3}|^(?:含(?!山)|指|按|在(?!.{1,2}(?:高|院校|企业|央企|单位))|因|并|或|不|请|要|应(?!急|县)|等|注|未|已|可|以|为|是|谁|把|被|凡|除|该|若|与)|[要应须需]$|"
    r"(?:负责人|职责|责任|任务|工作|要求|标准|制度|问题|情况|措施|内容|目标|项目|方案|政策|人员|同志|领导)$"
)
_PLAIN = frozenset(
    {
        "政府",
        "部门",
        "企业",
        "单位",
        "社会",
        "机构",
        "市县",
        "学校",
        "街道",
        "社区",
        "公司",
        "人民政府",
        "管委会",
    }
)
_SEATS = frozenset({"中央", "省", "部", "部属", "省属", "国家"})
_SCATTERED = re.compile(
    r"各盟(?:行政公署|行署)$|(?:有关|相关)[市县区州旗]$|各[^局委办厅部院]{0,8}[市县区州旗盟镇乡道）)]$|各(?:自治)?[省县州旗]$"
)
_SCATTERED_TAIL = re.compile(
    r"(?:自治区|直辖市|设区的?市|不设区的市|(?:省|州)?直管[市县]|市|区|县|州|旗|盟|镇|乡|街道|特区|林区|自治县|自治旗|功能区|园区|开发区)+(?:[（(〔][^）)〕]*[）)〕])?"
    r"(?:人民)?(?:政府|管委会|管理委员会|党委|办事处)?$"
)
_CONJUNCTION = re.compile(r"以及|和|及|与|[/／|｜]")


class UnitReader:
    """Reads names of bodies in one document: the table of departments and the places its text names."""

    def __init__(self, text: str, departments: Departments) -> None:
        self.departments = departments
        self._text = text
        self._places: dict[str, bool] = {}
        self._bodies: dict[str, bool] = {}

    def is_body(self, name: str) -> bool:
        """Whether a name is surely a body: known, generic (各有关部门), or with the ending of one and no word of prose."""
        if name not in self._bodies:
            self._bodies[name] = self._judge(name)
        return self._bodies[name]

    def _judge(self, name: str) -> bool:
        bare = core(name)
        if not bare or len(name) > 45 or not balanced(name) or bare in _PLAIN or _STOP.search(bare):
            return False
        if len(bare) > 1 and self.departments.known(bare) is not None:
            return True
        if len(bare) < 3:
            return bare in {"各地", "各区", "各县", "各镇", "各市", "各乡", "市委", "省委", "县委", "区委"}
        return bool(_BODY.search(bare) or (_GENERIC.match(bare) and len(bare) <= 8))

    def is_named(self, name: str) -> bool:
        """Whether a name alone, without a label or a role word, tells a body: known, generic, or with its level."""
        return self.is_body(name) and bool(self.departments.known(name) or _GENERIC.match(name) or _LEVEL.match(name))

    def is_office(self, name: str) -> bool:
        """Whether a name is a certain office of a certain level: 市财政局, not 建设单位 or 有关部门."""
        return self.is_named(name) and self.departments.known(name) is not None and bool(self._prefix(name))

    def is_function(self, name: str) -> bool:
        """Whether a name is that of a function (城管, 市生态环境), which stands for its department before 等部门."""
        return len(name) <= 8 and self.departments.known(f"{name}部门") is not None

    def plausible(self, name: str) -> bool:
        """Whether a name after a label such as 责任单位： may stand for a body; persons and sentences may not."""
        if self.is_body(name):
            return True
        return 3 <= len(name) <= 24 and not _STOP.search(name) and not PERSON.match(name)

    def is_person(self, name: str) -> bool:
        """Whether a word is likely a person's name."""
        return PERSON.match(name) is not None and not self.is_body(name)

    def begins_body(self, text: str) -> bool:
        """Whether a text begins with a body as a list would go on after a missing comma."""
        word = re.split(r"[、，,；;。\s]", text, maxsplit=1)[0]
        if _LEVEL.match(word) and len(word) > 2:
            return True
        return bool(re.match(r"各(?!自)|有关部门|相关部门|国网|国家|中国", word)) or (
            len(word) > 2 and self.departments.bare(word) is not None
        )

    def split(self, name: str) -> list[str]:
        """A name divided at 和, 及, 与, / where both sides are bodies: never 自然资源和规划局."""
        cuts = [m for m in _CONJUNCTION.finditer(name) if depth_zero(name[: m.end()], m.group()[-1])[-1:] == [m.end() - 1]]
        ends = [*(m.start() for m in cuts), len(name)]
        parts, at = [], 0
        for i, m in enumerate(cuts):
            left = clean(name[at : m.start()])
            if self.is_body(left) and any(self._stands_alone(clean(name[m.end() : e])) for e in ends[i + 1 : i + 4]):
                parts.append(left)
                at = m.end()
        return [*parts, name[at:]]

    def _stands_alone(self, name: str) -> bool:
        if not self.is_body(name):
            return False
        known = self.departments.bare(name) or _LEVEL.match(name) or _GENERIC.match(name)
        return bool(known or PLACE_BODY.search(name) or re.search(r"(?:区|县|公司|集团|海关|行)$", name))

    def join(self, atoms: Sequence[tuple[str, str]]) -> list[str]:
        """Names of one list from (text, separator before it): 各区、县（市）政府 is one body, A区、B区管委会 are two."""
        names: list[str] = []
        for text, mark in atoms:
            if names and names[-1] in _SEATS and re.match(r"[省市部]?[级属]?驻|[省市]属", text):
                names[-1] += (mark or "、") + text  # 中央、省驻临单位
                continue
            tail = _SCATTERED_TAIL.match(text) or (text in _PLAIN and names and "各" in names[-1])
            if names and tail and (_SCATTERED.match(names[-1]) or (text in _PLAIN and "各" in names[-1])):
                names[-1] += (mark or "、") + text
            else:
                names += [n for n in (clean(p) for p in self.split(text)) if n]
        return complete(names)

    def restore(self, names: Sequence[str]) -> list[str]:
        """The names of one statement in order, each with the prefix its neighbours carry (市发展改革委、财政局)."""
        prefixes = [self._prefix(n) for n in names]
        pure = [p for p in prefixes if p and len(p) <= 3]
        carried = next((p for p in prefixes if p), "")
        if pure and carried not in pure:
            carried = carried if prefixes[0] else pure[0]
        party, restored = False, []
        for name, own in zip(names, prefixes, strict=True):
            if own:
                carried = own if own in pure else carried
                party = name[len(own) :].startswith("委") and not name.endswith("委")
                restored.append(name)
            elif carried and self._takes_prefix(name):
                bare_party = _PARTY.search(name) or (party and _PARTY_OR_OFFICE.search(name))
                restored.append(carried + ("委" if bare_party else "") + name)
            else:
                restored.append(name)
        return restored

    def _prefix(self, name: str) -> str:
        if _GENERIC.match(name):
            return ""
        if m := _LEVEL.match(name):
            return m.group() if self.departments.bare(name) is None or self._level_too(name, m.group()) else ""
        if m := _PLACED_LEVEL.match(name):
            return m.group() if self.departments.bare(name[m.end() :]) is not None else ""
        return ""

    def _level_too(self, name: str, level: str) -> bool:
        """`市管局` is a row of the table as it stands; its 市 is a level all the same."""
        return len(name) - len(level) == 2

    def _takes_prefix(self, name: str) -> bool:
        if (
            _GENERIC.match(name)
            or _OWN_NAME.search(name)
            or re.match(r"国家|中国|中央|全国|国务院|人行|人民银行|民航|武警|[^、]{1,5}流域|国网|南网", name)
        ):
            return False
        if self.departments.bare(name) is not None or self.departments.bare(f"{name}部门") is not None:
            return not _MINISTRY.search(name) or bool(_PARTY.search(name))
        known = self.departments.known(name) is not None
        return not known and bool(_ADMINISTRATIVE.search(name)) and len(name) <= 14 and not self._begins_with_place(name)

    def _begins_with_place(self, name: str) -> bool:
        return any(self._is_place(name[:n]) for n in (2, 3, 4))

    def _is_place(self, word: str) -> bool:
        if word not in self._places:
            self._places[word] = any(word + level in self._text for level in "省市县区州盟旗镇")
        return self._places[word]
