"""Bars of parts, one under the other and to one scale: totals, shares, and what fits under a limit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape

from alexnet.figures.svg import element, label, picture

_HEIGHT, _GAP = 26.0, 12.0  # pixels of the picture
_LETTER, _WIDE_LETTER = 0.6, 1.0  # width of a Latin letter and of a Hangul syllable, of the font's size
_DARK, _LIGHT = "#10161C", "#FFFFFF"

Written = Callable[[float], str]


@dataclass(frozen=True)
class Part:
    """A piece of a bar: its name, its size and its colour."""

    name: str
    value: float
    colour: str


@dataclass(frozen=True)
class Bar:
    """A bar: its name, and its parts from left to right."""

    name: str
    parts: Sequence[Part]

    @property
    def total(self) -> float:
        """All parts together."""
        return sum(part.value for part in self.parts)


@dataclass(frozen=True)
class Limit:
    """A line across all bars: its name and where it stands."""

    name: str
    value: float


def bars_picture(
    bars: Sequence[Bar],
    title: str,
    description: str,
    written: Written,
    *,
    limit: Limit | None = None,
    width: float = 900.0,
    font: float = 13.0,
) -> str:
    """The picture as SVG markup.

    Args:
        bars: One or more.
        title: What the picture shows, in a few words.
        description: The same in sentences, for readers who do not see it.
        written: How a value is written, with its unit.
        limit: A line that bars may cross.
        width: Of the picture in its own pixels: fewer for a phone, so that text stays legible.
        font: Size of the text in the same pixels.
    """
    most = max([bar.total for bar in bars] + ([limit.value] if limit else [])) or 1.0
    scale = (width - 2) / most
    head = font + 9 if limit else 0.0
    parts: list[str] = []
    top = head
    for bar in bars:
        parts.append(_heading(bar.name, written(bar.total), top + font, font))
        parts += _bar(bar, top + font + 5, scale, font, written)
        top += font + 5 + _HEIGHT + _GAP
    if limit:
        x = limit.value * scale
        line = {"stroke": "currentColor", "stroke_width": 2, "stroke_dasharray": "5 3"}
        parts.append(element("line", x1=x, y1=font + 4, x2=x, y2=top - _GAP + 4, **line))
        anchor = "end" if x > width / 2 else "start"
        text = f"{limit.name}: {written(limit.value)}"
        parts.append(label(text, (x, font), font, text_anchor=anchor, font_weight=700))
    return picture((width, top - _GAP + 6), title, description, "".join(parts), width="100%")


def legend(parts: Sequence[Part]) -> str:
    """The names of the parts with their colours, as HTML that wraps."""
    square = "display:inline-block;width:.8rem;height:.8rem;border-radius:.2rem;margin-right:.35rem"
    entries = "".join(
        f'<span style="display:inline-block;white-space:nowrap;margin-right:1.1rem">'
        f'<i aria-hidden="true" style="{square};background:{part.colour}"></i>{escape(part.name)}</span>'
        for part in parts
    )
    return f'<div style="font-size:.875rem">{entries}</div>'


def _heading(name: str, total: str, y: float, font: float) -> str:
    """A bar's name, and behind it how much it is."""
    behind = element("tspan", escape(total), dx=font * 0.8, font_weight=400)
    settings = {"font_size": font, "font_weight": 600, "fill": "currentColor"}
    return element("text", escape(name) + behind, x=1, y=y, **settings)


def _bar(bar: Bar, top: float, scale: float, font: float, written: Written) -> list[str]:
    drawn, left = [], 0.0
    for part in bar.parts:
        if not part.value:
            continue
        wide = part.value * scale
        share = part.value / bar.total
        block = element(
            "rect",
            element("title", escape(f"{part.name}: {written(part.value)} ({share:.1%})")),
            x=left,
            y=top,
            width=max(wide - 1.5, 0.5),
            height=_HEIGHT,
            rx=min(3.0, wide / 3),
            fill=part.colour,
        )
        drawn.append(block)
        alone = len(bar.parts) == 1  # then the bar's own name and number say it all
        for text in () if alone else (f"{part.name} {share:.0%}", f"{share:.0%}"):
            if _length(text, font) + 6 < wide:
                at = (left + wide / 2, top + _HEIGHT / 2 + font * 0.36)
                drawn.append(label(text, at, font, fill=_ink(part.colour), pointer_events="none"))
                break
        left += wide
    return drawn


def _length(text: str, font: float) -> float:
    return font * sum(_WIDE_LETTER if "가" <= letter <= "힣" else _LETTER for letter in text)


def _ink(colour: str) -> str:
    """Dark or light text, whichever contrasts more with a colour (WCAG 2's relative luminance)."""
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return _DARK if luminance > 0.179 else _LIGHT
