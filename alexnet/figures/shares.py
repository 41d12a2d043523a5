"""Which layers hold the parameters, and which do the arithmetic: two bars of 100 %, layer by layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from alexnet.architecture.kinds import Group, kind_of
from alexnet.architecture.shapes import LayerShape
from alexnet.figures.svg import element, label, picture
from alexnet.figures.theme import LAYER_COLOURS

_HEIGHT, _GAP = 30.0, 14.0  # pixels of the picture
_LETTER = 0.62  # width of a letter or digit, of the font's size
_INK = "#10161C"  # on the bars, whose colours are light enough for it in both themes


@dataclass(frozen=True)
class Words:
    """The picture's texts in the reader's language."""

    title: str
    description: str
    parameters: str
    products: str


def share(layers: Sequence[LayerShape], number: str, group: Group) -> float:
    """What part of ``parameters`` or ``multiply_accumulates`` lies in one group of layers, from 0 to 1."""
    total = sum(getattr(layer, number) for layer in layers)
    mine = sum(getattr(layer, number) for layer in layers if kind_of(layer.row).group == group)
    return mine / total if total else 0.0


def shares_picture(
    layers: Sequence[LayerShape], words: Words, *, width: float = 900.0, font: float = 13.0
) -> str:
    """The picture as SVG markup.

    Args:
        layers: All layers of a network, computed.
        words: Texts; everything is escaped.
        width: Of the picture in its own pixels: fewer for a phone, so that text stays legible.
        font: Size of the text in the same pixels.
    """
    parts, top = [], 0.0
    for number, name in (("parameters", words.parameters), ("multiply_accumulates", words.products)):
        parts.append(label(name, (1, top + font), font, text_anchor="start", font_weight=600))
        parts += _bar(layers, number, top + font + 6, width, font)
        top += font + 6 + _HEIGHT + _GAP
    return picture((width, top - _GAP + 8), words.title, words.description, "".join(parts), width="100%")


def _bar(layers: Sequence[LayerShape], number: str, top: float, width: float, font: float) -> list[str]:
    total = sum(getattr(layer, number) for layer in layers) or 1
    parts, left = [], 0.0
    for layer in layers:
        part = getattr(layer, number) / total
        if not part:
            continue
        wide = part * width
        hint = f"{layer.row.name}: {getattr(layer, number):,} ({part:.1%})"
        block = element(
            "rect",
            element("title", escape(hint)),
            x=left,
            y=top,
            width=max(wide - 1.5, 0.5),
            height=_HEIGHT,
            rx=min(3.0, wide / 3),
            fill=LAYER_COLOURS[kind_of(layer.row).group],
        )
        parts.append(block)
        for text in (f"{layer.row.name} {part:.0%}", layer.row.name):
            if len(text) * font * _LETTER < wide:
                at = (left + wide / 2, top + _HEIGHT / 2 + font * 0.36)
                parts.append(label(text, at, font, fill=_INK, pointer_events="none"))
                break
        left += wide
    return parts
