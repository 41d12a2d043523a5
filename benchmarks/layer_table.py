"""Server time of the Layers page when the input size changes: the whole script, frame included.

    python -m benchmarks.layer_table [--runs 100]

Each run sets another size and executes app.py as the server does for one browser tab. Prints one line of
JSON: wall and processor time in milliseconds. ``wall_ms`` also counts AppTest's own reading of the page.
"""

from __future__ import annotations

import argparse
import json
import statistics
import time
from collections.abc import Sequence
from pathlib import Path

from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

APP = Path(__file__).resolve().parents[1] / "app.py"


def summary(milliseconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile, one decimal."""
    hundredths = statistics.quantiles(milliseconds, n=100)
    return {"p50": round(statistics.median(milliseconds), 1), "p95": round(hundredths[94], 1)}


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Time the redrawing of the Layers page.")
    parser.add_argument("--runs", type=int, default=100)
    runs = parser.parse_args(words).runs
    PagesManager.uses_pages_directory = False  # as the server's lifespan sets it
    page = AppTest.from_file(str(APP), default_timeout=60).run()
    page.switch_page("pages/layers/page.py").run()
    wall, processor = [], []
    for run in range(runs + 5):
        size = 64 + 7 * run % 448
        page.number_input(key="layers_size").set_value(size)
        began, worked = time.perf_counter(), time.process_time()
        page.run()
        if run >= 5:  # the first ones fill caches
            wall.append(1000 * (time.perf_counter() - began))
            processor.append(1000 * (time.process_time() - worked))
    print(json.dumps({"runs": runs, "wall_ms": summary(wall), "processor_ms": summary(processor)}))


if __name__ == "__main__":
    main()
