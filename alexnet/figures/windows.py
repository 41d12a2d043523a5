"""The windows of one layer along one axis, to scale: where each begins, what hangs over, what is left over.

Windows overlap, so they lie on lanes like the bricks of a wall: two on one lane never touch. The band under
them is what they slide over: padding, pixels, padding.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from alexnet.architecture.shapes import Windows
from alexnet.figures.svg import element, label, picture
from alexnet.figures.theme import NEUTRAL

_BRICK, _GAP, _BAND, _MARGIN = 11.0, 3.0, 14.0, 14.0  # pixels of the picture

Scale = Callable[[float], float]


@dataclass(frozen=True)
class Words:
    """The picture's texts in the reader's language.

    Attributes:
        title: What the picture shows, in a few words.
        description: The same in sentences, for readers who do not see it.
        window: Before a window's number, in its hint.
        padding: The name of the zeros around the image.
        overhang: What hangs over, its pixels included; shown only where something does.
        unused: What no window sees, its pixels included; shown only where there is something.
    """

    title: str
    description: str
    window: str
    padding: str
    overhang: str
    unused: str


def begins(along: Windows) -> range:
    """Where each window begins, in pixels from the first pixel; negative in the padding."""
    return range(-along.begin, -along.begin + along.output * along.stride, along.stride)


def lanes(along: Windows) -> int:
    """How many lanes keep windows apart, so that two on one lane do not even touch."""
    return min(along.kernel // along.stride + 1, along.output)


def windows_picture(
    along: Windows,
    words: Words,
    colour: str,
    *,
    width: float = 900.0,
    font: float = 13.0,
    span: tuple[int, int] | None = None,
) -> str:
    """The picture as SVG markup.

    Args:
        along: The windows of one layer along one axis.
        words: Texts; everything is escaped.
        colour: Of the windows: that of the kind of layer.
        width: Of the picture in its own pixels: fewer for a phone, so that text stays legible.
        font: Size of the text in the same pixels.
        span: The first pixel and the end of what the width stands for, so that pictures can be compared; by
            default all that there is.
    """
    edge = along.input + along.end
    first, end = span or (-along.begin, edge + along.overhang)
    scale = (width - 2 * _MARGIN) / (end - first)

    def x(pixel: float) -> float:
        return _MARGIN + (pixel - first) * scale

    top = font + 8.0
    band = top + lanes(along) * (_BRICK + _GAP)
    bottom = band + _BAND + font + 4.0
    parts = [*_bricks(along, words, colour, x, top), *_band(along, words, x, band)]
    if along.overhang:
        box = {"fill": "none", "stroke": "currentColor", "stroke_width": 1.5, "stroke_dasharray": "4 3"}
        parts.append(_block(x(edge), x(edge + along.overhang), top - 3, band + _BAND, words.overhang, **box))
    if along.unused:
        grey = {"fill": "currentColor", "fill_opacity": 0.55}
        parts.append(_block(x(edge - along.unused), x(edge), top - 3, band + _BAND, words.unused, **grey))
    if along.overhang or along.unused:
        text = words.overhang if along.overhang else words.unused
        parts.append(label(text, (width - 2, font), font, text_anchor="end", font_weight=700))
    parts.append(label("0", (x(0), bottom), font))
    parts.append(label(f"{along.input:,}", (x(along.input), bottom), font))
    return picture((width, bottom + 10), words.title, words.description, "".join(parts), width="100%")


def _bricks(along: Windows, words: Words, colour: str, x: Scale, top: float) -> list[str]:
    bricks = []
    for number, begin in enumerate(begins(along)):
        y = top + number % lanes(along) * (_BRICK + _GAP)
        end = begin + along.kernel
        hint = f"{words.window} {number + 1}: {begin} … {end}"
        last = number == along.output - 1
        bricks.append(
            _block(x(begin), x(end), y, y + _BRICK, hint, rx=2, fill=colour, fill_opacity=1 if last else 0.62)
        )
    return bricks


def _band(along: Windows, words: Words, x: Scale, top: float) -> list[str]:
    """What the windows slide over."""
    bottom, edge = top + _BAND, along.input + along.end
    parts = [_block(x(0), x(along.input), top, bottom, f"{along.input:,}", fill=NEUTRAL, fill_opacity=0.75)]
    for begin, end in ((-along.begin, 0), (along.input, edge)):
        if end > begin:
            dashed = {"fill": "none", "stroke": NEUTRAL, "stroke_width": 1.5, "stroke_dasharray": "3 2"}
            parts.append(_block(x(begin), x(end), top, bottom, f"{words.padding}: {end - begin}", **dashed))
    return parts


def _block(left: float, right: float, top: float, bottom: float, hint: str, **attributes: object) -> str:
    return element(
        "rect",
        element("title", escape(hint)),
        x=left,
        y=top,
        width=max(right - left, 1.0),
        height=bottom - top,
        **attributes,
    )
