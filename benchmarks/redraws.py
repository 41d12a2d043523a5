"""Server time of every page when it is drawn again unchanged: the whole script, frame included.

    python -m benchmarks.redraws [--runs 20]

Executes app.py as the server does for one browser tab. Prints one line of JSON a page: wall and processor
time in milliseconds. The first runs fill the caches and are left out.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence

from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from alexnet.ui.pages import PAGES
from alexnet.ui.server.lifespan import spare_keras
from benchmarks.layer_table import APP, summary

WARM = 3


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Time the redrawing of every page.")
    parser.add_argument("--runs", type=int, default=20)
    runs = parser.parse_args(words).runs
    PagesManager.uses_pages_directory = False  # as the server's lifespan sets it, and
    spare_keras()
    for entry in PAGES:
        page = AppTest.from_file(str(APP), default_timeout=120).run()
        if entry.path:
            page.switch_page(str(entry.file.relative_to(APP.parent))).run()
        wall, processor = [], []
        for run in range(runs + WARM):
            began, worked = time.perf_counter(), time.process_time()
            page.run()
            if run >= WARM:
                wall.append(1000 * (time.perf_counter() - began))
                processor.append(1000 * (time.process_time() - worked))
        print(json.dumps({"page": entry.id, "wall_ms": summary(wall), "processor_ms": summary(processor)}))


if __name__ == "__main__":
    main()
