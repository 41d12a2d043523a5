"""A network as a picture: its towers as rows of boxes, and where the towers exchange data.

Drawn from the rows of the architecture and their computed shapes, like the paper's figure 2. A convolution or
pooling is a box whose visible sides grow with the square root of what they stand for: the sides of a map in
pixels, and the number of maps of one tower. (True to scale, the last maps would be lost beside the image.) A
dense layer is a bar whose length grows with the square root of its units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from math import sqrt
from typing import Literal

from alexnet.architecture import Network
from alexnet.architecture.kinds import Group, kind_of
from alexnet.architecture.shapes import LayerShape, trace
from alexnet.figures.svg import Point, element, label, picture, polygon
from alexnet.figures.theme import LAYER_COLOURS, NEUTRAL, TOWER_COLOURS

Direction = Literal["across", "down"]


@dataclass(frozen=True)
class Words:
    """The picture's texts in the reader's language.

    Attributes:
        title: What the picture shows, in a few words.
        description: The same in sentences, for readers who do not see it.
        image: The name of the first box.
        towers: The names of the towers.
        exchange: What the sign between the towers means.
        notes: What is written under that sign, by the layer's name.
    """

    title: str
    description: str
    image: str
    towers: tuple[str, str]
    exchange: str
    notes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Box:
    """One layer of one tower, or the image.

    Attributes:
        name: The row's name, or ``"image"``.
        tower: 0 or 1; None for a layer that is not split.
        shape: (height, width, maps) or (units,) of this tower alone.
        exchange: The layer reads both towers.
        solid: It has weights (a pooling layer and the image have none).
    """

    name: str
    tower: int | None
    shape: tuple[int, ...]
    exchange: bool
    solid: bool


@dataclass(frozen=True)
class _Layout:
    direction: Direction
    pitch: float  # from one layer to the next
    lane: float  # from one tower's axis to the other's
    begin: float  # of the first layer, along
    axis: float  # the middle between the towers
    side: float  # pixels of the picture per square root of a map's pixel
    depth: float  # per square root of the maps
    bar: float  # per square root of the units
    font: float
    slant: float  # how far a box's back is shifted, per its side
    rise: float  # how far up, per that shift


_LAYOUTS = {
    "across": _Layout("across", 104, 200, 64, 226, 10.4, 2.1, 2.5, 17, 0.24, 0.62),
    "down": _Layout("down", 74, 138, 92, 205, 6.4, 1.6, 1.7, 12.5, 0.12, 1.3),
}
_CHANNELS = ("#D64550", "#3A9D5D", "#3F7FD0")  # of an RGB image
_LARGEST = 1.2  # times the size at which its text is as large as the page's
_FULL = (1.0, 0.62, 0.8)  # opacity of a box's front, right and top
_HOLLOW = (0.12, 0.06, 0.03)
_DRAWN: tuple[Group, ...] = ("convolution", "pooling", "dense")


def columns(network: Network) -> tuple[tuple[Box, ...], ...]:
    """The boxes of each drawn layer, the image first: one box, or one for each tower.

    Normalization, dropout and flattening keep or only rearrange the numbers and have no box.

    Raises:
        ShapeError: The network's rows do not fit together.
    """
    result: list[tuple[Box, ...]] = [
        (Box("image", None, (network.size, network.size, network.channels), False, False),)
    ]
    for layer in trace(network):
        if kind_of(layer.row).group in _DRAWN:
            result.append(_column(layer, before=len(result[-1])))
    return tuple(result)


def exchanges(network: Network) -> tuple[str, ...]:
    """The names of the layers that read both towers."""
    return tuple(column[0].name for column in columns(network) if column[0].exchange)


def _column(layer: LayerShape, before: int) -> tuple[Box, ...]:
    row, solid = layer.row, layer.kernel_shape is not None
    exchange = before == 2 and solid and getattr(row, "reads", "own") == "all"
    shape = (*layer.output[:-1], layer.output[-1] // layer.streams)
    towers = (None,) if layer.streams == 1 else range(layer.streams)
    return tuple(Box(row.name, tower, shape, exchange, solid) for tower in towers)


def network_diagram(network: Network, words: Words, direction: Direction = "across") -> str:
    """The picture as SVG markup: ``"across"`` for a wide screen, ``"down"`` for a narrow one.

    Text takes the colour of the page around it, so the picture suits a light and a dark page.

    Raises:
        ShapeError: The network's rows do not fit together.
    """
    layout = _LAYOUTS[direction]
    drawn = columns(network)
    parts = [_towers(words, layout)] if any(len(column) == 2 for column in drawn) else []
    for index, column in enumerate(drawn[1:], start=1):
        parts += [
            _band(layout, index, source, target)
            for source in drawn[index - 1]
            for target in column
            if _connected(source, target)
        ]
    for index, column in enumerate(drawn):
        parts += [_box(layout, index, box, words.image) for box in column]
        parts.append(_name(layout, index, column, words.image))
        if column[0].exchange:
            parts.append(_sign(layout, index, words.exchange, words.notes.get(column[0].name, "")))
    along = layout.begin + layout.pitch * (len(drawn) - 1) + (58 if direction == "across" else 48)
    size = (along, 460.0) if direction == "across" else (350.0, along)
    # As wide as its place, but a network of few layers is not blown up to fill it.
    style = f"max-width:{size[0] * _LARGEST:.0f}px"
    return picture(size, words.title, words.description, "".join(parts), width="100%", style=style)


def _connected(source: Box, target: Box) -> bool:
    return source.tower is None or target.tower is None or source.tower == target.tower or target.exchange


def _colour(box: Box) -> str:
    if box.tower is not None:
        return TOWER_COLOURS[box.tower]
    return NEUTRAL if box.name == "image" else LAYER_COLOURS["dense"]


def _extent(layout: _Layout, box: Box) -> Point:
    """(along, across) of a box's front."""
    if len(box.shape) == 1:
        return 11.0, layout.bar * sqrt(box.shape[0])
    return max(layout.depth * sqrt(box.shape[2]), 12.0), layout.side * sqrt(box.shape[0])


def _middle(layout: _Layout, index: int, box: Box) -> Point:
    """(along, across) of a box's middle."""
    lane = 0.0 if box.tower is None else (box.tower - 0.5) * layout.lane
    return layout.begin + index * layout.pitch, layout.axis + lane


def _place(layout: _Layout, along: float, across: float) -> Point:
    return (along, across) if layout.direction == "across" else (across, along)


def _band(layout: _Layout, index: int, source: Box, target: Box) -> str:
    """What one box gives to another."""
    (from_along, from_across), (to_along, to_across) = (
        _middle(layout, index - 1, source),
        _middle(layout, index, target),
    )
    from_depth, from_side = _extent(layout, source)
    to_depth, to_side = _extent(layout, target)
    begin, end = from_along + from_depth / 2, to_along - to_depth / 2
    corners = (
        (begin, from_across - from_side / 2),
        (end, to_across - to_side / 2),
        (end, to_across + to_side / 2),
        (begin, from_across + from_side / 2),
    )
    crossing = source.tower is not None and target.tower is not None and source.tower != target.tower
    colour = _colour(source) if source.tower is not None or target.tower is None else _colour(target)
    return polygon(
        (_place(layout, *corner) for corner in corners), fill=colour, fill_opacity=0.34 if crossing else 0.16
    )


def _box(layout: _Layout, index: int, box: Box, image: str) -> str:
    along, across = _middle(layout, index, box)
    depth, side = _extent(layout, box)
    width, height = _place(layout, depth, side)
    slant = side * layout.slant if len(box.shape) == 3 else 0.0
    shade = _FULL if box.solid or box.name == "image" else _HOLLOW
    faces = _cuboid(_place(layout, along, across), (width, height), slant, layout, _colour(box), shade)
    if box.name == "image":
        thin = depth / len(_CHANNELS)
        for position, colour in enumerate(_CHANNELS):
            offset = (position - 1) * thin
            faces += _cuboid(
                _place(layout, along + offset, across), _place(layout, thin, side), 0.0, layout, colour, _FULL
            )
    x, y = _place(layout, along, across)
    size = "×".join(str(number) for number in box.shape)
    hint = element("title", escape(f"{image if box.name == 'image' else box.name}: {size}"))
    written = label(size, (x, y + height / 2 + layout.font), layout.font - 1.5, fill_opacity=0.85)
    return element("g", hint + faces + written)


def _cuboid(
    middle: Point, size: Point, slant: float, layout: _Layout, colour: str, shade: tuple[float, float, float]
) -> str:
    """The front, right and top of a box; only the front of a flat one."""
    (x, y), (width, height), rise = middle, size, slant * layout.rise
    left, top, right, bottom = x - width / 2, y - height / 2, x + width / 2, y + height / 2
    front = ((left, top), (right, top), (right, bottom), (left, bottom))
    faces: list[tuple[tuple[Point, ...], float]] = [(front, shade[0])]
    if slant:
        behind = (right + slant, top - rise)
        faces.append((((right, top), behind, (right + slant, bottom - rise), (right, bottom)), shade[1]))
        faces.append((((left, top), (left + slant, top - rise), behind, (right, top)), shade[2]))
    return "".join(
        polygon(
            corners,
            fill=colour,
            fill_opacity=opacity,
            stroke=colour,
            stroke_width=1.2,
            stroke_linejoin="round",
        )
        for corners, opacity in faces
    )


def _name(layout: _Layout, index: int, column: tuple[Box, ...], image: str) -> str:
    name = image if column[0].name == "image" else column[0].name
    weight = 700 if column[0].solid or column[0].name == "image" else 400
    along = layout.begin + index * layout.pitch
    if layout.direction == "across":
        return label(name, (along, 30), layout.font, font_weight=weight)
    return label(name, (8, along + 4), layout.font, font_weight=weight, text_anchor="start")


def _sign(layout: _Layout, index: int, meaning: str, note: str) -> str:
    """Two arrows in a ring, between the towers, just before the layer that reads both; a note under it."""
    x, y = _place(layout, layout.begin + (index - 0.5) * layout.pitch, layout.axis)
    turn = 90 if layout.direction == "across" else 0
    ring = element("circle", cx=x, cy=y, r=13.0, fill=NEUTRAL, fill_opacity=0.92)
    arrows = "M-7 -3H5M2 -6L5 -3L2 0M7 3H-5M-2 0L-5 3L-2 6"
    path = element(
        "path",
        d=arrows,
        fill="none",
        stroke="#FFFFFF",
        stroke_width=1.8,
        stroke_linecap="round",
        transform=f"translate({x:.1f} {y:.1f}) rotate({turn})",
    )
    written = label(note, (x, y + 13 + layout.font), layout.font - 1.5, font_weight=600) if note else ""
    return element("g", element("title", escape(meaning)) + ring + path + written)


def _towers(words: Words, layout: _Layout) -> str:
    """The towers' names with their colours, beside the image."""
    parts = []
    for tower, name in enumerate(words.towers):
        if layout.direction == "across":
            x, y = 10.0, layout.axis + (tower - 0.5) * (layout.lane + 96)
        else:
            x, y = layout.axis + (tower - 0.5) * layout.lane - 32, 20.0
        parts.append(element("rect", x=x, y=y - 12, width=14, height=14, rx=3, fill=TOWER_COLOURS[tower]))
        parts.append(label(name, (x + 21, y), layout.font, font_weight=700, text_anchor="start"))
    return "".join(parts)
