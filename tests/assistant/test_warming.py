"""What is opened before the first question."""

import subprocess
import sys
from pathlib import Path

from assistant.config import Settings
from assistant.service import Assistant
from tests.assistant.conftest import filled
from tests.browser import ROOT

WARMED = """
import sys
from pathlib import Path
from assistant.config import Settings
from assistant.service import open_assistant
assistant = open_assistant(Settings(Path(sys.argv[1])))
before = set(sys.modules)
assistant.warm()
import jieba
print(sorted({"jieba", "pypinyin"} & (set(sys.modules) - before)), jieba.dt.initialized)
"""


def test_the_first_question_finds_words_and_index_open(tmp_path: Path) -> None:
    (tmp_path / "文.txt").write_text("云泽市方案\n一、油烟\n治理油烟。（市甲局负责）\n", "utf-8")
    filled(tmp_path / "库", tmp_path / "文.txt").library.close()
    command = [sys.executable, "-c", WARMED, str(tmp_path / "库")]
    told = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stdout
    assert told.split("\n")[0] == "['jieba', 'pypinyin'] True"


def test_the_index_is_brought_up_to_the_library(tmp_path: Path) -> None:
    (tmp_path / "文.txt").write_text("云泽市方案\n一、油烟\n治理油烟。（市甲局负责）\n", "utf-8")
    assistant: Assistant = filled(tmp_path / "库", tmp_path / "文.txt")
    (tmp_path / "二.txt").write_text("澜洲市方案\n一、散煤\n治理散煤。（市乙局负责）\n", "utf-8")
    assert [o.status for o in assistant.add([tmp_path / "二.txt"])] == ["added"]
    assistant.warm()
    assert assistant.searcher().snapshot().manifest.state == assistant.library.state()


def test_an_empty_library_is_no_hindrance(tmp_path: Path) -> None:
    Assistant(Settings(tmp_path / "库")).warm()
