"""The frame of everything that takes the place of the tabs. Pure functions."""

from html import escape


def staged(name: str, body: str, *, buttons: str = "", css: str = "across answer") -> str:
    """A page of the stage with its name, its own buttons, and the way back."""
    return (
        f'<section class="{css}" aria-label="{escape(name)}"><header class="stage-head"><h2 tabindex="-1">{escape(name)}</h2>'
        f'<div class="taking">{buttons}<button type="button" class="plain" data-leave>关闭</button></div></header>{body}</section>'
    )


PRINT = '<button type="button" class="plain" data-print>打印</button>'
