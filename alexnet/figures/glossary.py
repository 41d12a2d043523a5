"""A tiny picture for each term that a picture explains: 120 by 60, in the colour of the text around it.

They repeat what the sentence beside them says, so readers who hear a page are spared them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from math import exp

from alexnet.figures.svg import Point, element, label, polygon
from alexnet.figures.theme import LAYER_COLOURS, NEUTRAL, TOWER_COLOURS, TRAINING, VALIDATION

SIZE = (120, 60)
_BLUE, _RED = TOWER_COLOURS
_GREEN, _YELLOW = LAYER_COLOURS["convolution"], LAYER_COLOURS["image"]
_RGB = ("#D5403A", "#2A9D3A", "#3567D6")


def picture(id: str) -> str:
    """The picture of a term, as SVG markup without a size of its own; empty where it has none."""
    return _drawn(id) if id in PICTURES else ""


@cache
def _drawn(id: str) -> str:
    return element(
        "svg",
        "".join(PICTURES[id]()),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {SIZE[0]} {SIZE[1]}",
        fill="none",
        stroke="currentColor",
        aria_hidden="true",
    )


def _square(x: float, y: float, side: float, **attributes: object) -> str:
    return element("rect", x=x, y=y, width=side, height=side, **attributes)


def _grid(
    x: float, y: float, side: float, columns: int, rows: int | None = None, **attributes: object
) -> str:
    """Cells of ``side`` pixels from the corner at (x, y)."""
    rows = columns if rows is None else rows
    right, bottom = x + columns * side, y + rows * side
    path = "".join(f"M{x + side * i:g} {y:g}V{bottom:g}" for i in range(columns + 1))
    path += "".join(f"M{x:g} {y + side * i:g}H{right:g}" for i in range(rows + 1))
    return element("path", d=path, **({"stroke_width": 0.75, "opacity": 0.7} | attributes))


def _line(points: Iterable[Point], **attributes: object) -> str:
    return element(
        "polyline",
        points=" ".join(f"{x:.4g},{y:.4g}" for x, y in points),
        **({"stroke_width": 2} | attributes),
    )


def _dot(x: float, y: float, radius: float = 3, colour: str = "currentColor", **attributes: object) -> str:
    return element("circle", cx=x, cy=y, r=radius, fill=colour, **({"stroke": "none"} | attributes))


def _words(text: str, x: float, y: float, size: float = 9) -> str:
    return label(text, (x, y), size, stroke="none", font_weight=600)


def _arrow(begin: Point, end: Point, **attributes: object) -> str:
    """A level arrow."""
    tip = 4 if end[0] > begin[0] else -4
    head = polygon(
        [end, (end[0] - tip, end[1] - 3), (end[0] - tip, end[1] + 3)], fill="currentColor", stroke="none"
    )
    return _line([begin, (end[0] - tip, end[1])], **({"stroke_width": 1.5} | attributes)) + head


def _bell(middle: float, width: float, height: float, floor: float, reach: float = 3) -> list[Point]:
    """A normal distribution's curve; ``width`` is its standard deviation."""
    steps = [reach * (i / 12 - 1) for i in range(25)]
    return [(middle + width * s, floor - height * exp(-s * s / 2)) for s in steps]


def _axes() -> str:
    return _line([(12, 5), (12, 54), (114, 54)], stroke_width=1, opacity=0.6)


def _accuracy() -> Iterable[str]:
    for place in range(10):
        x, y = 20 + 20 * (place % 5), 18 + 24 * (place // 5)
        if place in (3, 7):
            yield element("path", d=f"M{x - 5} {y - 5}l10 10m0 -10l-10 10", stroke=_RED, stroke_width=2.5)
        else:
            yield element("path", d=f"M{x - 6} {y}l4 5l8 -10", stroke=_GREEN, stroke_width=2.5)


def _relu() -> Iterable[str]:
    yield _line([(10, 48), (112, 48)], stroke_width=1, opacity=0.6)
    yield _line([(60, 4), (60, 56)], stroke_width=1, opacity=0.6)
    yield _line([(10, 48), (60, 48), (104, 8)], stroke=_BLUE, stroke_width=3)


def _auc() -> Iterable[str]:
    for row, (colour, places) in enumerate(((_BLUE, (14, 24, 38, 46, 62)), (_RED, (52, 70, 84, 94, 106)))):
        y = 20 + 22 * row
        yield _line([(8, y), (112, y)], stroke_width=0.75, opacity=0.6)
        yield from (_dot(x, y, 4, colour) for x in places)


def _augmentation() -> Iterable[str]:
    for x, way in ((10, 1), (72, -1)):
        yield element("rect", x=x, y=12, width=38, height=36)
        middle = x + 19
        yield polygon(
            [(middle - 13 * way, 42), (middle - 4 * way, 22), (middle + 6 * way, 42)],
            fill=_GREEN,
            stroke="none",
        )
        yield _dot(middle + 10 * way, 21, 4, _YELLOW, stroke="currentColor")
    yield _arrow((52, 30), (69, 30))


def _batch() -> Iterable[str]:
    for place in range(4):
        yield element(
            "rect", x=10 + 7 * place, y=8 + 5 * place, width=30, height=26, fill=NEUTRAL, fill_opacity=0.25
        )
    yield _arrow((66, 30), (88, 30))
    yield _words("w", 101, 34, 14)


def _batch_normalization() -> Iterable[str]:
    yield _line([(4, 50), (52, 50)], stroke_width=1, opacity=0.6)
    yield _line([(72, 50), (118, 50)], stroke_width=1, opacity=0.6)
    yield _line(_bell(36, 4.5, 34, 50), stroke=_RED)
    yield _line(_bell(95, 7.5, 30, 50), stroke=_BLUE)
    yield _arrow((54, 30), (72, 30))
    yield _words("0", 95, 59, 8)


def _channel() -> Iterable[str]:
    for place, colour in enumerate(_RGB):
        x, y = 26 + 18 * place, 6 + 7 * place
        yield _square(x, y, 32, fill=colour, fill_opacity=0.55)
        yield _grid(x, y, 8, 4)


def _colour_index() -> Iterable[str]:
    for place in range(9):
        shade = element("rect", x=12 + 11 * place, y=14, width=11, height=22, stroke="none", fill=NEUTRAL)
        tint = element(
            "rect",
            x=12 + 11 * place,
            y=14,
            width=11,
            height=22,
            stroke="none",
            fill=_RED,
            fill_opacity=place / 8,
        )
        yield shade + tint
    yield element("rect", x=12, y=14, width=99, height=22, stroke_width=1)
    yield _words("0", 14, 50, 11) + _words("1", 108, 50, 11)


def _convolution() -> Iterable[str]:
    yield _grid(6, 9, 7, 6)
    yield _square(13, 16, 21, stroke=_RED, stroke_width=2.5, fill=_RED, fill_opacity=0.2)
    yield _line([(34, 16), (92, 23)], stroke=_RED, stroke_width=0.75)
    yield _line([(34, 37), (92, 30)], stroke=_RED, stroke_width=0.75)
    yield _grid(85, 16, 7, 4)
    yield _square(92, 23, 7, fill=_RED, stroke=_RED)


def _dense_layer() -> Iterable[str]:
    for begin in (10, 23, 36, 49):
        yield from (_line([(30, begin), (90, end)], stroke_width=0.75, opacity=0.6) for end in (15, 30, 45))
        yield _dot(30, begin, 4, NEUTRAL)
    yield from (_dot(90, end, 5, _BLUE) for end in (15, 30, 45))


def _dropout() -> Iterable[str]:
    for place in range(10):
        x, y, off = 20 + 20 * (place % 5), 18 + 24 * (place // 5), place in (1, 2, 5, 8, 9)
        yield _dot(x, y, 7, "none" if off else _BLUE, stroke="currentColor" if off else "none", opacity=0.8)
        if off:
            yield element("path", d=f"M{x - 4} {y - 4}l8 8m0 -8l-8 8", stroke=_RED, stroke_width=2)


def _epoch() -> Iterable[str]:
    yield element("path", d="M78 14A24 20 0 1 0 84 34", stroke=_BLUE, stroke_width=3)
    yield polygon([(70, 5), (86, 13), (72, 22)], fill=_BLUE, stroke="none")
    yield from (_square(44 + 9 * i, 25, 7, fill=NEUTRAL, stroke="none") for i in range(4))


def _fan_in() -> Iterable[str]:
    for begin in (8, 19, 30, 41, 52):
        yield _line([(24, begin), (88, 30)], stroke_width=1, opacity=0.7)
        yield _dot(24, begin, 4, _BLUE)
    yield _dot(92, 30, 7, _RED)


def _fan_out() -> Iterable[str]:
    for end in (8, 19, 30, 41, 52):
        yield _line([(32, 30), (96, end)], stroke_width=1, opacity=0.7)
        yield _dot(96, end, 4, _RED)
    yield _dot(28, 30, 7, _BLUE)


def _feature_map() -> Iterable[str]:
    warm = {(1, 0): 0.3, (2, 1): 0.9, (3, 1): 0.6, (2, 2): 0.5, (4, 3): 0.8, (0, 3): 0.2, (5, 0): 0.4}
    for (column, row), strength in warm.items():
        yield _square(33 + 9 * column, 12 + 9 * row, 9, fill=_GREEN, fill_opacity=strength, stroke="none")
    yield _grid(33, 12, 9, 6, 4)


def _gradient() -> Iterable[str]:
    yield _line([(14 + i * 4.6, 8 + 44 * (1 - ((i - 10) / 10) ** 2)) for i in range(21)])
    yield _line([(18, 8), (46, 55)], stroke=_RED, stroke_width=2)
    yield _dot(31, 30, 4, _RED)


def _initialization() -> Iterable[str]:
    yield _line([(8, 46), (112, 46)], stroke_width=1, opacity=0.6)
    yield _line(_bell(60, 16, 38, 46), stroke=_BLUE)
    yield from (_dot(x, 53, 2, _BLUE) for x in (30, 41, 48, 53, 57, 60, 64, 69, 75, 88))
    yield _words("0", 60, 44, 9)


def _kernel() -> Iterable[str]:
    yield _grid(24, 3, 9, 8, 6)
    yield _square(42, 12, 27, stroke=_RED, stroke_width=2.5, fill=_RED, fill_opacity=0.2)
    yield _grid(42, 12, 9, 3, stroke=_RED, stroke_width=1.5)


def _learning_rate() -> Iterable[str]:
    for left, places in ((6, (0.1, 0.3, 0.47, 0.6)), (66, (0.1, 0.93, 0.04, 0.97))):
        at = [(left + 48 * p, 8 + 44 * (1 - ((p - 0.5) / 0.5) ** 2)) for p in places]
        curve = [i / 16 for i in range(17)]
        yield _line([(left + 48 * p, 8 + 44 * (1 - ((p - 0.5) / 0.5) ** 2)) for p in curve], stroke_width=1)
        yield _line(at, stroke=_BLUE if left == 6 else _RED, stroke_width=1.5)
        yield from (_dot(x, y, 2.5, _BLUE if left == 6 else _RED) for x, y in at)


def _local_response_normalization() -> Iterable[str]:
    for left, heights in ((8, (16, 20, 40, 18, 14)), (74, (5, 7, 38, 6, 4))):
        for place, height in enumerate(heights):
            colour = _RED if place == 2 else NEUTRAL
            yield element(
                "rect", x=left + 8 * place, y=52 - height, width=6, height=height, fill=colour, stroke="none"
            )
    yield _arrow((52, 30), (70, 30))


def _loss() -> Iterable[str]:
    yield _axes()
    yield _line(
        [(12 + 5 * i, 48 - 40 * exp(1 - i / 4) / exp(1)) for i in range(20)], stroke=_BLUE, stroke_width=2.5
    )


def _momentum() -> Iterable[str]:
    yield _line([(10 + i * 5, 8 + 44 * (1 - ((i - 10) / 10) ** 2)) for i in range(21)], stroke_width=1)
    yield _dot(42, 39, 6, _BLUE)
    yield _arrow((50, 26), (84, 26), stroke=_BLUE)


def _overfitting() -> Iterable[str]:
    yield _axes()
    yield _line([(14 + 5 * i, 50 - 40 * exp(-i / 5)) for i in range(20)], stroke=TRAINING, stroke_width=2.5)
    apart = [(14 + 5 * i, 46 - 36 * exp(-i / 4) - 0.11 * max(i - 6, 0) ** 2) for i in range(20)]
    yield _line(apart, stroke=VALIDATION, stroke_width=2.5, stroke_dasharray="5 3")


def _padding() -> Iterable[str]:
    yield _square(42, 12, 36, fill=_BLUE, fill_opacity=0.35, stroke="none")
    yield _grid(33, 3, 9, 6)
    for place in range(6):
        yield _words("0", 37.5 + 9 * place, 10, 7) + _words("0", 37.5 + 9 * place, 55, 7)
        if 0 < place < 5:
            yield _words("0", 37.5, 10 + 9 * place, 7) + _words("0", 82.5, 10 + 9 * place, 7)


def _pooling() -> Iterable[str]:
    yield _grid(12, 9, 21, 2)
    for text, x, y in (("1", 22, 23), ("5", 43, 23), ("0", 22, 44), ("2", 43, 44)):
        yield _words(text, x, y, 12)
    yield _square(33, 9, 21, stroke=_RED, stroke_width=2.5)
    yield _arrow((60, 30), (78, 30))
    yield _square(84, 19, 22, stroke=_RED, stroke_width=2.5) + _words("5", 95, 34, 12)


def _receptive_field() -> Iterable[str]:
    yield _square(6, 6, 48, opacity=0.7)
    yield _square(14, 12, 30, fill=_RED, fill_opacity=0.25, stroke=_RED, stroke_width=2)
    yield _line([(44, 12), (100, 28)], stroke=_RED, stroke_width=0.75)
    yield _line([(44, 42), (100, 32)], stroke=_RED, stroke_width=0.75)
    yield _square(98, 26, 8, fill=_RED, stroke=_RED)


def _seed() -> Iterable[str]:
    yield element("rect", x=40, y=10, width=40, height=40, rx=7, stroke_width=2)
    yield from (_dot(x, y, 3.5) for x, y in ((50, 20), (70, 20), (60, 30), (50, 40), (70, 40)))


def _softmax() -> Iterable[str]:
    for left, heights, colour in ((8, (12, 24, 17, 8), NEUTRAL), (72, (4, 40, 9, 2), _BLUE)):
        for place, height in enumerate(heights):
            yield element(
                "rect", x=left + 11 * place, y=52 - height, width=8, height=height, fill=colour, stroke="none"
            )
    yield _arrow((52, 30), (68, 30))


def _standard_deviation() -> Iterable[str]:
    yield _line([(8, 46), (112, 46)], stroke_width=1, opacity=0.6)
    yield _line(_bell(60, 17, 40, 46), stroke=_BLUE)
    yield _arrow((60, 53), (43, 53)) + _arrow((60, 53), (77, 53))
    yield _line([(60, 6), (60, 46)], stroke_width=0.75, stroke_dasharray="3 2")


def _stride() -> Iterable[str]:
    yield _grid(15, 6, 9, 10, 4)
    yield _square(15, 6, 27, stroke=_BLUE, stroke_width=2.5, fill=_BLUE, fill_opacity=0.2)
    yield _square(51, 6, 27, stroke=_RED, stroke_width=2.5, fill=_RED, fill_opacity=0.2)
    yield _arrow((15, 52), (51, 52))


def _tower() -> Iterable[str]:
    for y, colour in ((6, _BLUE), (34, _RED)):
        for place, (width, height) in enumerate(((8, 20), (12, 17), (15, 14), (15, 14), (20, 9))):
            x = (10, 27, 48, 72, 94)[place]
            yield element(
                "rect",
                x=x,
                y=y + (20 - height) / 2,
                width=width,
                height=height,
                fill=colour,
                fill_opacity=0.6,
            )
    yield _line([(39, 18), (48, 42)], stroke_width=1.5) + _line([(39, 42), (48, 18)], stroke_width=1.5)


def _unit() -> Iterable[str]:
    for begin in (12, 30, 48):
        yield _line([(14, begin), (52, 30)], stroke_width=1.5)
        yield _dot(14, begin, 4, NEUTRAL)
    yield _dot(60, 30, 13, _BLUE, fill_opacity=0.35, stroke="currentColor") + _words("Σ", 60, 35, 14)
    yield _arrow((74, 30), (104, 30))


def _weight_decay() -> Iterable[str]:
    yield _line([(60, 6), (60, 54)], stroke_width=1, opacity=0.6)
    for y, x in ((14, 104), (30, 20), (46, 88)):
        yield _dot(x, y, 4, _BLUE)
        yield _arrow((x + (-7 if x > 60 else 7), y), ((x + 60) / 2, y))


PICTURES: Mapping[str, Callable[[], Iterable[str]]] = {
    "accuracy": _accuracy,
    "auc": _auc,
    "augmentation": _augmentation,
    "batch": _batch,
    "batch_normalization": _batch_normalization,
    "channel": _channel,
    "colour_index": _colour_index,
    "convolution": _convolution,
    "dense_layer": _dense_layer,
    "dropout": _dropout,
    "epoch": _epoch,
    "fan_in": _fan_in,
    "fan_out": _fan_out,
    "feature_map": _feature_map,
    "gradient": _gradient,
    "initialization": _initialization,
    "kernel": _kernel,
    "learning_rate": _learning_rate,
    "local_response_normalization": _local_response_normalization,
    "loss": _loss,
    "momentum": _momentum,
    "overfitting": _overfitting,
    "padding": _padding,
    "pooling": _pooling,
    "receptive_field": _receptive_field,
    "relu": _relu,
    "seed": _seed,
    "softmax": _softmax,
    "standard_deviation": _standard_deviation,
    "stride": _stride,
    "tower": _tower,
    "unit": _unit,
    "weight_decay": _weight_decay,
}
"""By the terms' ids. What no picture makes clearer, as a parameter or a p value, has none."""
