"""What a term of classroom use does to trainings, in twenty minutes: ``python -m tools.soak --out FILE``.

Real processes are killed at random moments or held as by a computer's sleep, a disk becomes full, run folders
are torn, two apps share one data folder. Everything is drawn from ``--seed``, so that what went wrong can be
had again. The result is a small JSON file; the exit code is 1 when anything in it is a problem.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from streamlit.logger import set_log_level

from alexnet.runs import run
from tools import damage, full_disk, kills, sleep, two_apps


def main() -> int:
    """Do it all and write down what was seen."""
    given = _parser().parse_args()
    begun = time.monotonic()
    set_log_level("CRITICAL")  # pages without a server: Streamlit warns of each, and prints what we count
    with own_home():
        expected = kills.undisturbed()
        (whole,) = run.runs()
        used = sum(file.stat().st_size for file in whole.path.rglob("*") if file.is_file()) // 1024
        torn = asdict(damage.live_with_damage(whole, given.folders, given.seed, resumed=given.resumed))
        say(f"{given.folders} damaged folders: {torn['states']}, resumed {torn['trained']}")
    result: dict[str, Any] = {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "command": " ".join(["python", "-m", "tools.soak", *sys.argv[1:]]),
        "machine": machine(),
        "seed": given.seed,
        "kills": kill_many(given.kills, given.seed, expected),
        "full_disk": full_disks([used * part // 100 for part in given.disks], expected),
        "damaged_folders": torn,
    }
    with own_home():
        result["sleep"] = asdict(sleep.sleep(expected))
        say(f"sleep: {result['sleep']}")
    with own_home():
        result["two_apps"] = asdict(two_apps.share(given.runs))
        say(f"two apps: {result['two_apps']}")
    result["seconds"] = round(time.monotonic() - begun)
    problems = sorted(_problems(result))
    result["problems"] = len(problems)
    given.out.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    say("\n".join(problems) or f"no problems, {result['seconds']} s")
    return 1 if problems else 0


def kill_many(count: int, seed: int, expected: dict[str, bytes]) -> dict[str, Any]:
    """So many kills, each in a data folder of its own; the kill number n is drawn from ``seed + n``."""
    outcomes = []
    for number in range(count):
        kill = kills.random_kill(seed + number)
        with own_home():
            outcomes.append(outcome := kills.survive(kill, expected))
        say(f"kill {number + 1} of {count}: {outcome}")
    return {
        "count": count,
        "seeds": [seed, seed + count - 1],
        "victims": dict(Counter(one.kill.victim for one in outcomes)),
        "hit": dict(Counter(one.kill.victim for one in outcomes if one.hit)),
        "ended": dict(Counter(" ".join(filter(None, (one.state, one.reason))) for one in outcomes)),
        "resumed": sum(one.resumed for one in outcomes),
        "same_weights": sum(not one.problems for one in outcomes),
        "problems": [
            f"seed {seed + number}: {problem}"
            for number, one in enumerate(outcomes)
            for problem in one.problems
        ],
    }


def full_disks(sizes: list[int], expected: dict[str, bytes]) -> list[dict[str, Any]]:
    """A run on disks of these sizes, in KiB; on a machine that mounts none, why not."""
    seen: list[dict[str, Any]] = []
    for size in sizes:
        try:
            seen.append(asdict(full_disk.fill(size, expected)))
        except full_disk.NoMountError as error:
            seen.append({"kilobytes": size, "not_done": str(error), "problems": ()})
        say(f"full disk: {seen[-1]}")
    return seen


@contextmanager
def own_home() -> Iterator[None]:
    """A data folder of its own, removed afterwards."""
    with (
        tempfile.TemporaryDirectory(prefix="alexnet-soak-", ignore_cleanup_errors=True) as home,
        kills.home_at(Path(home)),
    ):
        yield


def machine() -> str:
    """What it ran on."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        names = [
            line for line in info.read_text(encoding="utf-8").splitlines() if line.startswith("model name")
        ]
        model = names[0].partition(": ")[2] if names else model
    return f"{os.cpu_count()} cores of {model}, {platform.system()}, Python {platform.python_version()}"


def say(text: str) -> None:
    """Print at once: a soak is long."""
    print(text, flush=True)


def _problems(content: object) -> Iterator[str]:
    if isinstance(content, dict):
        for name, value in content.items():
            if name == "problems":
                yield from map(str, value)
            else:
                yield from _problems(value)
    elif isinstance(content, list):
        for value in content:
            yield from _problems(value)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tools.soak", description=__doc__.split("\n", 1)[0])
    parser.add_argument("--out", type=Path, required=True, help="the JSON file for the result")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--folders", type=int, default=200, help="run folders to damage")
    parser.add_argument("--resumed", type=int, default=10, help="damaged runs to resume")
    parser.add_argument("--runs", type=int, default=6, help="runs that two apps share")
    parser.add_argument(
        "--disks",
        type=int,
        nargs="*",
        default=[30, 60, 90, 120],
        help="sizes of a disk that becomes full, in hundredths of what a run leaves behind",
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
