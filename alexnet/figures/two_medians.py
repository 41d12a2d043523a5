"""What a published network's first layer would show, before one is here: two medians of the colour index."""

from __future__ import annotations

from html import escape

from alexnet.figures.theme import NEUTRAL, TOWER_COLOURS

_LEFT, _RIGHT, _LINE = 14, 246, 58


def drawing(
    medians: tuple[float, float], untrained: float, ends: tuple[str, str], chance: str, said: str
) -> str:
    """The picture as SVG, 260 wide.

    Args:
        medians: Of each half of the kernels, 0 (grey) to 1 (pure colour).
        untrained: Where kernels stand that have learned nothing.
        ends: What 0 and 1 are called.
        chance: What ``untrained`` is called.
        said: The same in words, for who does not see it.
    """
    parts = [
        f'<svg viewBox="0 0 260 92" width="100%" role="img" aria-label="{escape(said)}" '
        'xmlns="http://www.w3.org/2000/svg" font-size="11">',
        '<defs><linearGradient id="real-colour"><stop offset="0" stop-color="#8a8a8a"/>'
        '<stop offset="1" stop-color="#d55e00"/></linearGradient></defs>',
        f'<rect x="{_LEFT}" y="{_LINE - 3}" width="{_RIGHT - _LEFT}" height="6" rx="3" '
        'fill="url(#real-colour)"/>',
        _mark(untrained, NEUTRAL),
    ]
    parts.append(
        f'<text x="{_at(untrained):.0f}" y="34" text-anchor="middle" fill="currentColor">'
        f"{escape(chance)}</text>"
    )
    for value, colour in zip(medians, TOWER_COLOURS, strict=True):
        parts.append(
            f'<circle cx="{_at(value):.1f}" cy="{_LINE}" r="9" fill="{colour}" stroke="currentColor"/>'
        )
        parts.append(
            f'<text x="{_at(value):.1f}" y="{_LINE - 15}" text-anchor="middle" font-weight="700" '
            f'fill="currentColor">{value:.2f}</text>'
        )
    for x, anchor, end in ((4, "start", ends[0]), (256, "end", ends[1])):
        parts.append(
            f'<text x="{x}" y="{_LINE + 26}" text-anchor="{anchor}" fill="currentColor">{escape(end)}</text>'
        )
    return "".join([*parts, "</svg>"])


def _at(value: float) -> float:
    return _LEFT + value * (_RIGHT - _LEFT)


def _mark(value: float, colour: str) -> str:
    x = _at(value)
    return f'<line x1="{x:.1f}" x2="{x:.1f}" y1="39" y2="{_LINE + 9}" stroke="{colour}" stroke-width="2"/>'
