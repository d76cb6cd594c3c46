"""A plan as its issuer changes it: a draft, the issued text, a later one. Fictional."""

from pathlib import Path

from corpus.ingest import Outcome, add_paths
from corpus.store import Library

TITLE = "云泽市节水行动方案"
DRAFT, ISSUED, LATER = "征求意见.txt", "印发.txt", "修改.txt"
SECRET = "雨水花园"  # stands in the draft alone


def plan(
    title: str = TITLE,
    issuer: str = "云泽市水利局",
    date: str = "2022年9月28日",
    task: str = "改造老旧管网120公里",
    more: str = "",
) -> str:
    """A plan of two parts, the second of two items, signed and dated."""
    return (
        f"{title}\n为推进节水工作，制定本方案。\n一、目标\n到2025年，全市用水总量控制在8.5亿立方米以内。\n"
        f"二、任务\n（一）管网改造。{task}。（市水利局牵头，市财政局配合）\n"
        f"（二）中水回用。推广中水回用。（市住房城乡建设局负责）\n{more}{issuer}\n{date}\n"
    )


TEXTS = {
    DRAFT: plan(f"{TITLE}（征求意见稿）", date="2022年3月1日", more=f"（三）海绵城市。建设{SECRET}36处。（市城市管理局负责）\n"),
    ISSUED: plan(),
    LATER: plan(date="2023年6月1日", task="改造老旧管网150公里"),
}


def write(folder: Path, *names: str) -> list[Path]:
    """Files of TEXTS, in this order."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / name).write_text(TEXTS[name], "utf-8")
    return [folder / name for name in names]


def put(library: Library, path: Path, text: str | None = None) -> Outcome:
    """Add one file, written first where a text is given."""
    if text is not None:
        path.write_text(text, "utf-8")
    (outcome,) = add_paths(library, [path])
    return outcome
