"""The part of the Convolution page that computes in the browser, for every view.

Moving a window reruns nothing on the server. Its code lies in ``assets/components/convolution``; pictures,
kernels and texts are its data, never its code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.architecture.shapes import Windows
from alexnet.figures.theme import DIVERGING
from alexnet.ui.browser import parts, tensors

_OWN = (
    *("core", "paint", "stage", "editor"),
    *("slide", "pooling", "neighbours", "colour", "dense", "order"),
    "main",
)

_lesson = st.components.v2.component(
    "alexnet.convolution",
    html='<div class="lesson"></div>',
    css=parts.style("convolution/style"),
    js=parts.script(
        "shared/elements", "shared/arrays", "shared/texts", *(f"convolution/{name}" for name in _OWN)
    ),
)


def show(
    view: str,
    header: Mapping[str, object],
    arrays: Mapping[str, NDArray[np.generic]],
    *,
    picked: Callable[[object], None] | None = None,
) -> None:
    """Draw a view.

    Args:
        view: Its name in ``main.js``.
        header: What it needs beside the arrays.
        arrays: By name, float32 or uint8.
        picked: Called with what the reader picked or typed in it; that may be anything.
    """
    key = f"convolution_shown_{view}"
    given = {
        **header,
        "view": view,
        "texts": parts.texts("convolution"),
        "palette": dict(zip(("low", "zero", "high"), (colour for _, colour in DIVERGING), strict=True)),
    }

    def changed() -> None:
        if picked is not None and (value := st.session_state[key].picked) is not None:
            picked(value)

    _lesson(data=tensors.as_bytes(given, arrays), key=key, on_picked_change=changed)


def geometry(along: Windows) -> dict[str, int]:
    """Where windows stand, as the browser needs it."""
    return {name: int(value) for name, value in asdict(along).items() if name != "quotient"}
