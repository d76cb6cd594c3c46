"""What a reader of the page is told of an error: its own sentence, or that something nobody foresaw was logged."""

import logging

from corpus.errors import PolicyError

logger = logging.getLogger(__name__)


def told(error: Exception, undone: str) -> str:
    """The sentence of a PolicyError; of any other error, which is a fault of ours and is logged, `undone`: what did not come about."""
    if isinstance(error, PolicyError):
        return str(error)
    logger.error("%s", undone, exc_info=error)
    return f"程序内部出错，{undone}。详情已写入运行日志，请告知系统管理员。"
