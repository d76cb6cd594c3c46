"""How long a first answer takes: `python -m eval.startup`. Seconds, and multiples of starting Python itself.

Machines differ and are noisy; the multiples of the same run are what may be compared.
"""

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "corpus" / "samples"
RUNS = 5
QUESTION = "谁负责挥发性有机物整治"


def _seconds(work: Callable[[], object]) -> float:
    """The median of RUNS runs."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def _free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


def _page(library: str) -> None:
    """Start the page and wait until it answers."""
    port = _free_port()
    environment = {**os.environ, "POLICY_PORT": str(port)}
    command = [sys.executable, "-m", "assistant", "serve", "--library", library]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5).read()
                return
            except OSError:
                time.sleep(0.02)
        raise RuntimeError("the page did not start")
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as library:
        _run("-m", "assistant", "add", str(SAMPLES), "--library", library)
        rows = [
            ("启动 Python 本身", _seconds(lambda: _run("-c", "pass"))),
            (
                "policy ask（已建索引）",
                _seconds(lambda: _run("-m", "assistant", "ask", QUESTION, "--library", library)),
            ),
            ("网页可访问（policy serve）", _seconds(lambda: _page(library))),
        ]
    base = rows[0][1]
    for name, seconds in rows:
        sys.stdout.write(f"{name}\t{seconds:.2f} 秒\t{seconds / base:.0f} 倍\n")


if __name__ == "__main__":
    main()
