"""What the Kernels page sends to the browser, read back."""

from __future__ import annotations

import io

import numpy as np
from PIL import Image

from tests.pages.sent import sent


def sheets(at):
    """For each sheet of the page its header and its tiles, (tiles, height, width, 3).

    The header has the tiles' places in their tower, from 0, as ``numbers``.
    """
    found = []
    for header, arrays in sent(at):
        header["numbers"] = [int(id.partition("-")[2]) - 1 for id in header["ids"]]
        picture = np.array(Image.open(io.BytesIO(arrays["picture"])).convert("RGB"))
        found.append((header, _cut(picture, len(header["ids"]), header["columns"])))
    return found


def _cut(picture, count, columns):
    height, width = picture.shape[0] // -(-count // columns), picture.shape[1] // columns
    corners = [(height * (place // columns), width * (place % columns)) for place in range(count)]
    return np.stack([picture[top : top + height, left : left + width] for top, left in corners])


def words(at) -> str:
    return "\n".join(block.value for block in at.markdown)


def notes(at) -> str:
    return "\n".join(note.value for note in at.caption)


def weights(tiles):
    """Tiles as weights, each at its own scale."""
    return (tiles.astype(float) - 127) / 127


def own_scale(kernels):
    """(kernels, height, width, 3) of (height, width, 3, kernels), each at its own scale."""
    return np.moveaxis(kernels / np.abs(kernels).max(axis=(0, 1, 2)), 3, 0)
