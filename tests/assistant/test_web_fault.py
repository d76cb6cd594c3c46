"""What a reader is told of an error: its own sentence where it has one, otherwise that it was logged."""

import logging

import pytest

from assistant.web.fault import told
from corpus.errors import FormatError


def test_an_error_of_ours_says_what_it_says(caplog: pytest.LogCaptureFixture) -> None:
    assert told(FormatError("“甲.docx”已损坏。"), "没有生成") == "“甲.docx”已损坏。"
    assert not caplog.records


def test_a_fault_is_logged_and_said_without_its_own_words(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        said = told(KeyError("市水务局"), "文件没有生成")
    assert said == "程序内部出错，文件没有生成。详情已写入运行日志，请告知系统管理员。"
    (record,) = caplog.records
    assert record.exc_info is not None and isinstance(record.exc_info[1], KeyError)
