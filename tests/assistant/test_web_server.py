"""What is served, and what is said when it cannot be."""

import re
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

import assistant.web
from assistant.web import serve
from corpus.errors import LibraryError, PolicyError
from tests.assistant.fake_assistant import FakeAssistant
from tests.browser import ROOT, served

FAKE = "tests.assistant.fake_assistant:FakeAssistant"
STATIC = Path(assistant.web.__file__).parent / "static"


def test_exported_names() -> None:
    assert assistant.web.__all__ == ["build_page", "serve"]


def test_a_port_in_use_is_said_with_what_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PolicyError, match=f"端口 {port} .*已被占用.*POLICY_PORT=({port + 1}|7861)"):
            serve(FakeAssistant(), port=port)


@pytest.mark.parametrize(
    ("host", "port", "said"), [("no.such.host.invalid", 7860, "没有这个地址"), ("127.0.0.1", 70000, "65535")]
)
def test_an_address_that_cannot_be_had_is_said(host: str, port: int, said: str) -> None:
    with pytest.raises(PolicyError, match=said):
        serve(FakeAssistant(), host=host, port=port)


def test_the_address_is_said_and_an_interrupt_ends_it_in_order() -> None:
    command = [sys.executable, "-m", "tests.browser", FAKE]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", cwd=ROOT)
    with process:
        assert process.stdout and process.stderr
        first = process.stdout.readline()
        address = first.strip().removeprefix("政策问答助手已启动：")
        assert httpx.get(address, trust_env=False, timeout=30).status_code == 200
        process.send_signal(signal.SIGINT)
        rest, complaints = process.communicate(timeout=30)
    assert rest.endswith("政策问答助手已停止。\n") and process.returncode == 0
    assert "Traceback" not in complaints


def test_nothing_served_names_another_host_to_load_from_and_no_api_is_shown() -> None:
    with served(FAKE) as address:
        page = httpx.get(address, trust_env=False).text
        info = httpx.get(f"{address}gradio_api/info", trust_env=False).json()
        style = httpx.get(f"{address}theme.css", trust_env=False).text
    loads = re.findall(r'<(?:script|link|img|iframe)[^>]*(?:src|href)="(https?:)?//', page)
    assert loads == [] and "googleapis" not in page and "cdnjs" not in page
    assert not re.search(r"url\(['\"]?https?:|@import", style)
    assert info["named_endpoints"] == {} and '"analytics_enabled":false' in page.replace(" ", "")


def test_our_static_files_name_no_address_and_no_dangerous_sink() -> None:
    for path in STATIC.iterdir():
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"https?://|//[a-z]+\.|@import|url\(", text), path
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text), path


class Slow(FakeAssistant):
    """Opens its parts until it is told to stop, then fails."""

    def __init__(self) -> None:
        super().__init__()
        self.began, self.stop, self.ended = threading.Event(), threading.Event(), threading.Event()

    def warm(self) -> None:
        self.began.set()
        self.stop.wait(30)
        self.ended.set()
        raise LibraryError("词表无法读取。")


def test_what_the_first_question_needs_is_opened_beside_the_serving(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = Slow()

    def served_at_once(_: uvicorn.Server, sockets: list[socket.socket]) -> None:
        assert slow.began.wait(30) and not slow.ended.is_set()

    monkeypatch.setattr(uvicorn.Server, "run", served_at_once)
    monkeypatch.setattr("assistant.web.server.build_page", lambda _: None)
    monkeypatch.setattr("assistant.web.server.web_app", lambda _: FastAPI())
    failures: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", failures.append)
    serve(slow, port=0)
    slow.stop.set()
    for thread in threading.enumerate():
        if thread.name == "warming":
            thread.join(30)
    assert slow.ended.is_set() and failures == []
