"""The far edge of what windows slide over, pixel by pixel: the last windows, and where the image ends."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from alexnet.architecture.shapes import Windows
from alexnet.figures.svg import element, label, picture
from alexnet.figures.theme import NEUTRAL
from alexnet.figures.windows import begins

_CELL, _BRICK, _GAP = 20.0, 15.0, 4.0  # pixels of the picture
_FONT = 12.0
_LANES = 3  # windows that are drawn, the last ones
_INK = "#10161C"  # on an opaque window


@dataclass(frozen=True)
class Words:
    """The picture's texts in the reader's language.

    Attributes:
        title: What the picture shows, in a few words.
        description: The same in sentences, for readers who do not see it.
        window: Before a window's number, in its hint and on it.
        zero: What stands in a padding pixel, in words.
        outside: What stands in a pixel beyond the padded image, in words.
    """

    title: str
    description: str
    window: str
    zero: str
    outside: str


def edge_picture(along: Windows, words: Words, colour: str, *, pixels: int = 18, beyond: int = 4) -> str:
    """The picture as SVG markup.

    Args:
        along: The windows of one layer along one axis.
        words: Texts; everything is escaped.
        colour: Of the windows.
        pixels: How many of the image's last pixels are shown.
        beyond: How many pixels after its last one there is room for, at least.
    """
    first = along.input - min(pixels, along.input)
    end = along.input + max(beyond, along.end + along.overhang)

    def x(pixel: float) -> float:
        return 1 + (pixel - first) * _CELL

    parts, top = [], 2.0
    shown = list(enumerate(begins(along), start=1))[-_LANES:]
    for number, begin in shown:
        stop = begin + along.kernel
        if stop <= first:
            continue
        left = max(begin, first)
        hint = element("title", escape(f"{words.window} {number}: {begin} … {stop}"))
        last = number == along.output
        box = {"rx": 3, "fill": colour, "fill_opacity": 1 if last else 0.55}
        wide = x(stop) - x(left) - 1.5
        parts.append(element("rect", hint, x=x(left), y=top, width=wide, height=_BRICK, **box))
        at = (x(left) + wide / 2, top + _BRICK - 3.5)
        text = f"{words.window} {number}" if wide > 80 else str(number)
        # The last window is opaque; on the others the page shines through, so its text colour suits them.
        ink = _INK if last else "currentColor"
        parts.append(label(text, at, _FONT - 1, fill=ink, pointer_events="none"))
        top += _BRICK + _GAP
    for pixel in range(first, along.input + along.end + along.overhang):
        parts.append(_cell(pixel, along, words, x(pixel), top))
    bottom = top + _CELL + _FONT + 3
    parts.append(label(str(along.input - 1), (x(along.input - 1) + _CELL / 2, bottom), _FONT))
    parts.append(label(str(first), (x(first) + _CELL / 2, bottom), _FONT))
    size = (x(end) + 1, bottom + 6)
    return picture(
        size, words.title, words.description, "".join(parts), width=f"{size[0]:.0f}", style="max-width:100%"
    )


def _cell(pixel: int, along: Windows, words: Words, left: float, top: float) -> str:
    """A pixel of the image, a padding zero, or a place outside that the last window reaches."""
    inside = pixel < along.input
    padded = not inside and pixel < along.input + along.end
    unused = pixel >= along.input + along.end - along.unused and not along.overhang
    name = str(pixel) if inside else words.zero if padded else words.outside
    settings: dict[str, object] = {"fill": NEUTRAL, "fill_opacity": 0.25 if unused else 0.7}
    if not inside:
        settings = {"fill": "none", "stroke": "currentColor", "stroke_width": 1.4, "stroke_dasharray": "3 2"}
        settings["stroke_opacity"] = 0.3 if unused else 1
    rect = element(
        "rect",
        element("title", escape(name)),
        x=left,
        y=top,
        width=_CELL - 2,
        height=_CELL - 2,
        **settings,
    )
    mark = "0" if padded else "×" if not inside else ""
    return rect + (label(mark, (left + _CELL / 2 - 1, top + _CELL / 2 + 3.5), _FONT) if mark else "")
