"""What a picture says is clauses of its own, and divides nothing else."""

from pathlib import Path

from corpus.ingest import add_file
from corpus.reading.members import Here
from corpus.store import Library
from tests.corpus.reading.making import paragraph, raw_word
from tests.corpus.reading.pictured import OWN, document, drawn, p, shot
from tests.corpus.reading.recognising import Engine
from tests.corpus.reading.test_images import needs_font, needs_recognition, picture, saved


def clauses(tmp_path: Path, *body: str, **pictures: bytes) -> list[tuple[str, str, list[str]]]:
    """Path, text and responsible bodies of each clause of a document that was added."""
    relations = "".join(f'<Relationship Id="{id}" Type="x/image" Target="media/{id}"/>' for id in pictures)
    place = tmp_path / "甲.docx"
    more = {f"word/media/{id}": content for id, content in pictures.items()}
    place.write_bytes(raw_word("".join(body), relations=relations, more=more))
    library = Library(tmp_path / "库")
    (outcome,) = add_file(library, place, Here())
    found = list(library.clauses(str(outcome.document)))
    library.close()
    return [("/".join(c.path), c.text, [r.unit for r in c.responsibilities]) for c in found]


GENERAL = [paragraph(line) for line in ("某市节水方案", "一、总体要求", "坚持节水优先，结合本市实际，制定本方案。")]
REST = [paragraph(line) for line in ("二、保障措施", "加强领导。（市水务局牵头）")]


def test_what_a_picture_says_changes_nothing_in_what_follows(engine: Engine, tmp_path: Path) -> None:
    engine.lines = (
        "附件：",
        "重点任务分工表",
        "一、加强统计监测工作。",
        "由市统计局牵头办理。",
        "五、加强审计监督。由市审计局负责。",
    )
    own = clauses(tmp_path, *GENERAL, *REST)
    assert [path for path, *_ in own] == ["[前言]", "一", "二"]
    at = clauses(tmp_path, *GENERAL, p(drawn("i")), *REST, i=shot())
    assert [path for path, *_ in at] == ["[前言]", "一", "附件", "附件/一", "附件/五", "二"]
    assert [at[0], at[1], at[-1]] == own and [unit for *_, units in at[3:5] for unit in units] == ["市统计局", "市审计局"]


def test_a_text_goes_on_after_a_picture(engine: Engine, tmp_path: Path) -> None:
    engine.lines = ("一、加强统计监测工作。", "由市统计局牵头办理。", "（一）加强审计。由市审计局负责。")
    between = clauses(
        tmp_path, *GENERAL, p(drawn("i")), paragraph("由市水务局负责实施。"), paragraph("（二）节水。"), *REST, i=shot()
    )
    assert [(path, units) for path, _, units in between] == [
        ("[前言]", []), ("一", []), ("一", ["市统计局"]), ("一/一", ["市审计局"]), ("一", ["市水务局"]), ("一/二", []), ("二", ["市水务局"]),
    ]  # fmt: skip
    assert between[4][1] == "由市水务局负责实施。"


def test_a_table_after_a_picture_stands_in_the_part_around_it(engine: Engine, tmp_path: Path) -> None:
    engine.lines = ("附件1", "一、加强统计监测工作。", "由市统计局牵头办理。")
    rows = "".join(
        f"<w:tr><w:tc>{paragraph(a)}</w:tc><w:tc>{paragraph(b)}</w:tc></w:tr>"
        for a, b in [("任务", "责任单位"), ("巡查", "市水务局")]
    )
    found = clauses(tmp_path, *GENERAL, p(drawn("i")), f"<w:tbl>{rows}</w:tbl>", *REST, i=shot())
    assert [(path, units) for path, _, units in found][3:] == [
        ("附件1/一", ["市统计局"]),
        ("一", ["市水务局"]),
        ("二", ["市水务局"]),
    ]


def test_a_picture_without_numbers_parts_nothing(engine: Engine, tmp_path: Path) -> None:
    engine.lines = ("加强统计监测工作，由市统计局牵头办理。",)
    found = clauses(tmp_path, *GENERAL, p(drawn("i")), paragraph("由市水务局负责实施。"), *REST, i=shot())
    assert [path for path, *_ in found] == ["[前言]", "一", "二"]


@needs_recognition
@needs_font
def test_a_scanned_annex_behind_a_text_is_recognised() -> None:
    lines = [
        (140, 40, "一、工作要求和责任分工"),
        (120, 215, "任务"),
        (420, 215, "单位"),
        (120, 295, "节水"),
        (420, 295, "市水务局"),
    ]
    found = document(paragraph(OWN) + p(drawn("i")) + paragraph("完"), i=saved("PNG", picture(*lines, table=True)))
    assert [line for line in found.text.split("\n") if line] == [
        OWN,
        "一、工作要求和责任分工",
        "任务\t单位",
        "节水\t市水务局",
        "完",
    ]
