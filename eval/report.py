"""A run as a Markdown report with charts beside it."""

from pathlib import Path

from eval.charts import chinese_font, draw
from eval.runs import Run
from eval.tables import as_markdown, by_set, heading, tables

NAME = "report.md"
_NOTE = "每格为均值及其 95% 置信区间（对问题作自助抽样）。各项指标的含义见 docs/evaluation.md。"


def write_report(folder: Path, run: Run) -> Path:
    """Writes `report.md` and a PNG for each set into `folder`; the path of the report."""
    font = chinese_font()
    parts = ["# 测量结果", "\n".join(f"- {line}" for line in heading(run)), _NOTE]
    for number, (table, results) in enumerate(zip(tables(run), by_set(run).values(), strict=True), 1):
        picture = f"chart-{number}.png"
        draw(folder / picture, results, font)
        parts += [as_markdown(table), f"![{table.title}]({picture})"]
    path = folder / NAME
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path
