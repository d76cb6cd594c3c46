"""The inside of a responsibility statement: lists, role words and deadlines → bodies with roles."""

import re
from dataclasses import dataclass, replace

from corpus.labels import atoms, label_role, sections, when
from corpus.names import clean, role_note
from corpus.types import Role
from corpus.units import UnitReader

_STRONG = "(?:总?牵头|主办|主责|主抓|配合|协助|参与|协办|负责(?!人)|为(?:主要|第一|共同)?(?:牵头|主办|责任|配合|实施|落实|参与|承办)(?:单位|部门|主体)?)"
_WEAK = "(?:落实|实施|执行|推进|推动|承办|承担|督促|指导|监督|督导|办理|完成|协同|协作|支持|参加|组织|协调|统筹|抓好|做好|抓落实|具体|工作|任务)"
_DUTY = r"(?:各自|自身|本)?(?:的)?(?:部门|单位)?(?:职责|职能|责任|权限|属地)"
_HOW = (
    rf"(?:要|应|须|需|均|都|共同|分别|具体|联合|统一|统筹|密切|积极|主动|全力|予以|做好|抓好|分头|分工|各自|组织|协同|合力|"
    rf"(?:根据|按照|按|依据|依|结合|在){_DUTY}[^、，,；;按根依结在]{{0,10}}?|按(?:照)?[^、，,；;按]{{2,8}}?(?:原则|要求|分工))"
)
_ETC = r"(?:(?<![高中初同平])等[^、，,；;会牵负配协参按共分具主]{0,12}?)?"
_ACT = re.compile(rf"(?P<etc>{_ETC})(?:{_HOW}){{0,4}}(?P<verb>{_STRONG}(?:{_STRONG}|{_WEAK}|相关|有关|各项|和|、)*)")
_WEAK_ACT = re.compile(rf"(?P<etc>{_ETC})(?:{_HOW}){{0,4}}(?P<verb>(?:{_WEAK})+)$")
_BY_DUTY = re.compile(rf"(?P<etc>{_ETC})(?P<verb>按(?:照)?{_DUTY}(?:分工)?)$")
_BRACKETED = re.compile(r"[（(〔\[［【][^（(）)〔〕\[\]［］【】]*[）)〕\]］】]")
_STAR = re.compile(r"[*＊★▲△●]")
_FUNCTIONS = re.compile(r"等[^、，,；;]{0,4}部门")  # 公安、财政等部门: functions stand for their departments
_JOINT = re.compile(r"(?:要|应)?会同|联合(?=[省市县区州](?!级)|各|国家|有关|相关)")
_VERB = re.compile(
    r"(?:研究|制定|制订|建立|开展|组织|推进|推动|加强|出台|编制|做好|实施|定期|共同|提出|完善|起草|统筹|抓好|进行|梳理|指导|督促|适时|及时|按)"
)
_LONGEST_ATOM = 120  # characters between two separators; the longest names of bodies have some forty


@dataclass(frozen=True, slots=True)
class Party:
    """One body of a statement. `group` counts the commas and semicolons before it; `marked`: a star stands by it.

    `severally`: the bodies are responsible one by one (分别负责), which a convention may turn into leads.
    """

    name: str
    role: Role
    group: int = 0
    marked: bool = False
    severally: bool = False


@dataclass(frozen=True, slots=True)
class Parties:
    """What a statement says. `labelled`, `acted`: it carries a label (责任单位：), a role word (牵头).

    `responsible`: it says 负责. `strays`: pieces of an unlabelled list that are no bodies; `sound`: there are none.
    """

    parties: tuple[Party, ...]
    deadline: str | None
    labelled: bool
    acted: bool
    sound: bool
    strays: int
    responsible: bool


def _mask(text: str) -> str:
    """The text with what stands in brackets blotted out, for role words there are no role words of the list."""
    return _BRACKETED.sub(lambda m: "＃" * len(m.group()), text)


class PartyReader:
    """Reads one statement. After a list in the lead, bodies without a lead word of their own are in support."""

    def __init__(self, units: UnitReader, text: str) -> None:
        self._units = units
        self._text = text
        self._led = False
        self._group = 0
        self._found: list[Party] = []
        self._run: list[tuple[str, str, int]] = []
        self._marked: set[str] = set()
        self._deadline: str | None = None
        self._acted = False
        self._strays = 0
        self._functions = False

    def read(self) -> Parties:
        """The statement's bodies, prefixes restored. `sound` is false where something that is no body stands in it."""
        labelled = False
        for kind, label, value in sections(self._text):
            if kind == "time":
                self._deadline = self._deadline or value.strip(" ，,；;。、") or None
            elif kind in ("unit", ""):
                labelled = labelled or kind == "unit"
                self._section(value, label_role(label) if kind else None)
        names = self._units.restore([p.name for p in self._found])
        severally = "分别负责" in self._text
        found = {n: replace(p, name=n, severally=severally) for n, p in reversed(list(zip(names, self._found, strict=True)))}
        ordered = tuple(found[n] for n in dict.fromkeys(names))
        return Parties(
            ordered,
            self._deadline,
            labelled,
            self._acted,
            bool(ordered) and not self._strays,
            self._strays,
            "负责" in self._text,
        )

    def _section(self, value: str, role: Role | None) -> None:
        for atom in atoms(value):
            self._group += atom.mark != "" and atom.mark in "，,；;。"
            if moment := when(atom.text):
                self._deadline = self._deadline or moment
            else:
                self._atom(atom.text, atom.mark, role)
        self._close(role, None)

    def _atom(self, text: str, mark: str, role: Role | None) -> None:
        if len(text) > _LONGEST_ATOM:
            self._push("……", mark)  # no name is as long: a stretch of prose
            return
        open_text = _mask(text)
        if (m := _JOINT.match(open_text)) and self._led:
            self._atom(text[m.end() :], mark, role)
            return
        if (m := _JOINT.search(open_text)) and len(clean(text[: m.start()])) > 2:
            self._push(text[: m.start()], mark)
            self._close(role, "lead")
            self._acted = True
            self._atom(text[m.end() :], "", role)
            return
        act = _ACT.search(open_text) or _WEAK_ACT.search(open_text) or _BY_DUTY.search(open_text)
        self._functions = self._functions or bool(_FUNCTIONS.search(open_text[: act.end()] if act else open_text))
        if not act:
            self._push(text, mark)
            return
        self._acted = True
        self._push(text[: act.start()], mark)
        self._close(role, label_role(act.group("verb")))
        rest = text[act.end() :]
        self._strays += rest.startswith("的")  # 市教育局牵头的专班 tells of a body, not of a task
        if rest and self._units.begins_body(rest):
            self._atom(rest, "", role)

    def _push(self, text: str, mark: str) -> None:
        if name := text.strip():
            self._run.append((name, mark, self._group))

    def _close(self, label: Role | None, verb: Role | None) -> None:
        """Gives the bodies since the last role word their role."""
        role: Role = verb if verb and verb != "responsible" else label or "responsible"
        notes = [(*role_note(clean(text) or text), mark) for text, mark, _ in self._run]
        names = self._units.join([(name, mark) for name, _, mark in notes if name])
        said = {name: label_role(word) for name, word, _ in notes if word}
        self._acted = self._acted or bool(said)
        for name in names:
            own = said.get(name, role if not (self._led and role == "responsible") else "support")
            function = self._functions and self._units.is_function(name)
            if not (function or (self._units.plausible(name) if label else self._units.is_body(name))):
                self._strays += label is None
                continue
            self._led = self._led or (own == "lead" and name in said)
            text, _, group = next((r for r in self._run if name in r[0]), self._run[0])
            self._found.append(Party(name, own, group, bool(_STAR.search(text))))
        self._led = self._led or (role == "lead" and bool(self._run))
        self._functions = False
        self._run = []


def leading(text: str, units: UnitReader) -> int:
    """How many characters at the start of `text` are bodies with role words (`市A局牵头，市B局参与`), 0 if none are.

    An object may follow the last role word (`市A局牵头制定办法`), but not 负责: 负责解释 gives nobody a task.
    """
    used, pending, shared = 0, False, False
    for atom in atoms(text):
        if len(atom.text) > _LONGEST_ATOM:
            break
        open_text = _mask(atom.text)
        joint = _JOINT.search(open_text)
        tail = atom.text[joint.end() :] if joint else atom.text
        act = _ACT.search(_mask(tail)) or _WEAK_ACT.search(_mask(tail)) or _BY_DUTY.search(_mask(tail))
        heads = [atom.text[: joint.start()]] if joint else []
        heads.append(tail[: act.start()] if act else tail)
        names = [n for head in heads for piece in units.split(clean(head)) if (n := clean(piece))]
        shared = shared or joint is not None
        if not all(units.is_body(n) for n in names) or not (names or pending):
            last = _object(atom.text, units) if shared and not act else 0
            used = atom.start + last if last else used
            break
        pending = True
        if act:
            rest = tail[act.end() :]
            if rest and label_role(act.group("verb")) == "responsible":
                break
            used, pending = atom.end - len(rest), False
            if rest:
                break
    return used


def _object(text: str, units: UnitReader) -> int:
    """Where the name ends that closes a list after 会同 and is followed by what they do (`市财政局制定办法`); 0 if none."""
    head = _JOINT.sub("", text, count=1) if _JOINT.match(text) else text
    m = _VERB.search(head)
    name = clean(head[: m.start()]) if m else ""
    return m.start() + len(text) - len(head) if m and units.is_named(name) else 0
