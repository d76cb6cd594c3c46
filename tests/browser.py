"""A page on a free port and a real browser to look at it."""

import contextlib
import importlib
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


@contextlib.contextmanager
def served(factory: str) -> Iterator[str]:
    """The address of the page over the assistant that `module:function` makes, in a process of its own.

    A process, because Gradio leaves event loops open behind it, and an open loop is an error here.
    """
    command = [sys.executable, "-m", "tests.browser", factory]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:
        try:
            assert process.stdout is not None
            said = process.stdout.readline()
            assert "http://127.0.0.1:" in said, f"the page did not start: {said!r}"
            yield said.strip().partition("：")[2] + "/"
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                raise


def _serve(factory: str) -> None:
    from assistant.web import serve

    module, _, function = factory.partition(":")
    serve(getattr(importlib.import_module(module), function)(), port=0)


@contextlib.contextmanager
def browser() -> Iterator["Browser"]:
    """Chromium without a window; the test is skipped where there is none."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("本机没有 Chromium 浏览器，跳过网页测试")
    playwright = pytest.importorskip("playwright.sync_api", reason="没有安装 playwright，跳过网页测试")
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=path, args=list(FLAGS))
        try:
            yield opened
        finally:
            opened.close()


@contextlib.contextmanager
def visit(opened: "Browser", address: str, *, width: int = 1366, height: int = 768, dark: bool = False) -> Iterator["Page"]:
    """A fresh visit by a Chinese-speaking reader. Fails if anything is asked of another host, or a dialog opens."""
    context = opened.new_context(
        viewport={"width": width, "height": height},
        locale="zh-CN",
        color_scheme="dark" if dark else "light",
    )
    strangers: list[str] = []
    context.on("request", lambda request: _note(strangers, request.url))
    page = context.new_page()
    page.on("dialog", lambda dialog: (strangers.append(f"dialog {dialog.message}"), dialog.dismiss()))
    try:
        page.goto(address)
        page.get_by_role("button", name="提问").wait_for()
        yield page
        assert strangers == []
    finally:
        context.close()


def _note(strangers: list[str], url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme in ("http", "https", "ws", "wss") and parts.hostname != "127.0.0.1":
        strangers.append(url)


if __name__ == "__main__":
    _serve(sys.argv[1])
