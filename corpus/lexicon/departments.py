"""Departments: which function a body of government belongs to, whatever the place and the year call it.

市发改委, 市发改局 and 市发展改革委 are one function; so are 环保局 and 生态环境局. Rows lie in `departments.jsonl`:
`{"department": function, "names": [...], "source": …}`; names stand without level or place. `"placed": true` marks
bodies that carry a bare place name in front (临江海关). A user's own rows may come from further files.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from corpus.errors import LibraryError

_FORM = '每行一个 JSON 对象，如 {"department": "商务", "names": ["商务局", "商委"]}'
_ROWS = Path(__file__).with_name("departments.jsonl")
_SUFFIX = re.compile(r"(?:工作委员会|委员会|办公室|管理局|总局|分局|局|厅|部|委|办|署)$")
_LEVEL = re.compile(r"人民政府|政府|自治区|自治州|省|市|区|县|州|盟|旗|镇|乡|地区|师|国家|中共|各级|各地|级|直|本|全|各|委")
_BRANCH = re.compile(r".{0,8}(?:分局|支局|分院|支队|大队|分中心|监管组|监管支局|分行|支行|办事处|营业管理部|分署)$")
_NOTE = re.compile(r"[（(〔\[［【][^（）()〔〕\[\]［］【】]*[）)〕\]］】]$")
_VAGUE = frozenset({"政府", "人民政府", "党委", "安全", "综合", "信息", "行政", "管理", "发展", "监察", "目标", "考核"})
# after a name of two characters without a suffix (妇联, 工会, 海关) only these go on the sentence: not 工会经费
_FREE = r"(?=$|[^一-龥]|[和与及等是的要有负牵配归管在也都参应将会能该属各谁])"

_REMEMBERED = 50_000  # names whose function is remembered: more than a province's plans use


@dataclass(frozen=True, slots=True)
class Mention:
    """A department named in a text: its function, the alias as written, and the alias's extent."""

    department: str
    alias: str
    start: int
    end: int


class Departments:
    """A table of departments. `names` maps every name to its function."""

    def __init__(self, names: Mapping[str, str], placed: Iterable[str] = ()) -> None:
        self.names = dict(names)
        self.placed = tuple(sorted(set(placed), key=lambda n: (-len(n), n)))
        self.stems: dict[str, str] = {}
        for name, department in self.names.items():
            stem = _SUFFIX.sub("", name)
            if stem != name and len(stem) > 1 and stem not in _VAGUE:
                self.stems.setdefault(stem, department)
        self._known: dict[str, str | None] = {}

    def of(self, unit: str) -> str:
        """The function of a body; the unit itself if no row knows it."""
        return self.known(unit) or unit

    def known(self, unit: str) -> str | None:
        """The function of a body (市发改局, 临江市发展和改革委员会, 国网临江供电公司), None if no row knows it."""
        if unit not in self._known:
            if len(self._known) > _REMEMBERED:
                self._known.clear()
            self._known[unit] = self._look_up(_NOTE.sub("", unit.strip()))
        return self._known[unit]

    def _look_up(self, unit: str) -> str | None:
        starts = [0, *(m.end() for m in _LEVEL.finditer(unit) if m.end() <= 14)]
        for at in starts:
            if found := self.bare(unit[at:]):
                return found
        return next((self.names[n] for n in self.placed if n in unit and len(n) > 1 and _placed(unit, n)), None)

    def bare(self, name: str) -> str | None:
        """The function of a name that carries neither level nor place (`发展改革委`, `教育和体育局`, `科技部门`)."""
        if name in self.names:
            return self.names[name]
        if name.endswith("部门"):
            return self.stems.get(re.sub(r"(?:行政)?(?:主管|管理|监管)?部门$", "", name))
        stem = _SUFFIX.sub("", name)
        if stem == name:
            return self._branch(name)
        return self.stems.get(stem) or self._merged(stem) or self._branch(name)

    def _branch(self, name: str) -> str | None:
        """A branch of a body: 公安局东河分局."""
        if not _BRANCH.search(name):
            return None
        heads = (name[:n] for n in range(min(len(name) - 2, 16), 2, -1))
        return next((self.names[h] for h in heads if h in self.names and _BRANCH.fullmatch(name[len(h) :])), None)

    def _merged(self, stem: str) -> str | None:
        """An agency merged of known functions counts as the first: 农业农村和水利 → 农业农村."""
        for n in range(len(stem) - 2, 1, -1):
            rest = stem[n:].lstrip("和与、")
            if stem[:n] in self.stems and rest in self.stems:
                return self.stems[stem[:n]]
        return None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        words = {re.escape(n) + (_FREE if len(n) == 2 and not _SUFFIX.search(n) else ""): n for n in self.names}
        words |= {f"{re.escape(s)}(?:行政)?(?:主管|管理|监管)?部门": f"{s}部门" for s in self.stems}
        return re.compile("|".join(sorted(words, key=lambda w: (-len(words[w]), w))))

    def find(self, text: str) -> tuple[Mention, ...]:
        """The departments named in a text, longest name first at each place, in order of appearance."""
        return tuple(
            Mention(department, m.group(), m.start(), m.end())
            for m in self._pattern.finditer(text)
            if (department := self.bare(m.group()))
        )


def _placed(unit: str, name: str) -> bool:
    """Whether `unit` is `name` with a place before or inside it: 临江海关, 人行临江市中心支行."""
    head, _, tail = unit.partition(name)
    return len(head) <= 8 and (not tail or _BRANCH.fullmatch(tail) is not None)


def _rows(path: Path) -> list[dict[str, object]]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
        rows = [json.loads(line) for line in lines if line.strip()]
    except (OSError, ValueError) as error:
        raise LibraryError(f"部门表无法读取：{path.name}（{error}）。每行应为一个 JSON 对象。") from error
    for row in rows:
        names = row.get("names") if isinstance(row, dict) else None
        if not isinstance(names, list) or not names or not all(isinstance(n, str) and n for n in names):
            raise LibraryError(f"部门表的一行缺少 names：{path.name}。应为{_FORM}。")
        if not isinstance(row.get("department"), str) or not row["department"]:
            raise LibraryError(f"部门表的一行缺少 department：{path.name}。")
    return rows


def load_departments(extra: Sequence[Path] = ()) -> Departments:
    """The built-in rows and those of `extra`, later rows winning. Raises LibraryError for a file that is no such table."""
    names: dict[str, str] = {}
    placed: dict[str, bool] = {}
    for path in (_ROWS, *extra):
        for row in _rows(path):
            aliases = [str(n) for n in row["names"] if n] if isinstance(row["names"], list) else []
            for name in aliases:
                names[name] = str(row["department"])
                placed[name] = bool(row.get("placed"))
    return Departments(names, [n for n, flag in placed.items() if flag])


@lru_cache(maxsize=1)
def default_departments() -> Departments:
    """The built-in table, read once."""
    return load_departments()


def department_of(unit: str) -> str:
    """The function a body belongs to by the built-in table; the unit itself if no row knows it."""
    return default_departments().of(unit)


def departments_in(text: str) -> tuple[str, ...]:
    """The functions named in a text such as a question, once each, in order of appearance."""
    return tuple(dict.fromkeys(m.department for m in default_departments().find(text)))
