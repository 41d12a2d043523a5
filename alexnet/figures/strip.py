"""Photographs in a row with a network's answers below them, and how each answer went so far: HTML."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from html import escape
from io import BytesIO
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

RIGHT, WRONG = "#009E73", "#CC79A7"
"""Okabe and Ito's bluish green and reddish purple; a sign says the same to whoever cannot tell them apart."""

LEAST, MOST = 66, 88
"""Pixels of a photograph on the screen: twelve stand in one row of a page, and four on a phone."""


class Followed(NamedTuple):
    """One photograph.

    Attributes:
        name: Of the class that is the network's answer.
        sure: Probability of that class, 0 to 1.
        right: Is it right, at each moment so far; the last is the answer's own.
        says: The whole in words.
    """

    name: str
    sure: float
    right: Sequence[bool]
    says: str


def sources(photographs: NDArray[np.uint8]) -> tuple[str, ...]:
    """Addresses that hold the photographs themselves, as PNG.

    Args:
        photographs: ``(n, side, side, 3)``, uint8.
    """
    found = []
    for photograph in photographs:
        buffer = BytesIO()
        Image.fromarray(photograph).save(buffer, "PNG")
        found.append(f"data:image/png;base64,{base64.b64encode(buffer.getvalue()).decode('ascii')}")
    return tuple(found)


def strip(pictures: Sequence[str], followed: Sequence[Followed]) -> str:
    """The photographs, wrapped to the width that there is.

    Args:
        pictures: From ``sources``.
        followed: What is said of each, as many.
    """
    cells = "".join(_cell(picture, one) for picture, one in zip(pictures, followed, strict=True))
    return (
        '<div class="photograph-strip" style="display:grid;gap:6px;grid-template-columns:'
        f'repeat(auto-fill,minmax({LEAST}px,1fr))">{cells}</div>'
    )


def _cell(picture: str, one: Followed) -> str:
    now = one.right[-1]
    colour, sign = (RIGHT, "✓") if now else (WRONG, "✗")
    past = "".join(
        f'<span style="flex:1;height:5px;background:{RIGHT if right else WRONG}"></span>'
        for right in one.right
    )
    return (
        '<figure style="margin:0;text-align:center">'
        f'<img src="{picture}" alt="{escape(one.says)}" title="{escape(one.says)}" '
        f'style="width:100%;max-width:{MOST}px;border:4px solid {colour};border-radius:6px;'
        'image-rendering:pixelated;display:block;margin:auto">'
        f'<div aria-hidden="true" style="display:flex;margin:3px 0">{past}</div>'
        '<figcaption style="font-size:0.875rem;line-height:1.25;overflow-wrap:anywhere">'
        f"<strong>{sign} {escape(one.name)}</strong><br>{100 * one.sure:.0f} %</figcaption></figure>"
    )
