"""The page's own style sheet and scripts, and a theme that loads nothing from elsewhere."""

from importlib.resources import files

import gradio as gr

FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", "sans-serif")

# Deep blue of printed government documents; index 6 and 7 carry white text at a contrast above 7:1.
_BLUE = gr.themes.Color(
    name="policy",
    c50="#f1f5fa",
    c100="#e0e9f4",
    c200="#c3d4e8",
    c300="#98b5d8",
    c400="#6791c3",
    c500="#4474ae",
    c600="#2b5a93",
    c700="#234a7a",
    c800="#1f3f66",
    c900="#1d3654",
    c950="#142338",
)


def script(name: str) -> str:
    """The text of a file in `static/`."""
    return (files("assistant.web") / "static" / name).read_text(encoding="utf-8")


def theme() -> gr.themes.Base:
    """Plain surfaces, local fonts, one accent colour."""
    fonts = [gr.themes.Font(name) for name in FONTS]
    return gr.themes.Default(
        primary_hue=_BLUE,
        secondary_hue=_BLUE,
        neutral_hue=gr.themes.colors.slate,
        font=fonts,
        font_mono=fonts,
    ).set(
        button_primary_background_fill="*primary_600",
        button_primary_background_fill_dark="*primary_600",
        button_primary_background_fill_hover="*primary_700",
        button_primary_background_fill_hover_dark="*primary_500",
        link_text_color_dark="*primary_300",
        color_accent="*primary_600",
    )
