"""One document, one clause tree, whatever the format it was saved in."""

from pathlib import Path

import pytest

from corpus.reading import read_bytes, read_file
from tests.corpus.reading.making import SAMPLES, converted, needs_office, tree, word
from tests.shared import SEEDS, SHARED, needs_shared

PLANS = sorted(SAMPLES.iterdir())


@pytest.mark.parametrize("plan", PLANS, ids=lambda p: p.stem[:3])
def test_a_plan_is_the_same_as_a_word_file(plan: Path) -> None:
    text = read_file(plan).text
    assert tree(read_bytes("甲.txt", word(text)).text) == tree(text)


@needs_shared
def test_real_plans_are_the_same_as_word_files() -> None:
    for plan in sorted(SEEDS.iterdir()):
        text = read_file(plan).text
        assert tree(read_bytes("甲.doc", word(text)).text) == tree(text), plan.name


@needs_shared
def test_real_word_files_give_their_plain_text() -> None:
    import tarfile

    archives = [path for path in SHARED.rglob("*") if path.name.startswith("reports") and ".tar" in path.name]
    if not archives:
        pytest.skip("真实报告的纯文本不在此处")
    plain = {}
    with tarfile.open(archives[0]) as archive:
        for member in archive:
            if (file := archive.extractfile(member)) and member.name.endswith(".txt"):
                plain[Path(member.name).stem] = file.read().decode("utf-8")
    files = sorted((SHARED / "docx").glob("*.docx"))
    assert len(files) == 20
    for file in files:
        text = read_file(file).text
        assert text.split() == plain[file.stem].split(), file.name
        assert tree(text) == tree(plain[file.stem]), file.name


@needs_office
@pytest.mark.parametrize("target", ["doc:MS Word 97", "rtf", "odt", "html", "docx:MS Word 2007 XML"])
def test_a_plan_is_the_same_as_libreoffice_saves_it(tmp_path: Path, target: str) -> None:
    plan = next(path for path in PLANS if "征求意见稿" in path.name)
    text = read_file(plan).text
    (tmp_path / "甲.docx").write_bytes(word(text))
    made = converted(tmp_path, target, [tmp_path / "甲.docx"]) / f"甲.{target.partition(':')[0]}"
    assert tree(read_file(made.rename(made.with_suffix(".txt"))).text) == tree(text)
