"""Server time of the Kernels page when something is chosen, and how much travels to the browser for it.

    python -m benchmarks.kernels_page [--runs 60]

Each run executes app.py as the server does for one browser tab. For each kind of choice one line of JSON:
wall and processor time in milliseconds, and kilobytes of kernels and maps in a view. ``wall_ms`` also counts
AppTest's own reading of the page. Every choice is new to the server, so that no picture comes from memory.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections.abc import Callable, Iterator, Sequence

import streamlit as st
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from alexnet.data.samples import SAMPLES
from alexnet.ui import components
from benchmarks.layer_table import APP, summary
from pages.kernels import responses
from pages.kernels.first_layer import CHANNELS, CONTRASTS, ORDERS

WARM = 4
"""Runs before the measured ones."""


def kernels() -> Iterator[dict[str, str]]:
    """Another kernel each time."""
    for number in itertools.count():
        yield {"kernel": f"{number % 2 + 1}-{1 + number // 2 % 48}"}


def pictures() -> Iterator[dict[str, str]]:
    """Another picture each time, and another kernel when all were seen."""
    for number in itertools.count():
        kernel = number // len(SAMPLES)
        yield {"image": SAMPLES[number % len(SAMPLES)].id, "kernel": f"2-{48 - kernel % 48}"}


def looks() -> Iterator[dict[str, str]]:
    """Another order, contrast or channel each time."""
    for order, contrast, channel in itertools.cycle(itertools.product(ORDERS, CONTRASTS, CHANNELS)):
        yield {"order": order, "contrast": contrast, "channel": channel}


def epochs() -> Iterator[dict[str, str]]:
    """One epoch after the other, as they play."""
    for epoch in itertools.count():
        yield {"view": "growth", "order": "stored", "epoch": str(epoch % 42)}


CHOICES: dict[str, Callable[[], Iterator[dict[str, str]]]] = {
    "kernel": kernels,
    "picture": pictures,
    "order, contrast, channel": looks,
    "epoch": epochs,
}


class Counter:
    """Counts what a run of the page sends of kernels and maps, in bytes."""

    def __init__(self) -> None:
        self.pictures = 0
        self._send = components.pixels
        setattr(responses, "pixels", self._picture)  # noqa: B010 -- mypy does not see the name there

    def _picture(self, png: bytes, caption: str) -> None:
        self.pictures += len(png)
        self._send(png, caption)

    def take(self, page: AppTest) -> float:
        """Kilobytes of the last run, sheets included."""
        sheets = sum(len(element.proto.bytes) for element in page.main.get("bidi_component"))
        kilobytes = (self.pictures + sheets) / 1000
        self.pictures = 0
        return kilobytes


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Time the redrawing of the Kernels page.")
    parser.add_argument("--runs", type=int, default=60)
    runs = parser.parse_args(words).runs
    PagesManager.uses_pages_directory = False  # as the server's lifespan sets it
    counter = Counter()
    for what, choices in CHOICES.items():
        st.cache_data.clear()
        st.cache_resource.clear()
        page = AppTest.from_file(str(APP), default_timeout=60).run()
        page.switch_page("pages/kernels/page.py").run()
        wall, processor, sent = [], [], []
        for run, choice in zip(range(runs + WARM), choices(), strict=False):
            for name, value in choice.items():
                page.query_params[name] = value
            began, worked = time.perf_counter(), time.process_time()
            page.run()
            took, cost = time.perf_counter() - began, time.process_time() - worked
            if page.exception or page.error:
                raise RuntimeError(f"The page failed at {choice}.")
            kilobytes = counter.take(page)
            if run >= WARM:
                wall.append(1000 * took)
                processor.append(1000 * cost)
                sent.append(kilobytes)
        times = {"wall_ms": summary(wall), "processor_ms": summary(processor)}
        print(json.dumps({"choice": what, "runs": runs, **times, "most_kilobytes": round(max(sent), 1)}))


if __name__ == "__main__":
    main()
