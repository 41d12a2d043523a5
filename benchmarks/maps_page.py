"""Server time of the Maps page when the picture, the hue, the layer or the chosen map changes.

    python -m benchmarks.maps_page [--runs 40] [--small]

The network has the size of the paper's (227 pixels, random weights), or is the shipped one with ``--small``.
Each run executes app.py as the server does for one browser tab; what an earlier run left in memory is
forgotten, so that every picture is new to a network that is warm. One line of JSON for each kind of change:
wall and processor time (of all cores) of the script in milliseconds, and kilobytes of the pictures that
travel. The last line is the search for the pictures that excite every unit of every layer most.
"""

from __future__ import annotations

import argparse
import itertools
import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from unittest import mock

from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest

from alexnet.architecture import PAPER_2012, with_classes
from alexnet.data.catalogue import CIFAR_10
from alexnet.data.samples import SAMPLES
from alexnet.trained import catalogue
from alexnet.trained.record import Trained
from alexnet.ui import components, frame
from alexnet.ui.browser import tile_sheet
from alexnet.ui.choices import models
from alexnet.ui.server import background
from benchmarks.layer_table import APP, summary
from pages.maps import best, colour, responses, unit
from pages.maps import layers as maps_layers

WARM = 3
"""Runs before the measured ones."""

Choice = dict[str, str]


def pictures() -> Iterator[Choice]:
    """Another picture each time."""
    for entry in itertools.cycle(SAMPLES):
        yield {"view": "picture", "sample": entry.id}


def picture_of_all_versions() -> Iterator[Choice]:
    """The same, with its grey and turned versions and the curve over all hues."""
    for entry in itertools.cycle(SAMPLES):
        yield {"view": "colour", "sample": entry.id}


def hues() -> Iterator[Choice]:
    """Another hue each time."""
    for step in itertools.count():
        yield {"view": "colour", "hue": str(15 * (1 + step % 23))}


def layers() -> Iterator[Choice]:
    """Another layer each time."""
    for name in itertools.cycle(["conv1", "conv2", "conv3", "conv4", "conv5", "fc6", "fc7"]):
        yield {"view": "deeper", "layer": name}


def units() -> Iterator[Choice]:
    """Another map each time."""
    for number in itertools.count():
        yield {"view": "picture", "unit": f"{1 + number % 2}-{1 + number // 2 % 48}"}


CHANGES: dict[str, tuple[Callable[[], Iterator[Choice]], bool]] = {
    "picture": (pictures, True),
    "picture in all versions": (picture_of_all_versions, True),
    "hue": (hues, False),
    "layer": (layers, True),
    "map": (units, False),
}
"""By name: what is chosen, and whether what an earlier run computed is forgotten before."""


def paper() -> Trained:
    """A network of the paper's size with random weights, in the place of the shipped one."""
    from alexnet.network import build
    from alexnet.trained import first_layer
    from alexnet.trained.predictor import Predictor
    from alexnet.weights import store

    network = with_classes(PAPER_2012, len(CIFAR_10.classes))
    weights = store.of(build(network))
    predictor = Predictor(network, weights, CIFAR_10.classes, CIFAR_10.preparation())
    kernels = tuple(weights[name] for name in first_layer.names(network))
    mock.patch.object(models, "predictor", return_value=predictor).start()
    mock.patch.object(models, "first_kernels", return_value=kernels).start()
    model = replace(catalogue.trained(), network=network)
    mock.patch.object(models, "find", return_value=model).start()
    return model


def main(words: Sequence[str] | None = None) -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="Time the redrawing of the Maps page.")
    parser.add_argument("--runs", type=int, default=40)
    parser.add_argument("--small", action="store_true", help="the shipped network")
    given = parser.parse_args(words)
    model = models.find(catalogue.DEFAULT) if given.small else paper()
    network = models.predictor(model).activations()
    sent, spent = [0], [0.0, 0.0]
    _count(sent)
    _time(spent)

    began = time.perf_counter()
    from alexnet.trained import top_images

    found = top_images.search(network, best.images(), model.preparation)
    search = {"seconds": round(time.perf_counter() - began, 1), "images": len(best.images())}
    search["units"] = sum(len(one.values) for one in found.values())
    # The page shows what was found; it is not to look again while it is measured.
    mock.patch.object(background.Jobs, "job", return_value=background.Job(found=found)).start()

    PagesManager.uses_pages_directory = False  # as the server's lifespan sets it
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    page.switch_page("pages/maps/page.py").run()
    for name, (choices, forget) in CHANGES.items():
        wall, processor, kilobytes = [], [], []
        for run, choice in zip(range(given.runs + WARM), choices(), strict=False):
            if forget:
                responses._kept().clear()
                responses._picture.clear()
                colour._curves.clear()
            page.query_params.clear()
            page.query_params.update({"lang": "en", **choice})
            sent[0] = 0
            page.run()
            if page.exception or page.error:
                raise RuntimeError(f"The page failed at {choice}.")
            if run >= WARM:
                wall.append(1000 * spent[0])
                processor.append(1000 * spent[1])
                kilobytes.append(sent[0] / 1000)
        times = {"wall_ms": summary(wall), "processor_ms": summary(processor)}
        line = {"change": name, "size": model.network.size, **times}
        print(json.dumps(line | {"pictures_kb": round(max(kilobytes), 1)}), flush=True)
    print(json.dumps({"search": search, "size": model.network.size}))


def _time(spent: list[float]) -> None:
    """Keep the wall and the processor seconds of each run in ``spent``: the frame with the page in it."""
    draw = frame.draw

    def timed() -> None:
        began, worked = time.perf_counter(), time.process_time()
        draw()
        spent[:] = time.perf_counter() - began, time.process_time() - worked

    mock.patch.object(frame, "draw", timed).start()


def _count(sent: list[int]) -> None:
    """Add up the bytes of the pictures of a run in ``sent``."""
    pixels, show = components.pixels, tile_sheet.show

    def counted_pixels(png: bytes, caption: str, *, brief: bool = False) -> None:
        sent[0] += len(png) * 4 // 3 if brief else len(png)
        pixels(png, caption, brief=brief)

    def counted_show(sheet: tile_sheet.Sheet, *arguments: object, **options: object) -> None:
        sent[0] += len(sheet.picture)
        show(sheet, *arguments, **options)

    for module in (unit, colour):
        mock.patch.object(module, "pixels", counted_pixels).start()
    for module in (maps_layers, best):
        mock.patch.object(module, "show", counted_show).start()


if __name__ == "__main__":
    main()
