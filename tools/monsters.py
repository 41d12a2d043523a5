"""Networks that nobody should ask a server for, one after the other: ``python -m tools.monsters --out FILE``.

Random ones within the limits of a document, by link and by uploaded file, and known ones much enlarged from a
terminal. Each is opened in a real Chromium on the view that computes most with it. Afterwards the server must
live, answer, and hold no more memory than a few ordinary views made it hold. The result is a small JSON file;
the exit code is 1 when something in it is a problem.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import Page

from alexnet.architecture import CLASSROOM, NETWORKS, Convolution, Dense, GlobalAveragePooling, Network
from alexnet.architecture.document import to_link, to_text
from alexnet.architecture.shapes import trace_until_failure
from alexnet.language import text
from tools.browsing import ROOT, chromium, free_port, running_app, wait_until_idle
from tools.soak import machine, say

_GROWTH = 300 * 2**20
"""Bytes by which the server's own process may have grown when it is over."""

_PATIENCE = 150  # seconds for one view
_REFUSED = (
    "stAlertContentInfo"  # what stands above a lesson, or in the editor, where a network is beyond the budget
)
_PLAIN = ("zeros", "he_normal")


def main() -> int:
    """Do it all and write down what was seen."""
    parser = argparse.ArgumentParser(prog="python -m tools.monsters", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--out", type=Path, required=True, help="the JSON file for the result")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=30)
    given = parser.parse_args()
    begun = time.monotonic()
    chance = random.Random(given.seed)
    port, problems = free_port(), []
    with running_app(port) as address, chromium() as browser:
        page = browser.new_page()
        server = _listening(port)
        for rule in _PLAIN:  # what an ordinary lesson makes it hold
            _look(page, f"{address}/initializers?lang=en&view=signal&network=classroom&rules={rule}")
        before, seen, most = server.memory_info().rss, Counter[str](), 0
        for number, (how, network) in enumerate(_monsters(chance, given.count), start=1):
            outcome = _by_file(page, address, network) if how == "file" else _by_link(page, address, network)
            seen[f"{how}: {outcome}"] += 1
            most = max(most, server.memory_info().rss)
            say(f"{number} of {given.count}, {how}: {outcome}, server {most // 2**20} MiB at most")
        after = server.memory_info().rss
        _look(page, f"{address}/layers?lang=en")
    if after - before > _GROWTH:
        problems.append(f"the server grew by {(after - before) // 2**20} MiB")
    seen.update(_from_terminal(chance))
    problems += [name for name in seen if name.endswith(("nothing", "accepted"))]
    result: dict[str, Any] = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "command": " ".join(["python", "-m", "tools.monsters", *sys.argv[1:]]),
        "machine": machine(),
        "seed": given.seed,
        "outcomes": dict(sorted(seen.items())),
        "server_megabytes": {"before": before >> 20, "most": most >> 20, "after": after >> 20},
        "seconds": round(time.monotonic() - begun),
        "problems": problems,
    }
    given.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    say("\n".join(problems) or f"no problems, {result['seconds']} s")
    return 1 if problems else 0


def _monsters(chance: random.Random, count: int) -> Iterator[tuple[str, Network]]:
    """Networks whose rows fit, by link or by file."""
    while count:
        rows = [
            Convolution(
                f"conv{number}",
                chance.choice((16, 64, 256, 1024, 4096)),
                chance.choice((1, 3, 11, 64)),
                stride=chance.choice((1, 1, 2)),
                padding="same",
                activation="relu",
            )
            for number in range(1, chance.randint(2, 4))
        ]
        last = (GlobalAveragePooling("average"), Dense("fc", 2, activation="softmax"))
        size = chance.choice((64, 128, 227, 512))
        network = replace(CLASSROOM, id=f"monster_{count}", size=size, rows=(*rows, *last))
        if trace_until_failure(network)[1] is None:
            yield chance.choice(("link", "link", "file")), network
            count -= 1


def _by_link(page: Page, address: str, network: Network) -> str:
    link = f"view=signal&network=mine&rules=zeros&net={to_link(network)}"
    return _look(page, f"{address}/initializers?lang=en&{link}")


def _by_file(page: Page, address: str, network: Network) -> str:
    page.goto(f"{address}/layers?lang=en&view=editor")
    wait_until_idle(page, _PATIENCE)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{network.id}.json"
        file.write_text(to_text(network), encoding="utf-8")
        page.locator('input[type="file"]').set_input_files(file)
        use, refused = page.get_by_text(text("editor.use_initializers", "en")), page.get_by_test_id(_REFUSED)
        use.or_(refused).first.wait_for(timeout=_PATIENCE * 1000)
    wait_until_idle(page, _PATIENCE)
    if refused.count():
        return "refused"
    use.click()
    wait_until_idle(page, _PATIENCE)
    page.get_by_text("Signal", exact=True).first.click()
    wait_until_idle(page, _PATIENCE)
    return _outcome(page)


def _look(page: Page, url: str) -> str:
    page.goto(url)
    wait_until_idle(page, _PATIENCE)
    return _outcome(page)


def _outcome(page: Page) -> str:
    """What the reader sees: refused, ended at a limit, computed, or nothing of these."""
    if page.get_by_test_id(_REFUSED).count():
        return "refused"
    if page.get_by_test_id("stAlertContentError").count():
        return "ended at a limit"
    return "computed" if page.get_by_test_id("stPlotlyChart").count() else "nothing"


def _from_terminal(chance: random.Random) -> Iterator[str]:
    """Known networks, enlarged, in batches of hundreds."""
    for network in NETWORKS:
        batch = chance.choice((256, 512))
        command = ["-m", "alexnet.training", "start", "--network", network.id, "--size", "512"]
        with tempfile.TemporaryDirectory() as home:
            done = subprocess.run(
                [sys.executable, *command, "--batch", str(batch)],
                cwd=ROOT,
                env={**psutil.Process().environ(), "ALEXNET_HOME": home},
                capture_output=True,
                timeout=_PATIENCE,
                check=False,
            )
        yield f"terminal: {'accepted' if done.returncode == 0 else 'refused'}"


def _listening(port: int) -> psutil.Process:
    """The process that serves that port."""
    found = next(
        one
        for one in psutil.process_iter(["cmdline"])
        if "streamlit" in (line := one.info["cmdline"] or []) and str(port) in line
    )
    return psutil.Process(found.pid)


if __name__ == "__main__":
    sys.exit(main())
