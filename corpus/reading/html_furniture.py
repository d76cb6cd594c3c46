"""Lines of a web page that belong to its site, whatever they are wrapped in: print and share buttons, the legal foot."""

import re
from collections.abc import Sequence
from itertools import takewhile

_BUTTON = (
    "打印(?:本页|此页|文章|页面|本文)|关闭(?:窗口|本页|此页|页面)|返回(?:顶部|首页|上页|上一页|列表)|(?:加入|添加到?|收藏)(?:收藏夹?|本页|本站)|"
    "设为首页|分享(?:到|至|按钮)?|推荐给好友|我要纠错|纠错|繁体|无障碍(?:浏览|阅读)?|语音播报|字[号体](?:大小)?|"
    "打印|关闭|收藏|大|中|小|顶部|微信|(?:新浪|腾讯)?微博|QQ(?:空间|好友)?|人人网|开心网|豆瓣|更多"
)
_APART = r"[\s\u3000|｜【】\[\]()（）〖〗:：·<>»/／+-]*"
_BUTTONS = re.compile(rf"{_APART}(?:(?:{_BUTTON}){_APART})+")
# Words that stand on buttons alone: 关闭 or 中 in a line of its own may be the document's.
_CERTAIN = re.compile(
    r"打印(?:本页|此页|文章|页面)|关闭(?:窗口|本页|页面)|返回顶部|收藏|设为首页|分享到|字[号体]|[【\[](?:打印|关闭)"
)
_NEIGHBOUR = re.compile(r"[\s\u3000·]*[上下]一[篇条页](?:文章|新闻)?[\s\u3000]*(?:[:：].*)?")
_FOOT = re.compile(
    r"(?:主办|承办|版权|地址|邮编|联系|电话|传真|技术支持|维护|建议使用|网站|备案|公网安备|Copyright|ICP|©|E-?mail|您是第|访问)",
    re.I,
)
_FOOT_CERTAIN = re.compile(r"ICP备|公网安备|网站标识码|版权所有|Copyright|©", re.I)
_LONGEST_FOOT = 120  # characters of a line


def without_furniture(lines: Sequence[str]) -> list[str]:
    """The lines without those of the site. Where nothing else is there, all of them."""
    kept = [line for line in lines if not _is_button(line) and not _NEIGHBOUR.fullmatch(line)]
    foot = list(takewhile(_may_be_foot, reversed(kept)))
    if any(_FOOT_CERTAIN.search(line) for line in foot):
        kept = kept[: len(kept) - len(foot)]
    return kept if any(line.strip() for line in kept) else list(lines)


def _is_button(line: str) -> bool:
    return bool(_CERTAIN.search(line) and _BUTTONS.fullmatch(line))


def _may_be_foot(line: str) -> bool:
    return not line.strip() or (len(line) <= _LONGEST_FOOT and bool(_FOOT.search(line)))
