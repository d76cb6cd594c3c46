"""Means with their intervals as pictures."""

from collections.abc import Sequence
from pathlib import Path

from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from eval.measures import shown
from eval.runs import Result
from eval.statistics import mean
from eval.tables import rows

# common ones of Linux, Windows and macOS
FONTS = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Sans SC", "WenQuanYi Micro Hei", "Microsoft YaHei", "PingFang SC")
_PANEL, _ROW, _MARGIN = 2.4, 0.26, 0.9  # inches


def chinese_font(installed: Sequence[str] | None = None) -> str | None:
    """The first of FONTS that is installed, None if none is."""
    names = font_manager.get_font_names() if installed is None else installed
    return next((font for font in FONTS if font in names), None)


def draw(path: Path, results: Sequence[Result], font: str | None) -> None:
    """Writes a PNG: a panel for each measure, a bar for each row of the table, the first on top.

    Without a font for Chinese the rows are called by their number in the table and the measures by their own names.
    """
    measured, measures = rows(results), results[0].measures
    names = list(measured) if font else [name if name.isascii() else f"row {n}" for n, name in enumerate(measured, 1)]
    figure = Figure(figsize=(2 + _PANEL * len(measures), _MARGIN + _ROW * len(names)), layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplots(1, len(measures), sharey=True, squeeze=False)[0]
    style = {"fontfamily": font} if font else {}
    for panel, measure in zip(panels, measures, strict=True):
        means = [mean([q.values[measure] for q in some]) for some in measured.values()]
        values = [m.value for m in means]
        errors = [[m.value - m.low for m in means], [m.high - m.value for m in means]]
        panel.barh(range(len(names)), values, xerr=errors, color="#9db8d2", ecolor="#44546a", capsize=2)
        panel.set_title(shown(measure) if font else measure, **style)
        panel.set_xlim(0, 1)
        panel.margins(y=0.02)
        panel.set_yticks(range(len(names)), names, **style)
    panels[0].invert_yaxis()
    figure.savefig(path, format="png", dpi=110)
