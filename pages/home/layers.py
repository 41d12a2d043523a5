"""A network's layers as the picture on Home needs them: sizes, what a value sees, formulas, links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

from alexnet.architecture import Convolution, Network, Pooling
from alexnet.architecture.shapes import LayerShape, Windows, seen_by, trace
from alexnet.trained import catalogue
from alexnet.trained.stages import Stage, stages

MODEL = {"model": catalogue.DEFAULT}
"""The parameter of links to pages that show a trained network."""


@dataclass(frozen=True)
class Link:
    """A way from a layer into a lesson; the browser adds the photograph, and the unit where it has one.

    Attributes:
        page: Its id.
        picture: The parameter that names the sample photograph.
        query: The other parameters.
        unit: How the link names the chosen map: ``maps`` as ``unit=1-17``, ``convolution`` as
            ``kernel=tower1&number=17``; empty where it names none.
    """

    page: str
    picture: str
    query: Mapping[str, str]
    unit: str = ""


def described(network: Network) -> list[dict[str, object]]:
    """Every layer with weights, in order, ready for JSON."""
    shapes = trace(network)
    places = {shape.row.name: place for place, shape in enumerate(shapes)}
    found: list[dict[str, object]] = []
    streams = 1
    for stage in stages(network):
        place = places[stage.name]
        meets = streams == 2 and getattr(shapes[place].row, "reads", "own") == "all"
        found.append(_one(network, stage, shapes, place) | {"meets": meets})
        streams = stage.towers
    return found


def _one(network: Network, stage: Stage, shapes: tuple[LayerShape, ...], place: int) -> dict[str, object]:
    shape = shapes[place]
    begin, end = seen_by(shapes, stage.name, 0)
    return {
        "name": stage.name,
        "dense": stage.dense,
        "towers": stage.towers,
        "side": 1 if stage.dense else shape.output[0],
        "units": shape.output[-1],
        "field": end - begin,
        "offset": begin,
        "stride": seen_by(shapes, stage.name, 1)[0] - begin,
        "reads": shape.reads,
        "size_formula": "" if shape.windows is None else _size(shape.windows),
        "parameter_formula": _parameters(shape),
        "then": [
            [step.row.name, step.output[0]] for step in _after(shapes, place) if isinstance(step.row, Pooling)
        ],
        "links": [vars(link) for link in links(network, shape)],
    }


def _after(shapes: tuple[LayerShape, ...], place: int) -> list[LayerShape]:
    """The rows without weights that follow a row."""
    found = []
    for shape in shapes[place + 1 :]:
        if shape.kernel_shape is not None:
            break
        found.append(shape)
    return found


def _size(along: Windows) -> str:
    """``⌊(64 − 11 + 2 × 5) / 2⌋ + 1 = 32``."""
    inner = f"({along.input} − {along.kernel} + 2 × {along.begin}) / {along.stride}"
    return f"⌊{inner}⌋ + 1 = {along.output}"


def _parameters(shape: LayerShape) -> str:
    """``2 × (11 × 11 × 3 + 1) × 48 = 34,944``."""
    assert shape.kernel_shape is not None
    *reads, units = shape.kernel_shape
    one = " × ".join(f"{size:,}" for size in reads)
    towers = f"{shape.streams} × " if shape.streams > 1 else ""
    total = shape.streams * (prod(reads) + 1) * units
    return f"{towers}({one} + 1) × {units:,} = {total:,}"


def links(network: Network, shape: LayerShape) -> list[Link]:
    """The lessons that show a layer."""
    row = shape.row
    maps = Link("maps", "sample", {**MODEL, "view": "deeper", "layer": row.name}, "maps")
    layers = Link("layers", "", {"network": network.id, "layer": row.name})
    if isinstance(row, Convolution):
        if row == network.first_convolution:
            window = Link(
                "convolution", "image", {**MODEL, "view": "slide", "detail": "network"}, "convolution"
            )
            return [maps, window, layers]
        return [maps, layers]
    if shape.streams == 1:
        return [
            Link("prediction", "sample", MODEL),
            Link("convolution", "image", {**MODEL, "view": "dense"}),
            maps,
            layers,
        ]
    return [maps, layers]
