"""What a published network's first layer would show, before one is here: two medians of the colour index."""

from __future__ import annotations

from alexnet.figures.svg import element, label, picture
from alexnet.figures.theme import NEUTRAL, TOWER_COLOURS

_LEFT, _RIGHT, _LINE = 14.0, 246.0, 58.0
_SIZE = 11.0


def drawing(
    medians: tuple[float, float], untrained: float, ends: tuple[str, str], chance: str, said: tuple[str, str]
) -> str:
    """The picture as SVG, 260 wide.

    Args:
        medians: Of each half of the kernels, 0 (grey) to 1 (pure colour).
        untrained: Where kernels stand that have learned nothing.
        ends: What 0 and 1 are called.
        chance: What ``untrained`` is called.
        said: A title and the same in words, for who does not see it.
    """
    # Steps from grey to the warm tower's colour: a gradient would need an id, which a page could repeat.
    steps = 24
    width = (_RIGHT - _LEFT) / steps
    parts = [
        element(
            "rect",
            x=_LEFT + step * width,
            y=_LINE - 3,
            width=width + 0.3,
            height=6,
            fill=f"color-mix(in srgb, {TOWER_COLOURS[1]} {100 * step // (steps - 1)}%, #8a8a8a)",
        )
        for step in range(steps)
    ]
    at = _at(untrained)
    parts.append(element("line", x1=at, x2=at, y1=39, y2=_LINE + 9, stroke=NEUTRAL, stroke_width=2))
    parts.append(label(chance, (at, 34), _SIZE))
    for value, colour in zip(medians, TOWER_COLOURS, strict=True):
        circle = {"fill": colour, "stroke": "currentColor"}
        parts.append(element("circle", cx=_at(value), cy=_LINE, r=9, **circle))
        parts.append(label(f"{value:.2f}", (_at(value), _LINE - 15), _SIZE, font_weight=700))
    for x, anchor, end in ((4.0, "start", ends[0]), (256.0, "end", ends[1])):
        parts.append(label(end, (x, _LINE + 26), _SIZE, text_anchor=anchor))
    return picture((260, 92), *said, "".join(parts), width="100%")


def _at(value: float) -> float:
    return _LEFT + value * (_RIGHT - _LEFT)
