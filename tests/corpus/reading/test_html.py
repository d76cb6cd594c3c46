"""Web pages: the lines a browser shows of the document, without the site around it."""

from email.message import EmailMessage

import pytest

from corpus.errors import EmptyFileError, EncodingError, FormatError, PolicyError
from corpus.reading import read_bytes
from corpus.reading.html import characters


def lines(body: str, name: str = "甲.html") -> list[str]:
    return read_bytes(name, f"<html><head><title>站点</title></head><body>{body}</body></html>".encode()).text.split("\n")


PAGE = (
    "<html><head><meta http-equiv=Content-Type content='text/html; charset={}'></head><body><p>云泽市节水方案</p></body></html>"
)


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("gb2312", "gbk"),
        ("utf-8", "utf-8"),
        ("gb2312", "utf-8-sig"),
        ("utf-8", "gbk"),
        ("无", "gb18030"),
        ("utf-16", "utf-16"),
        ("big5", "big5"),
    ],
)
def test_the_characters_are_told_by_mark_declaration_or_content(declared: str, encoding: str) -> None:
    page = PAGE.format(declared)
    text = "雲澤市節水方案" if encoding == "big5" else "云泽市节水方案"
    assert read_bytes("甲.html", page.replace("云泽市节水方案", text).encode(encoding)).text == text


def test_a_few_damaged_bytes_are_forgiven_and_many_are_not() -> None:
    page = PAGE.format("gb2312").replace("</p>", "，" + "推进节水工作。" * 200 + "</p>").encode("gbk")
    assert read_bytes("甲.html", page.replace("节水方案".encode("gbk"), "节水方".encode("gbk") + b"\xff", 1)).text.startswith(
        "云泽市"
    )
    with pytest.raises(EncodingError):
        read_bytes("甲.html", page.replace("节水".encode("gbk"), b"\xff\xff\xff"))


def test_a_declared_name_covers_the_larger_sets_of_characters() -> None:
    assert (
        read_bytes("甲.html", PAGE.format("gb2312").replace("云泽市节水方案", "喆堃镕玥䶮").encode("gb18030")).text
        == "喆堃镕玥䶮"
    )


def test_characters_of_another_language_are_not_turned_into_noise() -> None:
    with pytest.raises(EncodingError):
        read_bytes("甲.html", PAGE.format("").replace("云泽市节水方案", "各機關應於接獲通知後十日內辦理" * 9).encode("big5"))


def test_blocks_breaks_and_white_space() -> None:
    body = "<h1>方案</h1>\n<div>为推进节水\n工作，制定  water plan\nnow。<b>一、</b>总则<br>二、<p>&nbsp;&nbsp;三、&lt;甲&gt;&amp;</div>尾<p>&nbsp;</p>末"
    assert lines(body) == ["方案", "为推进节水工作，制定 water plan now。一、总则", "二、", "三、<甲>&", "尾", "", "末"]


def test_preformatted_text_keeps_its_lines() -> None:
    assert lines("<pre>一、总则\n二、任务</pre>") == ["一、总则", "二、任务"]


def test_list_numbers_are_text() -> None:
    body = "<ol><li>甲<li><p>乙</p></ol><ol type=a start=3><li>丙</ol><ol style='list-style-type:cjk-ideographic'><li>丁</ol>"
    more = "<ol style='list-style:none'><li>一、戊</ol><ul><li>己</ul>"
    assert lines(body + more) == ["1. 甲", "2. 乙", "c. 丙", "一、丁", "一、戊", "己"]


def test_tables_with_merged_cells() -> None:
    body = (
        "<table><caption>表1</caption><tr><th rowspan=2>指标<th colspan=2>现状</tr><tr><td>2020<br>年<td>2025年</tr>"
        "<tr><td colspan=3>工业</tr><tr><td>煤耗<td>300<td></tr></table>"
    )
    assert lines(body) == ["表1", "指标\t现状\t现状", "指标\t2020 年\t2025年", "工业\t\t", "煤耗\t300\t"]


def test_a_table_that_places_the_page_is_no_table() -> None:
    body = "<table><tr><td><p>一、总则</p><p>二、任务</p></td></tr></table><table><tr><td>左<td><table><tr><td>甲<td>乙</table></table>"
    assert lines(body) == ["一、总则", "二、任务", "左", "甲\t乙"]


@pytest.mark.leaves_out
def test_the_site_around_the_document_is_left_out() -> None:
    text = "为推进全市节水工作，结合实际，制定本方案，请遵照执行。" * 4
    link = "<a href='/x'>栏目名称</a>"
    body = (
        f"<script>var a='脚本'</script><style>p{{}}</style><nav>导航</nav><div class='top-nav'>当前位置：首页</div><ul>{link * 5}</ul>"
        f"<h1>云泽市节水方案</h1><div>索引号：123</div><div id=zoom><p>{text}</p><p>见<a href='/law'>《条例》</a>。</p>"
        f"<p><a href='a'>附件1</a><a href='b'>附件2</a><a href='c'>附件3</a></p><p style='display:none'>暗</p></div>"
        f"<div class=footer>版权所有</div><select><option>网站群</select><!-- 注释 -->"
    )
    assert lines(body) == ["云泽市节水方案", "索引号：123", text, "见《条例》。", "附件1附件2附件3"]


@pytest.mark.parametrize("around", ["<div class=footer>{}</div>", "<div style='display:none'>{}</div>", "<div id=menu>{}</div>"])
def test_the_document_is_never_left_out_for_the_name_of_its_place(around: str) -> None:
    assert lines("<h1>方案</h1>" + around.format("<p>为推进节水工作，制定本方案。</p>")) == [
        "方案",
        "为推进节水工作，制定本方案。",
    ]


def test_a_page_of_links_alone_is_read() -> None:
    assert lines("<ul><li><a href=1>甲办法</a><li><a href=2>乙办法</a><li><a href=3>丙办法</a></ul>") == [
        "甲办法",
        "乙办法",
        "丙办法",
    ]


@pytest.mark.parametrize("name", ["甲.doc", "甲.xls", "甲.txt", "甲", "甲.aspx"])
def test_a_page_under_another_name_is_read(name: str) -> None:
    assert lines("<p>一、总则</p>", name) == ["一、总则"]


def test_a_fragment_is_a_page_by_its_name_alone() -> None:
    assert read_bytes("甲.htm", "前言<p>一、总则</p>".encode()).text == "前言\n一、总则"
    assert read_bytes("甲.txt", "前言<p>一、总则</p>".encode()).text == "前言<p>一、总则</p>"


def test_a_web_archive_is_read() -> None:
    message = EmailMessage()
    message["Subject"] = "云泽市节水方案"
    message.set_content("<html><body><p>一、总则</p></body></html>", subtype="html", charset="gb2312")
    message.make_related()
    assert read_bytes("甲.mht", message.as_bytes()).text == "一、总则"


def refused(data: bytes, error: type[PolicyError]) -> str:
    with pytest.raises(error) as caught:
        read_bytes("甲.html", data)
    return str(caught.value)


def test_what_cannot_be_read_is_refused_with_the_reason() -> None:
    refused(b"<html><body><script>1</script></body></html>", EmptyFileError)
    refused(b"<html></html>", EmptyFileError)
    refused(b"<html><frameset><frame src=a></frameset></html>", EmptyFileError)
    assert "嵌套" in refused(b"<html>" + b"<div>" * 100_000, FormatError)
    assert "嵌套" in refused(b"<html>" + b"<table><tr><td>" * 100_000, FormatError)


def test_deep_pages_within_the_limit_are_read_whole() -> None:
    assert lines("<div>" * 1500 + "一、总则" + "</div>" * 1500 + "末") == ["一、总则", "末"]


@pytest.mark.parametrize("declared", ["gb\0k", "idna", "zlib", "没有这种编码"])
def test_what_is_declared_need_not_be_a_character_set(declared: str) -> None:
    text = "云泽市节能减排实施方案，各县区人民政府负责落实。" * 3
    with pytest.raises(EncodingError):
        characters(text.encode("gb18030")[:-1] + b"\xff", declared)
