"""Whether two texts are versions of one document: the same title, place and issuer.

Not told by the title alone, and so no versions: documents that recur (年度工作要点, 统计公报) of different years, acts that
carry one name again and again (公告, 批复, 任免), names that say only the kind of document (通知), and whatever lacks one of the
three. Two texts of one date are versions only where they share their words, or they are parts of one document. What is not
told so is a version only of the file of the same name and folder.
"""

import re

from corpus.metadata.kinds import is_kind_alone
from corpus.types import Facts

LEAST = 0.3  # of the shorter text: a text with corrections keeps nearly all of its words, the parts of a code share their closing
RUN = 8  # characters
NATION = "全国"  # the place of what the bodies of the state issue for all of it

_ROUND = r"[（(\[〔【]"
_STATE = (
    r"[^（）]{0,8}(?:征求意见|送审|讨论|审议|报批|会签|代拟|报审|修订|修改|草)[^（）]{0,4}稿[^（）]{0,4}|"
    r"(?:修订|修正)?草案(?:稿|.{0,3}次?审议稿)?|试行|暂行"
)
_REVISION = r"(?:(?:19|20)\d\d年?)?(?:最新)?(?:修订|修正|修改|修编|调整)(?:版|本)?|(?:19|20)\d\d年?(?:修订|修正|修改)?(?:版|本)"
_MARK = re.compile(
    rf"{_ROUND}(?:{_STATE}|{_REVISION})[）)\]〕】]|(?:(?<=[法例定则程案划见要])(?:修订|修正)?草案|征求意见稿|送审稿|讨论稿|审议稿)$"
)
_BRACKETS = str.maketrans("〈〉<>()", "《》《》（）")
_SPACE = re.compile(r"\s+")
_YEAR = re.compile(r"(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2}|“?十[一二三四五六]五”?")
# What is issued anew for every year, session or campaign.
_RECURS = re.compile(
    r"工作报告|工作要点|工作计划|工作总结|工作安排|工作打算|要点$|总结$|年报|年度|公报|预算|决算|计划执行|计划草案|发展计划|审计|述职|"
    r"任务分解|任务分工|任务清单|重点任务|重点工作|折子工程|民生实事|立法计划|检查计划|供应计划|出让计划|招生|招聘|考试|考核结果|假期|放假"
)
_RULES = re.compile(r"(?:法|条例|规定|办法|规则|细则|准则|规程|制度|章程|标准)$")
# Acts of one name about different things: each stands by itself.
_SINGLE = re.compile(
    r"(?:公告|公示|通告|通报|批复|答复|复函|函|决议|纪要|简报|讲话|致辞|名单|拟任|决定书|任免|命令)$|任免|任职|免职|表彰|嘉奖|"
    r"关于(?:修改|修订|修正|废止|清理|停止|批准|同意|授予).*(?:决定|决议)$|(?:令|修正案)$"
)
_STATE_ORGAN = re.compile(
    r"全国人民代表大会|全国人大|国务院|政务院|中央军事委员会|中共中央|最高人民|国家\w{2,16}(?:局|委员会|委|署|办公室)|中国人民银行|"
    r"海关总署|审计署|\w{2,12}(?:总局|总署)|(?!.*[省市州县区旗镇乡委])\w{2,10}部(?:$|、)"
)


def identity(facts: Facts) -> str:
    """What versions of one document have in common, "" where a document cannot be told by it."""
    issuer = _plain(facts.issuer or "").replace("人民代表大会常务委员会", "人民代表大会")  # which amends what the congress made
    region = facts.region or (NATION if _STATE_ORGAN.match(issuer) else "")
    title = plain_title(facts.title)
    if not issuer or not region or not title or is_kind_alone(title):
        return ""
    if not _RULES.search(title):
        if _SINGLE.search(title):
            return ""
        if _RECURS.search(title) and not _YEAR.search(title):
            if not facts.date:
                return ""
            title += facts.date[:4]
    return "\n".join((title, region, issuer))


def apart(one: Facts, other: Facts) -> bool:
    """Whether two texts are known to be no versions of one document: what versions have in common is known of both, and differs."""
    return "" not in (found := {identity(one), identity(other)}) and len(found) > 1


def overlap(one: str, other: str) -> float:
    """The share of the shorter text's runs of RUN characters that stand in the other too, in [0, 1]; white space is passed over."""
    runs, others = _runs(one), _runs(other)
    return len(runs & others) / max(1, min(len(runs), len(others)))


def _runs(text: str) -> set[str]:
    plain = _SPACE.sub("", text)
    return {plain[at : at + RUN] for at in range(max(1, len(plain) - RUN + 1))}


def plain_title(title: str) -> str:
    """A title without white space and without what it says of its state: （征求意见稿）, （试行）, （2023年修订）."""
    folded = _SPACE.sub("", title).translate(_BRACKETS)
    while (shorter := _MARK.sub("", folded)) != folded:
        folded = shorter
    return folded


def _plain(name: str) -> str:
    return _SPACE.sub("", name).translate(_BRACKETS)
