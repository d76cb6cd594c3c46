"""Serving the page on one address, with nothing fetched from anywhere else."""

import contextlib
import errno
import socket
import sys
import threading

import gradio as gr
import uvicorn
from fastapi import FastAPI

from assistant.web.assets import script, theme
from assistant.web.page import build_page
from assistant.web.seam import PolicyService
from corpus.errors import PolicyError
from corpus.reading.types import MAX_BYTES

_EVERYWHERE = ("", "0.0.0.0", "::")  # every address of the machine


def serve(assistant: PolicyService, host: str = "127.0.0.1", port: int = 7860) -> None:
    """Serve until interrupted; the address goes to stdout. Raises PolicyError if the port cannot be had."""
    with _listening(host, port) as listening:
        app = web_app(build_page(assistant))
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning"))
        sys.stdout.write(f"政策问答助手已启动：http://{_shown(host)}:{listening.getsockname()[1]}\n")
        if host in _EVERYWHERE:
            sys.stdout.write("同一网络内的其他电脑，请把上述地址中的 127.0.0.1 换成本机的网络地址。\n")
        sys.stdout.write("按 Ctrl+C 停止。\n")
        sys.stdout.flush()
        threading.Thread(target=_warm, args=(assistant,), name="warming", daemon=True).start()
        with contextlib.suppress(KeyboardInterrupt):  # uvicorn raises it again after an orderly stop
            server.run(sockets=[listening])
        sys.stdout.write("政策问答助手已停止。\n")


def _warm(assistant: PolicyService) -> None:
    with contextlib.suppress(PolicyError):  # said where a question needs what cannot be opened
        assistant.warm()


def web_app(page: gr.Blocks) -> FastAPI:
    """The page as an ASGI application: own style, no footer, no API pages, no run history, no telemetry."""
    app: FastAPI = gr.mount_gradio_app(
        FastAPI(docs_url=None, redoc_url=None, openapi_url=None),
        page,
        path="/",
        footer_links=[],
        run_history=False,
        show_error=False,
        enable_monitoring=False,
        mcp_server=False,
        ssr_mode=False,
        pwa=False,
        max_file_size=MAX_BYTES,
        theme=theme(),
        css=script("page.css"),
        js=script("page.js"),
        head=f"<style>{script('stage.css')}{script('print.css')}</style>",  # Gradio rewrites selectors of its `css`, drops @page
    )
    return app


def _listening(host: str, port: int) -> socket.socket:
    if not 0 <= port <= 65535:
        raise PolicyError(f"端口 {port} 不在 0—65535 之间。请在环境变量 POLICY_PORT 中另行指定。")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise PolicyError(f"无法在 {host} 的端口 {port} 上启动：{_trouble(error, port)}") from error


def _trouble(error: OSError, port: int) -> str:
    """What stood in the way and what to do."""
    number = error.errno or 0
    if number == errno.EADDRNOTAVAIL or number < 0:  # negative: the resolver's, not the system's
        return "本机没有这个地址。请改正环境变量 POLICY_HOST；只供本机使用时填 127.0.0.1。"
    known = {errno.EADDRINUSE: "端口已被占用", errno.EACCES: "没有使用该端口的权限"}
    reason = known.get(number, error.strerror or str(error))
    return f"{reason}。请换一个端口：设置环境变量 POLICY_PORT={_next(port)}（或设置文件中的 port），再重新启动。"


def _next(port: int) -> int:
    return port + 1 if 1024 <= port < 65535 else 7861


def _shown(host: str) -> str:
    if host in _EVERYWHERE:
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host
