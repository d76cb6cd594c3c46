"""PDF files: lines become paragraphs again, and what is printed on every page is left out."""

import random
from pathlib import Path

import pytest

from corpus.errors import EncodingError, FormatError, PolicyError, TooLargeError
from corpus.reading import pdf as reader
from corpus.reading import read_bytes, read_file, scan
from tests.corpus.reading.making import SAMPLES, converted, needs_office, printable, tree
from tests.corpus.reading.pdf_making import pdf, put, ruled, written

LONG = "坚持生态优先、绿色发展，以保护为牵引，推动能源结构和产业结构同步优化，"  # 36 characters
TOP = 130


def text_of(*pages: str, **options: int) -> str:
    return read_bytes("甲.pdf", pdf(*pages, **options)).text  # type: ignore[arg-type]


def test_lines_are_joined_into_paragraphs() -> None:
    page = written(
        [
            (218, TOP, "工作方案"),
            (112, TOP + 30, LONG[:26]),  # the first line, indented by two
            (80, TOP + 60, LONG[:28]),
            (80, TOP + 90, "到此为止。"),
            (112, TOP + 120, "一、总体要求"),
            (112, TOP + 150, LONG[:26]),
            (112, TOP + 180, LONG[1:27]),  # full before it, yet indented: a paragraph of its own
        ]
    )
    assert text_of(page).split("\n") == [
        "工作方案",
        f"{LONG[:26]}{LONG[:28]}到此为止。",
        "一、总体要求",
        LONG[:26],
        LONG[1:27],
    ]


def test_who_signs_and_the_date_set_to_the_right_stand_alone() -> None:
    body = [(112, TOP, LONG[:26]), (80, TOP + 30, LONG[:28]), (80, TOP + 60, "遵照执行。")]
    signed = [(416, TOP + 90, "云泽市人民政府"), (384, TOP + 120, "二〇一二年五月八日"), (80, TOP + 150, "附件一")]
    assert text_of(written(body + signed)).split("\n")[1:] == ["云泽市人民政府", "二〇一二年五月八日", "附件一"]
    annex = [(160, TOP + 90, "2．" + LONG[:20] + "节水"), (80, TOP + 120, "分工表")]  # its second line at the edge
    assert text_of(written(body + annex)).split("\n")[1:] == [annex[0][2] + "分工表"]


def test_an_annex_begins_after_a_full_line_that_ends_a_sentence() -> None:
    for head in ("附件２　分工表", "附 件：", "附表1"):
        assert text_of(written([(80, TOP, LONG[:27] + "。"), (80, TOP + 30, head)])).split("\n")[1:] == [head.replace("　", " ")]
    assert "\n" not in text_of(written([(80, TOP, LONG[:28]), (80, TOP + 30, "附件2所列单位。")]))


def test_numbered_lines_begin_paragraphs_where_nothing_is_indented() -> None:
    lines = ["1. " + LONG[:25] + "。", "2. " + LONG[:26], "二、" + LONG[:25] + "。", "3. " + LONG[:20]]
    page = written([(80, TOP + 30 * n, line) for n, line in enumerate(lines)])
    assert text_of(page).split("\n") == [lines[0], lines[1] + lines[2], lines[3]]


def test_a_wrapped_number_begins_nothing_where_paragraphs_are_indented() -> None:
    lines = [(112, "一、" + LONG[:23] + "。"), (80, "2、3号机组" + LONG[:22]), (80, "完成。"), (112, "二、" + LONG[:24])]
    page = written([(x, TOP + 30 * n, line) for n, (x, line) in enumerate(lines)])
    assert text_of(page).split("\n") == ["".join(line for _, line in lines[:3]), lines[3][1]]


@pytest.mark.leaves_out
def test_page_headers_and_page_numbers_are_left_out_and_sentences_go_on_across_pages() -> None:
    def page(number: int, shown: str) -> str:
        body = [(80, TOP + 28 * n, LONG[:28]) for n in range(20)]
        return written([(200, 60, f"云泽市公报 第{number}期"), *body, (270, 790, shown)])

    for shape in ("— {} —", "- {} -", "{}", "第{}页", "第 {} 页 共 3 页", "{}/3"):
        reading = read_bytes("甲.pdf", pdf(*(page(n, shape.format(n)) for n in (1, 2, 3))))
        assert reading.text == LONG[:28] * 60
        assert [(p.number, p.start, p.confidence) for p in reading.pages] == [(1, 0, None), (2, 560, None), (3, 1120, None)]


@pytest.mark.leaves_out
@pytest.mark.parametrize("shown", ["— 1 —", "-1-", "1", "第1页", "1/1"])
def test_a_page_number_is_known_on_a_single_page(shown: str) -> None:
    assert text_of(written([(112, TOP, "一、总则"), (270, 790, shown)])) == "一、总则"
    assert text_of(written([(112, TOP, "一、总则"), (270, 400, shown)])) != "一、总则"


def test_what_is_repeated_in_the_body_stays() -> None:
    page = written([(112, TOP, "责任单位：市发展改革委"), (112, TOP + 28, "一、总则")])
    assert text_of(page, page, page).count("责任单位") == 3


def test_two_columns_are_read_one_after_the_other() -> None:
    common = bytes(byte for cell in range(0xA1, 0xA1 + 24) for byte in (0xB5, cell)).decode("gb2312")
    left, right = [c * 14 for c in common[:12]], [c * 14 for c in common[12:]]
    lines = [(200, TOP - 30, "云泽市人民政府公报第一期")]
    lines += [(x, TOP + 24 * n, line) for n in range(12) for x, line in ((60, left[n]), (320, right[n]))]
    assert text_of(written(lines)).replace("\n", "") == "云泽市人民政府公报第一期" + "".join(left) + "".join(right)


def test_a_list_with_its_figures_set_apart_is_no_pair_of_columns() -> None:
    lines = [(x, TOP + 24 * n, t) for n in range(12) for x, t in ((60, "能耗" * (n % 5 + 1)), (340, "100万吨标准煤以上"))]
    assert text_of(written(lines)).startswith("能耗\t100万吨标准煤以上\n能耗能耗\t100万")


def test_ruled_tables_are_tables() -> None:
    page = written([(112, TOP, "表前")]) + ruled([80, 200, 320, 440], [200, 230, 290, 320])
    cells = [(90, 220, "指标"), (210, 220, "单位"), (330, 220, "目标"), (84, 250, "单位产品综合能"), (84, 275, "耗")]
    cells += [(210, 262, "千克"), (330, 262, "300"), (90, 310, "煤耗"), (330, 310, "17")]
    assert text_of(page + written(cells) + written([(112, 400, "表后")])).split("\n") == [
        "表前",
        "指标\t单位\t目标",
        "单位产品综合能耗\t千克\t300",
        "煤耗\t\t17",
        "",
        "表后",
    ]


def test_a_merged_cell_stands_in_every_place() -> None:
    lines = "80 642 m 440 642 l S 200 612 m 440 612 l S 80 582 m 440 582 l S 80 552 m 440 552 l S 80 522 m 440 522 l S "
    lines += "80 642 m 80 522 l S 200 642 m 200 522 l S 320 612 m 320 522 l S 440 642 m 440 522 l S "
    cells = [(90, 234, "指标"), (250, 220, "现状"), (220, 250, "2020"), (340, 250, "2025"), (90, 280, "煤"), (340, 280, "9")]
    assert text_of(lines + written([*cells, (90, 310, "油"), (220, 310, "7")])).split("\n") == [
        "指标\t现状\t现状",
        "指标\t2020\t2025",
        "煤\t\t9",
        "油\t7\t",
    ]


@pytest.mark.leaves_out
def test_a_table_goes_on_over_the_page_without_its_header() -> None:
    def page(*names: str) -> str:
        cells = [(90, 150, "任务"), (210, 150, "单位")]
        cells += [(x, 180 + 30 * n, text) for n, name in enumerate(names) for x, text in ((90, name), (210, "市局"))]
        return ruled([80, 200, 320], [130 + 30 * n for n in range(len(names) + 2)]) + written(cells)

    assert text_of(page("甲", "乙"), page("丙")).split("\n") == ["任务\t单位", "甲\t市局", "乙\t市局", "丙\t市局"]


def test_a_frame_around_a_text_is_no_table() -> None:
    assert (
        text_of(ruled([70, 500], [100, 300]) + written([(80, TOP, "一、总则"), (80, TOP + 30, "二、附则")]))
        == "一、总则\n二、附则"
    )


@pytest.mark.parametrize(
    ("matrix", "x", "y", "step"),
    [("0 1 -1 0", 100, 100, (30, 0)), ("-1 0 0 -1", 500, 100, (0, 30)), ("0 -1 1 0", 300, 700, (-30, 0))],
)
def test_turned_pages_are_read_upright(matrix: str, x: int, y: int, step: tuple[int, int]) -> None:
    page = "".join(put(t, x + step[0] * n, y + step[1] * n, 16, matrix) for n, t in enumerate(["一、总则", "二、附则"]))
    assert text_of(page) == text_of(page, rotate=90) == "一、总则\n二、附则"


@pytest.mark.leaves_out
def test_a_watermark_is_left_out() -> None:
    assert text_of(written([(80, TOP, "一、总体要求")]) + put("内部资料", 100, 300, 40, "0.7 0.7 -0.7 0.7")) == "一、总体要求"


@pytest.mark.leaves_out
def test_a_character_that_a_damaged_page_puts_nowhere_is_left_out() -> None:
    nowhere = "q " + "400 0 0 300 80 342 cm " * 50 + put("节水", 10, 10) + "Q "
    assert text_of(nowhere + written([(80, TOP, "一、总体要求")])) == "一、总体要求"


def refused(data: bytes, error: type[PolicyError]) -> str:
    with pytest.raises(error) as caught:
        read_bytes("甲.pdf", data)
    assert "甲.pdf" in str(caught.value) and str(caught.value).endswith("。")
    return str(caught.value)


def test_what_cannot_be_read_is_refused_with_the_reason(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)
    whole = pdf(written([(80, TOP, "一、总则")]))
    assert "损坏" in refused(whole[: len(whole) // 4], FormatError)
    private = "".join(chr(0xE000 + n) for n in range(40))
    assert "第 2 页" in refused(pdf(written([(80, TOP, "一、总则")]), written([(80, TOP, private)])), EncodingError)
    monkeypatch.setattr(reader, "MAX_PAGES", 1)
    assert "2 页" in refused(pdf("", ""), TooLargeError)


def test_mutated_files_are_read_or_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scan, "available", lambda: False)  # recognition of noise takes seconds a page
    whole, chance = pdf(written([(80, TOP, LONG[:28])]) + ruled([80, 200, 320], [300, 330, 360])), random.Random(7)
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read_bytes("甲.pdf", bytes(data))
        except PolicyError as error:
            assert str(error).endswith("。")


@pytest.mark.leaves_out
@needs_office
def test_the_plans_are_the_same_as_pdf(tmp_path: Path) -> None:
    plans = sorted(SAMPLES.glob("*.txt"))[:3]
    for plan in plans:
        (tmp_path / f"{plan.stem}.docx").write_bytes(printable(read_file(plan).text))
    made = converted(tmp_path, "pdf", sorted(tmp_path.glob("*.docx")))
    for plan in plans:
        reading = read_file(made / f"{plan.stem}.pdf")
        assert tree(reading.text) == tree(read_file(plan).text)
        assert [page.number for page in reading.pages] == list(range(1, len(reading.pages) + 1)) and len(reading.pages) > 1


def form(*fields: tuple[str, str]) -> bytes:
    """A page with 姓名 on it and fields of a form below: (their kind, their value)."""
    page = pdf(written([(90, 150, "姓名")]))
    listed = " ".join(f"{20 + n} 0 R" for n in range(len(fields))).encode()
    page = page.replace(b"/Type/Catalog", b"/Type/Catalog/AcroForm<</Fields[%s]/DR<</Font<</F 3 0 R>>>>>>" % listed)
    page = page.replace(b"/Type/Page/Parent", b"/Type/Page/Annots[%s]/Parent" % listed)
    for n, (kind, value) in enumerate(fields):
        place = f"/Rect[150 {680 - 40 * n} 400 {700 - 40 * n}]/P 4 0 R/F 4/DA(/F 12 Tf 0 g)"
        told = f"/Type/Annot/Subtype/{kind}/T(a{n}){place}/V<FEFF{value.encode('utf-16-be').hex()}>"
        page += b"\n%d 0 obj\n<<%s>>\nendobj\n" % (20 + n, told.encode())
    return page


def test_what_was_filled_into_a_form_is_read() -> None:
    data = form(
        ("Widget/FT/Tx", "市水务局"),
        ("Widget/FT/Ch/Ff 131072", "市经信局"),
        ("Widget/FT/Sig", "签章"),
        ("FreeText/Contents(x)", "批注"),
    )
    assert read_bytes("甲.pdf", data).text.split("\n") == ["姓名", "市水务局", "市经信局"]
