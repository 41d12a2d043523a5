"""How long after the server's start is the first page on screen in a real Chromium?

    python benchmarks/first_page.py [--runs 5]

Chromium is started beforehand, as a teacher's browser is already open; every run is a new server and a
new browser profile with an empty cache. The first figure ends when the server answers, the second when the
heading of the Home page is visible, the third when the photograph before the network under it is.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

from tools.browsing import ROOT, chromium, free_port

POLL = 0.02  # seconds


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    """Return as soon as the server answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    while server.poll() is None:
        try:
            with opener.open(f"{address}/_stcore/health", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(POLL)
    raise RuntimeError("the server ended")


def measure(browser) -> tuple[float, float, float]:
    """Seconds from the start of one new server: it answers, the heading is visible, the picture is."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    context = browser.new_context(locale="ko-KR", viewport={"width": 1280, "height": 900})
    page = context.new_page()
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", str(port)]
        command += ["--server.headless", "true"]
        begin = time.perf_counter()
        server = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | {"ALEXNET_HOME": home},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_for(address, server)
            answered = time.perf_counter() - begin
            page.goto(address, wait_until="commit")
            page.get_by_role("heading", level=1).wait_for(timeout=60_000)
            heading = time.perf_counter() - begin
            page.locator(".photo canvas").wait_for(timeout=60_000)
            picture = time.perf_counter() - begin
        finally:
            server.terminate()
            server.wait(timeout=15)
            context.close()
    return answered, heading, picture


def main() -> None:
    """Print a table, one line for each figure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores{load}, {runs} servers")
    with chromium() as browser:
        results = [measure(browser) for _ in range(runs)]
    names = ("server answers", "heading visible", "picture visible")
    for name, times in zip(names, zip(*results, strict=True), strict=True):
        middle, best, worst = statistics.median(times), min(times), max(times)
        print(f"{name:16}  median {middle:.2f} s  best {best:.2f} s  worst {worst:.2f} s")


if __name__ == "__main__":
    main()
