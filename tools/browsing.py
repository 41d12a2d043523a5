"""Start the app as a person would, and look at it in a real Chromium: for browser tests and scripts."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

ROOT = Path(__file__).resolve().parents[1]

# Chromium's own background traffic is switched off: no test needs a network, and a classroom may have none.
_FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

# The app is idle when its script has ended, nothing on the page is stale or loading, and charts are drawn.
_IDLE = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    if (!app || app.dataset.testScriptState !== "notRunning") return false;
    if (app.dataset.testConnectionState !== "CONNECTED") return false;
    const loading = '[data-testid="stSkeleton"], [data-testid="stAppSkeleton"], [data-testid="stSpinner"], '
        + '[data-stale="true"]';
    if (document.querySelector(loading)) return false;
    if (!document.querySelector('[data-testid="stMainBlockContainer"] h1')) return false;
    const charts = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
    if (charts.some(chart => !chart.querySelector(".main-svg"))) return false;
    return [...document.images].every(image => image.complete);
}"""


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running_app(
    port: int | None = None,
    home: Path | None = None,
    *,
    seconds: float = 60.0,
    options: tuple[str, ...] = (),
    terminal: Path | None = None,
    script: Path = ROOT / "app.py",
) -> Iterator[str]:
    """A server of its own for the app; yields its address, and ends it afterwards.

    Args:
        port: Where it listens; a free port when None.
        home: Its ``ALEXNET_HOME``; a temporary folder, removed afterwards, when None.
        seconds: How long it may take to answer.
        terminal: A file for what the server prints; a temporary one when None.
        script: What it runs, where that is not the app itself.
        options: Further options of ``streamlit run``, for example ``("--server.maxUploadSize", "5")``.

    Raises:
        RuntimeError: The server ended, or did not answer in time; the message holds what it printed.
    """
    port = free_port() if port is None else port
    address = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory(prefix="alexnet-", ignore_cleanup_errors=True) as scratch:
        log = terminal or Path(scratch) / "server.log"
        environment = os.environ | {
            "ALEXNET_HOME": str(home or Path(scratch) / "home"),
            "PYTHONUTF8": "1",
            "PYTHONUNBUFFERED": "1",
        }
        command = [sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)]
        command += ["--server.headless", "true", *options]
        with log.open("wb") as output:
            server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=output)
        try:
            _await_health(server, address, log, seconds)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(timeout=15)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _await_health(server: subprocess.Popen[bytes], address: str, log: Path, seconds: float) -> None:
    # A proxy of the surroundings must not stand between us and our own machine.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    end = time.monotonic() + seconds
    while server.poll() is None and time.monotonic() < end:
        try:
            with opener.open(f"{address}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    printed = log.read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"no answer from {address} within {seconds:g} s\n{printed}")


def chromium_path() -> str | None:
    """The Chromium to drive: ``$CHROMIUM``, one installed on this machine, or None for Playwright's own."""
    installed = (shutil.which(name) for name in ("chromium", "chromium-browser", "google-chrome", "chrome"))
    return os.environ.get("CHROMIUM") or next((path for path in installed if path), None)


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """A headless Chromium, closed afterwards; ``more`` are flags besides the usual ones."""
    as_root = hasattr(os, "geteuid") and os.geteuid() == 0
    flags = [*_FLAGS, *more, "--no-sandbox"] if as_root else [*_FLAGS, *more]  # root has no sandbox on Linux
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=flags)
        try:
            yield browser
        finally:
            browser.close()


def listen(page: Page, address: str = "http://127.0.0.1:") -> list[str]:
    """A list that fills with the page's errors, and with its requests to any other server."""
    heard: list[str] = []

    def on_console(message: ConsoleMessage) -> None:
        # At a deep link Streamlit's browser side first looks for its server one folder too deep.
        if message.type == "error" and "/_stcore/" not in message.location["url"]:
            heard.append(f"console: {message.text[:300]}")

    def on_request(request: Request) -> None:
        if not request.url.startswith((address, address.replace("http", "ws", 1), "data:", "blob:")):
            heard.append(f"asks another server: {request.url[:200]}")

    page.on("console", on_console)
    page.on("request", on_request)
    page.on("pageerror", lambda error: heard.append(f"script error: {error}"))
    return heard


def wait_until_idle(page: Page, seconds: float = 60.0, *, settled: float = 0.4) -> None:
    """Wait until the app has been idle for ``settled`` seconds without a break.

    Raises:
        TimeoutError: It was still working, loading or unconnected after ``seconds``.
    """
    end = time.monotonic() + seconds
    since: float | None = None
    while time.monotonic() < end:
        now = time.monotonic()
        since = (since or now) if page.evaluate(_IDLE) else None
        if since is not None and now - since >= settled:
            return
        page.wait_for_timeout(50)
    raise TimeoutError(f"the app is not idle after {seconds:g} s: {page.url}")
