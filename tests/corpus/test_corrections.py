"""Facts corrected by hand: they hold over a re-read and an update, follow at once, and can be taken back."""

from pathlib import Path

import pytest

from corpus.corrections import NAMES, checked
from corpus.errors import FactError, LibraryError
from corpus.store import Library
from corpus.types import Correction, Fact
from tests.versioned import DRAFT, ISSUED, TITLE, plan, put, write


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "库")


def added(library: Library, path: Path, text: str | None = None) -> str:
    outcome = put(library, path, text)
    assert outcome.document is not None, outcome
    return outcome.document


@pytest.mark.parametrize(
    ("field", "typed", "kept"),
    [
        ("date", "2022-09-28", "2022-09-28"),
        ("date", "2022年9月28日", "2022-09-28"),
        ("date", "20220928", "2022-09-28"),
        ("date", "2022.9.8", "2022-09-08"),
        ("date", "2022年9月", "2022-09"),
        ("date", "2022/9", "2022-09"),
        ("date", "2022", "2022"),
        ("date", "二〇二二年九月二十八日", "2022-09-28"),
        ("date", " ", None),
        ("region", "达州", "达州市"),
        ("region", "云泽市", "云泽市"),
        ("region", "", None),
        ("doc_number", "云政〔2022〕1号", "云政〔2022〕1号"),
        ("title", " 云泽市\n方案 ", "云泽市 方案"),
        ("valid", None, None),
        ("draft", True, True),
    ],
)
def test_what_is_typed_is_brought_into_its_form(field: str, typed: Fact, kept: Fact) -> None:
    assert checked({field: typed}) == {field: kept}


@pytest.mark.parametrize(
    ("field", "typed", "says"),
    [
        ("date", "2022-13-01", "日历"),
        ("date", "2022-02-30", "日历"),
        ("date", "去年", "不是日期"),
        ("date", "2022-09-28起施行，有效期三年，另行通知", "不是日期"),
        ("region", "吉林", "吉林省、吉林市"),
        ("title", "", "不能为空"),
        ("title", "云" * 301, "301 字"),
        ("issuer", "市\u202e局", "控制字符"),
        ("draft", "是", "应为是"),
        ("issuer", True, "应为文字"),
        ("cites", "x", "不能更正"),
    ],
)
def test_what_cannot_be_taken_is_a_sentence_and_changes_nothing(
    library: Library, tmp_path: Path, field: str, typed: Fact, says: str
) -> None:
    id = added(library, tmp_path / "甲.txt", plan())
    state = library.state()
    with pytest.raises(FactError, match=says) as caught:
        library.correct(id, {"doc_number": "云政〔2022〕1号", field: typed})
    assert str(caught.value).endswith("。")
    assert library.corrections(id) == () and library.state() == state


def test_a_correction_holds_everywhere_and_is_undone(library: Library, tmp_path: Path) -> None:
    id = added(library, tmp_path / "甲.txt", plan())
    read, state = library.document(id).facts, library.state()
    given: dict[str, Fact] = {"region": "松陵市", "date": "2021年1月2日", "doc_number": "松政〔2021〕1号", "issuer": ""}
    found = library.correct(id, given)
    assert (
        found
        == library.corrections(id)
        == tuple(
            Correction(field, getattr(read, field), value)
            for field, value in zip(
                ("doc_number", "issuer", "region", "date"), ("松政〔2021〕1号", None, "松陵市", "2021-01-02"), strict=True
            )
        )
    )
    other = Library(library.path)
    for each in (library, other):
        facts = each.document(id).facts
        assert (facts.region, facts.date, facts.issuer) == ("松陵市", "2021-01-02", None)
        assert each.documents()[0].facts == facts
    assert library.state() == other.state() != state
    assert library.undo_corrections(id, ["date"]) and library.document(id).facts.date == "2022-09-28"
    assert library.undo_corrections(id) and not library.undo_corrections(id)
    assert library.document(id).facts == read and library.state() == state


def test_a_fact_corrected_to_what_was_read_is_no_correction(library: Library, tmp_path: Path) -> None:
    id = added(library, tmp_path / "甲.txt", plan())
    assert library.correct(id, {"region": "松陵市"}) and library.correct(id, {"region": "云泽市"}) == ()


def test_unknown_documents(library: Library) -> None:
    with pytest.raises(LibraryError, match="policy documents"):
        library.correct("没有", {"region": "云泽市"})
    with pytest.raises(LibraryError, match="policy documents"):
        library.undo_corrections("没有")
    assert library.corrections("没有") == ()


def test_it_is_kept_over_a_re_read(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    id = added(library, tmp_path / "甲.txt", plan())
    library.correct(id, {"region": "松陵市"})
    assert put(library, tmp_path / "甲.txt").status == "unchanged"
    monkeypatch.setattr("corpus.ingest.READER", "later")
    assert put(library, tmp_path / "甲.txt").status == "updated"
    assert library.document(id).facts.region == "松陵市" and library.read_by(id) == "later"


def test_it_is_kept_over_an_update_that_reads_the_same(library: Library, tmp_path: Path) -> None:
    id = added(library, tmp_path / "甲.txt", plan())
    library.correct(id, {"region": "松陵市", "date": "2020-01-01", "valid": "有效期至2027年12月31日"})
    assert added(library, tmp_path / "甲.txt", plan(task="改造管网1公里")) == id
    facts = library.document(id).facts
    assert "1公里" in library.document(id).text
    assert (facts.region, facts.date, facts.valid) == ("松陵市", "2020-01-01", "有效期至2027年12月31日")


def test_what_the_new_text_says_itself_goes_before_it(library: Library, tmp_path: Path) -> None:
    id = added(library, tmp_path / "甲.txt", plan(date=""))
    library.correct(id, {"date": "2021-01-01", "doc_number": "云水〔2021〕1号"})
    added(library, tmp_path / "甲.txt", plan(date="2023年6月1日", task="改造管网1公里"))
    facts = library.document(id).facts
    assert (facts.date, facts.doc_number) == ("2023-06-01", "云水〔2021〕1号")
    old = library.versions(id)[0].document
    assert library.document(old).facts.date == "2021-01-01"  # the old text keeps its own


def test_a_date_or_a_state_decides_anew_which_version_is_current(library: Library, tmp_path: Path) -> None:
    draft, issued = (added(library, path) for path in write(tmp_path, DRAFT, ISSUED))
    assert draft == issued
    old = library.versions(draft)[0].document
    library.correct(old, {"draft": False, "date": "2024-01-01"})
    assert library.document(draft).source == DRAFT and library.document(draft).current
    assert [c.field for c in library.corrections(draft)] == ["date", "draft"]
    assert library.undo_corrections(draft)
    assert library.document(draft).source == ISSUED
    assert [library.document(v.document).source for v in library.versions(draft)] == [DRAFT, ISSUED]


def test_it_joins_and_parts_no_documents_but_decides_on_what_is_added_later(library: Library, tmp_path: Path) -> None:
    one = added(library, tmp_path / "甲.txt", plan("节水行动方案", "水利局"))
    other = added(library, tmp_path / "乙.txt", plan("节水行动方案", "水利局", task="改造管网1公里"))
    assert one != other
    for id in (one, other):
        library.correct(id, {"region": "云泽市", "issuer": "云泽市水利局", "title": TITLE})
    assert len(library.documents()) == 2
    assert put(library, tmp_path / "丙.txt", plan(date="2023年1月1日")).status == "updated"
    assert len(library.documents()) == 2


def test_removal_takes_corrections_along(library: Library, tmp_path: Path) -> None:
    id = added(library, tmp_path / "甲.txt", plan())
    library.correct(id, {"region": "松陵市"})
    library.remove(id)
    assert added(library, tmp_path / "甲.txt") == id and library.document(id).facts.region == "云泽市"


def test_every_field_has_a_name() -> None:
    assert list(NAMES) == ["title", "doc_number", "issuer", "region", "date", "draft", "valid"]
