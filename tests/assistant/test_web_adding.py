"""Files on their way into the library, and what is said of them."""

import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from gradio.utils import get_upload_folder

from assistant.types import Added
from assistant.web import intake as intake_room
from assistant.web.adding_panel import taken
from assistant.web.intake import Intake, Item, Progress
from assistant.web.outcomes import SHOWN, render_outcome, render_progress
from corpus.errors import LibraryError
from tests.assistant.page_text import Seen

BAD = "<img src=x onerror=x()>"


class Library:
    """Takes every file but those whose name says otherwise; a gate holds it before each."""

    def __init__(self) -> None:
        self.gate = threading.Semaphore(0)
        self.begun = threading.Semaphore(0)

    def add(self, paths: Iterable[Path]) -> Iterator[Added]:
        for path in paths:
            self.begun.release()
            assert self.gate.acquire(timeout=10)
            if "满" in path.name:
                raise LibraryError("磁盘已满。")
            if "错" in path.name:
                raise RuntimeError("boom")
            if path.suffix == ".zip":
                yield Added("里面.txt", "added", "x", 1, None)
            yield Added(
                path.name, "failed" if "坏" in path.name else "added", "d", 3, "读不出来。" if "坏" in path.name else None
            )


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    monkeypatch.setattr(intake_room, "_PATIENCE", 0.05)
    monkeypatch.setattr(intake_room, "_SENDING", 0.05)
    return Library()


def ended(intake: Intake) -> Progress:
    """The batch once nothing runs any more."""
    for thread in threading.enumerate():
        if thread.name == "intake":
            thread.join(10)
    assert not intake.progress().running
    return intake.progress()


def put(intake: Intake, *names: str, batch: str = "1") -> None:
    for name in names:
        intake.take(Path("uploads", name), f"夹/{name}", batch)


def states(progress: Progress) -> list[str]:
    return [each.state for each in progress.items]


def test_each_file_waits_is_read_and_is_done(library: Library) -> None:
    intake = Intake(library.add)
    put(intake, "甲.txt", "坏.txt", "丙.txt")
    library.begun.acquire(timeout=10)
    assert states(intake.progress()) == ["reading", "waiting", "waiting"]
    library.gate.release()
    library.begun.acquire(timeout=10)
    assert states(intake.progress()) == ["done", "reading", "waiting"]
    library.gate.release(2)
    last = ended(intake)
    assert states(last) == ["done"] * 3
    assert [each.status for item in last.items for each in item.outcomes] == ["added", "failed", "added"]


def test_stopping_leaves_what_waits_and_keeps_what_was_added(library: Library) -> None:
    intake = Intake(library.add)
    put(intake, "甲.txt", "乙.txt")
    library.begun.acquire(timeout=10)
    intake.stop()
    put(intake, "丙.txt")  # sent before the browser heard of it
    assert states(intake.progress()) == ["reading", "stopped", "stopped"] and intake.progress().stopping
    library.gate.release()
    last = ended(intake)
    assert states(last) == ["done", "stopped", "stopped"] and last.items[0].outcomes[0].status == "added"
    intake.sent("1")
    assert "已停止" in render_progress(intake.progress()) and "2 个文件未读取" in render_progress(last)
    put(intake, "丁.txt", batch="2")
    library.gate.release()
    assert states(ended(intake)) == ["done"]


def test_stopping_what_is_all_read_stops_nothing(library: Library) -> None:
    intake = Intake(library.add)
    put(intake, "甲.txt")
    intake.sent("1")
    library.begun.acquire(timeout=10)
    intake.stop()
    library.gate.release()
    assert "添加完毕：共 1 个文件；已收录 1 份。" in Seen(render_progress(ended(intake))).shown


def test_what_is_still_being_sent_is_waited_for(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where reading ends the index is brought up to date: once for a batch, however slowly it comes."""
    monkeypatch.setattr(intake_room, "_SENDING", 20.0)
    began: list[int] = []

    def add(paths: Iterable[Path]) -> Iterator[Added]:
        began.append(1)
        return library.add(paths)

    intake = Intake(add)
    for name in ("甲.txt", "乙.txt"):
        put(intake, name)
        library.gate.release()
        while not intake.progress().items[-1].outcomes:
            time.sleep(0.01)
        time.sleep(0.2)  # longer than a reader waits that has no more to expect
    intake.sent("1")
    assert states(ended(intake)) == ["done", "done"] and began == [1]


def test_a_batch_that_comes_slowly_is_one_batch(library: Library) -> None:
    intake = Intake(library.add)
    for name in ("甲.txt", "乙.txt"):
        put(intake, name)
        library.gate.release()
        assert "正在添加" in render_progress(ended(intake))
    intake.sent("别的")
    assert intake.progress().sending
    intake.sent("1")
    assert "添加完毕：共 2 个文件；已收录 2 份。" in Seen(render_progress(intake.progress())).shown


@pytest.mark.parametrize(("name", "said"), [("满.txt", "磁盘已满。"), ("错.txt", "程序内部出错")])
def test_a_failure_is_of_one_file_and_the_others_go_on(library: Library, name: str, said: str) -> None:
    intake = Intake(library.add)
    put(intake, name, "乙.txt")
    library.gate.release(2)
    last = ended(intake)
    assert states(last) == ["done", "done"]
    failed, other = (item.outcomes[0] for item in last.items)
    assert failed.status == "failed" and said in (failed.error or "") and other.status == "added"


def test_the_files_of_an_archive_are_told_with_it(library: Library) -> None:
    intake = Intake(library.add)
    put(intake, "包.zip")
    library.gate.release()
    intake.sent("1")
    page = Seen(render_progress(ended(intake))).shown
    assert "已收录 夹/包.zip › 里面.txt 1 条条款" in page and "已收录 夹/包.zip 3 条条款" in page


def test_what_goes_on_is_said() -> None:
    done, waiting = Item("甲.txt", Path("x"), "done"), Item("乙.txt", Path("y"))
    for progress, said in (
        (Progress((done, waiting), True, False), "正在添加"),
        (Progress((done,), True, False, sending=True), "正在添加"),
        (Progress((done, waiting), True, True), "正在停止"),
        (Progress((done,), True, False), "正在更新索引"),
        (Progress((done,), False, False), "添加完毕"),
    ):
        assert said in render_progress(progress)


def test_only_an_upload_is_taken(tmp_path: Path) -> None:
    seen: list[Path] = []

    def add(paths: Iterable[Path]) -> Iterator[Added]:
        for path in paths:
            seen.append(path)
            yield Added(path.name, "added", "d", 1, None)

    intake = Intake(add)
    private = tmp_path / "私.txt"
    private.write_text("一、不得外传。", encoding="utf-8")
    uploads = Path(get_upload_folder())
    around = uploads / ".." / ".." / private.relative_to(private.anchor)
    for path in (str(private), str(around), "", None, 7, str(uploads)):
        assert taken(intake, {"path": path, "name": "私.txt", "batch": "1"})["told"]
    assert taken(intake, None)["told"] and taken(intake, {"path": str(private)})["told"]
    assert intake.progress().items == () and seen == []
    uploads.mkdir(parents=True, exist_ok=True)
    upload = uploads / f"{tmp_path.name}.txt"
    upload.write_text("一、总则。", encoding="utf-8")
    try:
        assert taken(intake, {"path": str(upload), "name": "夹/一\u202e.txt", "batch": "1"}) == {"told": ""}
        intake.sent("1")
        assert ended(intake).items[0].name == "夹/一\\u202e.txt" and seen == [upload.resolve()]
    finally:
        upload.unlink()


def test_names_and_reasons_are_text() -> None:
    item = Item(BAD, Path("x"), "done", (Added(f"{BAD}.txt", "failed", None, 0, BAD),))
    waiting = Item(BAD, Path("y"))
    seen = Seen(render_progress(Progress((item, waiting), True, False)))
    assert "img" not in seen.names() and seen.shown.count(BAD) == 4


def test_what_failed_is_counted_and_what_to_do_is_said() -> None:
    good = Item("甲.txt", Path("x"), "done", (Added("甲.txt", "updated", "d", 12, None, "该文件是旧版本。"),))
    bad = Item("乙.pdf", Path("y"), "done", (Added("乙.pdf", "failed", None, 0, "文件加了密码。"),))
    page = Seen(render_progress(Progress((good, bad), False, False))).shown
    assert "添加完毕：共 2 个文件；已更新 1 份，未收录 1 份。" in page and "只需重新添加这些文件" in page
    assert "已更新 甲.txt 12 条条款；该文件是旧版本。" in page and "未收录 乙.pdf 文件加了密码。" in page
    assert (
        "重新添加" not in render_progress(Progress((good,), False, False)) and render_progress(Progress((), False, False)) == ""
    )


def test_of_a_long_list_the_failed_stand_first_and_the_rest_is_counted() -> None:
    bad = Item("坏.txt", Path("x"), "done", (Added("坏.txt", "failed", None, 0, "读不出来。"),))
    many = [Item(f"{n}.txt", Path(str(n)), "done" if n < 300 else "waiting") for n in range(500)]
    page = render_progress(Progress((*many, bad), True, False))
    assert page.count("<li") == SHOWN and "其余 401 个文件" in page
    assert page.index("坏.txt") < page.index("300.txt") and ">0.txt<" not in page


def test_a_name_too_long_for_an_upload_is_said_once() -> None:
    item = Item("夹/很长的名字.txt", Path("很长.txt"), "done", (Added("很长.txt", "added", "d", 3, None),))
    assert "已收录 夹/很长的名字.txt 3 条条款" in Seen(render_progress(Progress((item,), False, False))).shown


def test_an_outcome_without_a_name_of_its_own_has_the_uploads() -> None:
    assert "夹/甲.txt" in render_outcome(Added("", "failed", None, 0, "磁盘已满。"), "夹/甲.txt")
    assert render_outcome(Added("甲.txt", "added", "d", 0, None)) == '<li class="added"><b>已收录</b> <span>甲.txt</span> </li>'
