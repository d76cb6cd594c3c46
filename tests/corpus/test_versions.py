"""Versions of a document: which is current, what becomes of the others, and nothing of them where they are not asked for."""

import tarfile
from pathlib import Path

import pytest

from corpus.errors import LibraryError
from corpus.ingest import add_paths
from corpus.store import Library
from tests.shared import SHARED, needs_shared
from tests.versioned import DRAFT, ISSUED, LATER, SECRET, TEXTS, TITLE, plan, put, write

ORDERS = [
    (DRAFT, ISSUED, LATER),
    (DRAFT, LATER, ISSUED),
    (ISSUED, DRAFT, LATER),
    (ISSUED, LATER, DRAFT),
    (LATER, DRAFT, ISSUED),
    (LATER, ISSUED, DRAFT),
]


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "库")


def sources(library: Library, id: str) -> list[str]:
    return [library.document(v.document).source for v in library.versions(id)]


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: "".join(name[0] for name in order))
def test_the_order_of_adding_does_not_matter(library: Library, tmp_path: Path, order: tuple[str, ...]) -> None:
    outcomes = list(add_paths(library, write(tmp_path / "文件", *order)))
    assert [o.status for o in outcomes] == ["added", "updated", "updated"]
    (document,) = library.documents()
    assert document.source == LATER and document.text == TEXTS[LATER] and document.current
    assert document.id == outcomes[0].document  # the first text's, whichever is current
    assert sources(library, document.id) == [DRAFT, ISSUED, LATER]
    assert [v.number for v in library.versions(document.id)] == [1, 2, 3]
    for outcome in outcomes:
        assert outcome.document is not None
        assert bool("旧版本保存" in outcome.told) is not library.document(outcome.document).current or not outcome.told


def test_an_issued_text_goes_before_a_draft_of_a_later_date(library: Library, tmp_path: Path) -> None:
    put(library, tmp_path / "甲.txt", plan())
    draft = put(library, tmp_path / "乙.txt", plan(f"{TITLE}（修订征求意见稿）", date="2023年5月1日", task="改造管网1公里"))
    (document,) = library.documents()
    assert document.source == "甲.txt" and draft.document == library.versions(document.id)[0].document


def test_an_old_version_is_kept_whole_and_out_of_sight(library: Library, tmp_path: Path) -> None:
    draft = put(library, *write(tmp_path, DRAFT))
    assert draft.document is not None
    before = library.document(draft.document), [(c.path, c.text, c.targets) for c in library.clauses(draft.document)]
    put(library, *write(tmp_path, ISSUED))
    old, current = library.versions(draft.document)
    kept = library.document(old.document)
    assert (kept.text, kept.facts, kept.current) == (before[0].text, before[0].facts, False)
    clauses = list(library.clauses(old.document))
    assert [(c.path, c.text, c.targets) for c in clauses] == before[1]
    assert all(c.id.startswith(f"{old.document}:") and c.document == old.document for c in clauses)
    assert library.clause(old.document, clauses[-1].id) == clauses[-1]
    assert current.document == draft.document and old.head == draft.document
    hidden = [library.documents(), list(library.clauses()), library.stating("duties"), library.counts(), library.revisions()]
    assert all(old.document not in repr(each) and SECRET not in repr(each) for each in hidden)
    shown = [
        library.documents(versions=True),
        list(library.clauses(versions=True)),
        library.stating("duties", versions=True),
        library.counts(versions=True),
        library.revisions(versions=True),
    ]
    assert all(old.document in repr(each) for each in shown)
    assert library.place_of(clauses[-1].id) is None
    with pytest.raises(LibraryError, match="旧版本"):
        library.mark("怎么做", clauses[-1].id, good=True)


def test_the_ids_of_clauses_and_marks_stay_with_the_current_version(library: Library, tmp_path: Path) -> None:
    first = put(library, tmp_path / "甲.txt", plan())
    mark = library.mark("谁改造管网", f"{first.document}:二/一", good=True)
    again = put(library, tmp_path / "甲.txt", plan(task="改造老旧管网99公里"))
    assert (again.status, again.document) == ("updated", first.document) and "新版本" in again.told
    assert library.place_of(mark.clause) == first.document and library.marks() == [mark]
    assert "99公里" in library.clause(str(first.document), mark.clause).text


def test_the_same_path_is_a_version_whatever_it_says(library: Library, tmp_path: Path) -> None:
    first = put(library, tmp_path / "甲.txt", "没有标题也没有机关的一段话。\n")
    again = put(library, tmp_path / "甲.txt", "另一段话，日期不明。\n")
    assert again.status == "updated" and again.document == first.document
    assert library.version(str(first.document)).count == 2 and "另一段话" in library.document(str(first.document)).text


def test_without_place_or_issuer_only_the_path_makes_a_version(library: Library, tmp_path: Path) -> None:
    put(library, tmp_path / "甲.txt", plan(issuer=""))
    assert put(library, tmp_path / "乙.txt", plan(issuer="", task="改造管网1公里")).status == "added"
    assert len(library.documents()) == 2


def test_two_cities_and_two_years_are_two_documents(library: Library, tmp_path: Path) -> None:
    put(library, tmp_path / "甲.txt", plan())
    other = plan("松陵市节水行动方案", "松陵市水利局")
    assert put(library, tmp_path / "乙.txt", other).status == "added"
    report = "云泽市政府工作报告"
    assert put(library, tmp_path / "2022.txt", plan(report, "云泽市人民政府")).status == "added"
    assert put(library, tmp_path / "2023.txt", plan(report, "云泽市人民政府", "2023年1月5日")).status == "added"


def test_parts_of_one_date_that_share_nothing_are_two_documents(library: Library, tmp_path: Path) -> None:
    end = "云泽市水利局\n2022年9月28日\n"
    one = "云泽市节水条例\n第一条 为了节约用水，保障供水安全，制定本条例。\n第二条 用水实行总量控制和定额管理相结合的制度。\n"
    other = "云泽市节水条例\n第三十条 违反规定擅自取水的，责令停止违法行为，处二万元以上十万元以下罚款。\n"
    assert put(library, tmp_path / "上编.txt", one + end).status == "added"
    assert put(library, tmp_path / "下编.txt", other + end).status == "added"
    assert put(library, tmp_path / "上编（校对）.txt", one.replace("保障", "确保") + end).status == "updated"
    assert sorted(d.source for d in library.documents()) == ["上编（校对）.txt", "下编.txt"]


def test_the_same_again_is_unchanged_and_an_old_one_stays_old(library: Library, tmp_path: Path) -> None:
    list(add_paths(library, write(tmp_path, DRAFT, ISSUED)))
    (document,) = library.documents()
    state = library.state()
    draft, issued = add_paths(library, [tmp_path / DRAFT, tmp_path / ISSUED])
    assert (draft.status, issued.status, issued.document) == ("unchanged", "unchanged", document.id)
    assert draft.document == library.versions(document.id)[0].document and "旧版本" in draft.told
    copy = put(library, tmp_path / "副本.txt", TEXTS[DRAFT])
    assert (copy.status, copy.document) == ("duplicate", draft.document)
    assert copy.error is not None and "旧版本" in copy.error and "policy remove" in copy.error
    back = put(library, tmp_path / ISSUED, TEXTS[DRAFT])  # the path says again what an old version says
    assert (back.status, back.document) == ("duplicate", draft.document)
    assert library.state() == state and library.documents() == [document]


def test_an_old_version_that_is_removed_can_be_added_again(library: Library, tmp_path: Path) -> None:
    first = put(library, tmp_path / "甲.txt", plan())
    put(library, tmp_path / "甲.txt", plan(task="改造管网1公里"))
    old = library.versions(str(first.document))[0]
    assert library.remove(old.document) and not library.remove(old.document)
    assert library.version(str(first.document)).count == 1
    again = put(library, tmp_path / "甲.txt", plan())  # as its sentence says
    assert again.document == first.document and library.document(str(first.document)).text == plan()


def test_removing_the_current_version_removes_all(library: Library, tmp_path: Path) -> None:
    list(add_paths(library, write(tmp_path, DRAFT, ISSUED, LATER)))
    (document,) = library.documents()
    ids = [v.document for v in library.versions(document.id)]
    assert library.remove(document.id)
    assert library.documents(versions=True) == [] and list(library.clauses(versions=True)) == []
    for id in ids:
        with pytest.raises(LibraryError):
            library.document(id)
        with pytest.raises(LibraryError):
            library.versions(id)


def test_an_old_file_under_a_new_name_stays_old(library: Library, tmp_path: Path) -> None:
    list(add_paths(library, write(tmp_path, DRAFT, ISSUED)))
    (document,) = library.documents()
    (tmp_path / DRAFT).rename(tmp_path / "旧稿.txt")
    moved = put(library, tmp_path / "旧稿.txt")
    assert moved.status == "updated" and "旧版本" in moved.told
    assert sources(library, document.id) == ["旧稿.txt", ISSUED]


def test_a_text_without_a_date_follows_the_one_it_came_after(library: Library, tmp_path: Path) -> None:
    put(library, tmp_path / "甲.txt", plan())
    put(library, tmp_path / "甲.txt", plan(date="", task="改造管网1公里"))
    put(library, tmp_path / "乙.txt", plan(date="2021年1月1日", task="改造管网2公里"))
    (document,) = library.documents()
    assert "1公里" in document.text and document.facts.date is None
    texts = [library.document(v.document).text for v in library.versions(document.id)]
    assert ["2公里" in texts[0], "120公里" in texts[1], "1公里" in texts[2]] == [True] * 3


def test_the_same_file_read_by_other_rules_is_no_new_version(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = put(library, tmp_path / "甲.html", f"<html><body><p>{TEXTS[ISSUED]}</p></body></html>")
    monkeypatch.setattr("corpus.ingest.READER", "later")
    monkeypatch.setattr("corpus.reading.members._Walk._part", _reading_otherwise)
    again = put(library, tmp_path / "甲.html")
    assert (again.status, again.document) == ("updated", first.document)
    assert library.version(str(first.document)).count == 1
    assert library.document(str(first.document)).text.startswith("另读")
    assert library.read_by(str(first.document)) == "later"


def _reading_otherwise(walk: object, name: str, data: bytes, place: str) -> object:
    from hashlib import sha256

    from corpus.reading import Reading
    from corpus.reading.members import Part

    return Part(place, name, Reading("另读\n" + data.decode()), digest=sha256(data).hexdigest())


def test_pages_that_were_not_known_are_refreshed(library: Library, tmp_path: Path) -> None:
    (id,) = (o.document for o in add_paths(library, write(tmp_path, ISSUED)))
    document, clauses = library.document(str(id)), tuple(library.clauses(id))
    library.save(document, clauses, origin=library.origin(str(id)), reader="2")  # by the rules before pages were read
    assert put(library, tmp_path / ISSUED).status == "updated"
    assert put(library, tmp_path / ISSUED).status == "unchanged"


_DATED = (
    "上海市优化营商环境条例",
    "上海市社会救助条例",
    "上海市住宅物业管理规定",
    "公司法",
    "体育法",
    "监察法",
    "商用密码管理条例",
    "立法法",
)
_PARTS = ("人格权编", "侵权责任编", "合同编", "婚姻家庭编", "物权编", "继承编", "附则")  # of the civil code


@needs_shared
def test_laws_of_one_title_and_several_dates(library: Library, tmp_path: Path) -> None:
    files = []
    with tarfile.open(SHARED / "laws" / "laws.tar.xz") as laws:
        for member in laws:
            stem = Path(member.name).stem
            if member.isfile() and (stem in _PARTS or stem.partition("(")[0] in _DATED):
                files.append(tmp_path / f"{stem}.md")
                files[-1].write_bytes(laws.extractfile(member).read())  # type: ignore[union-attr]
    assert len(files) == 2 * len(_DATED) + len(_PARTS)
    for outcome in add_paths(library, sorted(files, reverse=True)):  # the later date first
        assert outcome.status in ("added", "updated")
    documents = library.documents()
    assert len(documents) == len(_DATED) + len(_PARTS)
    for document in documents:
        texts = [library.document(v.document) for v in library.versions(document.id)]
        assert [d.source for d in texts] == sorted(d.source for d in texts)
        assert len(texts) == (1 if document.source.removesuffix(".md") in _PARTS else 2)
