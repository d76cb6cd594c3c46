"""Web pages as sites of governments have them: set by tables, wrongly declared, saved by Word, framed by buttons and feet."""

import quopri

import pytest

from corpus.errors import EmptyFileError
from corpus.outline import read_clauses
from corpus.reading import read_bytes
from tests.corpus.reading.test_html import lines

BODY = [
    "云泽市节水工作方案",
    "为推进全市节水工作，结合本市实际，制定本方案，请遵照执行。",
    "一、总体要求",
    "到2015年，用水量下降15%。",
    "二、主要任务",
    "（一）工业节水。由市经信委牵头。",
    "（二）城镇节水。由市住建局牵头。",
]
PATHS = [("[前言]",), ("一",), ("二",), ("二", "一"), ("二", "二")]


def page(declared: str = "gb2312", body: str = "") -> str:
    meta = f"<meta http-equiv=Content-Type content='text/html; charset={declared}'>" if declared else ""
    return f"<html><head>{meta}</head><body>{body or ''.join(f'<p>{line}</p>' for line in BODY)}</body></html>"


def text_of(data: bytes, name: str = "甲.html") -> list[str]:
    return read_bytes(name, data).text.split("\n")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
@pytest.mark.parametrize("declared", ["gb2312", "utf-8", "iso-8859-1", "windows-1252", "us-ascii", "无", ""])
def test_what_reads_as_chinese_counts_for_more_than_what_is_declared(declared: str, encoding: str) -> None:
    assert text_of(page(declared).encode(encoding)) == BODY


def test_zero_bytes_end_nothing() -> None:
    assert text_of(page().encode("gbk").replace(b"</p>", b"\0</p>\0")) == BODY


def test_what_follows_the_end_of_the_page_is_read() -> None:
    whole = "".join(f"<p>{line}</p>" for line in BODY[:3])
    inner = f"<html><head><title>站点</title></head><body>{whole}</body></html>"
    assert lines(f"{inner}<p>二、主要任务</p>") == [*BODY[:3], "二、主要任务"]


def test_a_page_set_by_a_table_is_text() -> None:
    cell = "".join(f"<p>{line}</p>" for line in BODY)
    found = lines(f"<table><tr><td>首页<br>政务公开</td><td>{cell}</td></tr></table>")
    assert found == ["首页", "政务公开", *BODY]
    assert [clause.path for clause in read_clauses("\n".join(found), "d")][1:] == PATHS[1:]


def test_a_cell_that_lists_units_leaves_its_table_a_table() -> None:
    units = "<br>".join(["市发改委"] * 25)
    rows = f"<tr><td>任务<td>单位</tr><tr><td>改造管网<td>{units}</tr>"
    assert lines(f"<table>{rows}</table>")[0] == "任务\t单位"


BUTTONS = """<div>【<a href=javascript:print()>打印本页</a>】【<a href=javascript:close()>关闭窗口</a>】</div><div>分享到：</div>
<div>上一篇：<a href=/1>关于某事的通知</a></div><div>下一篇：没有了</div><p>返回顶部</p>
<div>主办：云泽市人民政府　承办：云泽市信息中心<br>地址：云泽市人民路1号　邮编：100000<br>京ICP备05000000号</div>"""


@pytest.mark.leaves_out
def test_buttons_and_the_foot_of_the_site_are_left_out() -> None:
    body = "".join(f"<p>{line}</p>" for line in BODY)
    assert lines(body + BUTTONS) == BODY
    kept = ["三、联系方式", "地址：云泽市人民路1号　电话：1234567", "关闭", "中"]
    assert lines(body + "".join(f"<p>{line}</p>" for line in kept)) == [*BODY, *kept]


def test_the_names_of_files_that_are_annexes_are_no_menu() -> None:
    links = "<p><a href=/a.doc>1.任务分解表</a> <a href=/b.xls?x=1>2.指标表</a> <a href=/c.pdf>3.名单</a></p>"
    assert lines("".join(f"<p>{line}</p>" for line in BODY) + links)[-1] == "1.任务分解表 2.指标表 3.名单"


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><!--[if gte mso 9]><xml><o:Author>a</o:Author></xml><![endif]-->
<style><!-- p {{margin:0cm}} --></style></head><body><div class=Section1><p class=MsoNormal><b><span
style='font-size:22.0pt'>云泽市节水工作
方案<span lang=EN-US><o:p></o:p></span></span></b></p><p style='mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>一、<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span><![endif]>总则</p>
<p style='mso-list:l0 level2 lfo1'><span style='mso-list:Ignore'>1.<span>&nbsp;</span></span>目的</p>
<p style='mso-list:l1 level1 lfo2'><span style='font-family:Wingdings'><span style='mso-list:Ignore'>l<span>&nbsp;</span></span></span>要点</p>
<div style='mso-element:comment-list'><p>批注：删去</p></div></div></body></html>"""


@pytest.mark.leaves_out
def test_a_page_saved_by_word() -> None:
    seen = ["云泽市节水工作方案", "一、总则", "1. 目的", "要点"]
    assert text_of(WORD.encode("gbk"), "甲.doc") == seen
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n此文档为“单个文件网页”。\r\n'
    part = '--x\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Type: text/html; charset="gb2312"\r\n\r\n'
    data = head.encode("gbk") + part.encode() + quopri.encodestring(WORD.encode("gbk")) + b"\r\n--x--\r\n"
    assert text_of(data, "甲.doc") == seen


def test_an_archived_page_of_frames_is_its_longest_frame() -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    parts = ["<html><frameset><frame src=a><frame src=b></frameset></html>", "<html><p>首页</p></html>", page()]
    mime = [b"--x\r\nContent-Type: text/html; charset=gb2312\r\n\r\n" + part.encode("gbk") + b"\r\n" for part in parts]
    assert text_of(head + b"".join(mime) + b"--x--\r\n", "甲.mht") == BODY


@pytest.mark.parametrize(
    "start",
    ["<h1>", "<input type=hidden>", "<b>", "<!--" + "x" * 6000 + "--><html>", "<!--[if IE]><![endif]--><html>", "<![if a]><p>"],
)
def test_a_page_is_known_by_its_beginning_whatever_its_name(start: str) -> None:
    assert text_of(f"{start}{''.join(f'<p>{line}</p>' for line in BODY)}".encode("gbk"), "甲.doc") == BODY


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("<iframe src=a></iframe><script>1</script>", "框架"),
        ("<frameset><frame src=a><noframes>不支持框架</noframes></frameset>", "框架"),
        ("<img src=a.jpg><script>1</script>", "图片"),
        ("<div id=content></div><script>load()</script>", "程序另行显示"),
    ],
)
def test_why_a_page_has_no_text(body: str, reason: str) -> None:
    with pytest.raises(EmptyFileError, match=f"“甲.html”.*{reason}.*。$"):
        read_bytes("甲.html", f"<html>{body}</html>".encode())
