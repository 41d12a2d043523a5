"""The few SVG elements that our pictures need, as text. Everything from outside is escaped here."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import Any

Point = tuple[float, float]


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """One element. ``content`` is markup; attribute names write ``-`` as ``_``, and values are escaped.

    An attribute whose value is None is left out.
    """
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_number(value), quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def label(text: str, at: Point, size: float, **attributes: object) -> str:
    """A line of text around ``at``, in the colour of the text about the picture."""
    settings: dict[str, Any] = {"text_anchor": "middle", "fill": "currentColor"}
    settings.update(attributes)
    return element("text", escape(text), x=at[0], y=at[1], font_size=size, **settings)


def polygon(points: Iterable[Point], **attributes: object) -> str:
    """A closed shape."""
    corners = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
    return element("polygon", points=corners, **attributes)


def picture(size: Point, title: str, description: str, content: str, **attributes: object) -> str:
    """The whole picture, with a title and a description for readers who do not see it."""
    head = element("title", escape(title)) + element("desc", escape(description))
    return element(
        "svg",
        head + content,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_number(size[0])} {_number(size[1])}",
        role="img",
        aria_label=f"{title}. {description}",
        **attributes,
    )


def standalone(markup: str, font: str) -> str:
    """A picture as a file of its own: on white, in dark text, with a font and a size.

    Args:
        markup: What ``picture`` returned.
        font: CSS font families, best first.
    """
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', markup)
    assert found is not None
    width, height = found.groups()
    head, _, rest = re.sub(r' (?:width|style)="[^"]*"', "", markup.partition(">")[0]).partition("<svg")
    style = escape(f"font-family:{font};color:#10161C", quote=True)
    paper = element("rect", width=width, height=height, fill="#FFFFFF")
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{head}<svg{rest} width="{width}" height="{height}" '
        f'style="{style}">{paper}{markup.partition(">")[2]}\n'
    )


def _number(value: object) -> str:
    return f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
