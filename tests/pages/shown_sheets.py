"""What the Kernels page sends to the browser, read back."""

from __future__ import annotations

import numpy as np

from tests.ui.browser.test_packing import unpacked


def sheets(at):
    """For each sheet of the page its header and its tiles, (tiles, height, width, 3)."""
    found = []
    for element in at.main.get("bidi_component"):
        header, arrays = unpacked(element.proto.bytes)
        shape = (len(header["numbers"]), header["height"], header["width"], 3)
        found.append((header, arrays["pixels"].reshape(shape)))
    return found


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
