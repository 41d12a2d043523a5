"""What can be taken away from the Kernels page: tables as CSV, pictures as PNG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.figures.spreadsheet import Cell, as_csv
from alexnet.ui.language import t
from pages.kernels import first_layer
from pages.kernels.first_layer import FirstLayer, Look

Files = dict[str, Callable[[], bytes]]
"""What makes a file, by its name."""


def offer(id: str, files: Files) -> None:
    """A row of buttons; a file is made when its button is pressed.

    Args:
        id: Of the row, for the buttons' keys.
        files: By the file's name; its ending says what it is, and the button shows it.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.markdown(f"**{t('kernels.take_away')}**", width="content")
        for number, (file, made) in enumerate(files.items()):
            st.download_button(
                file,
                made,
                file,
                "text/csv" if file.endswith(".csv") else "image/png",
                key=f"kernels_download_{id}_{number}",
                icon=":material/download:",
                on_click="ignore",
                type="tertiary",
            )


def sheets(layer: FirstLayer, epoch: int, look: Look) -> Files:
    """Each tower's contact sheet."""
    when = "untrained" if epoch == first_layer.DRAWN else f"epoch_{epoch}"
    return {f"kernels_{who}_{when}.png": partial(layer.sheet, who, epoch, look) for who in layer.who}


def table(layer: FirstLayer, epoch: int) -> Callable[[], bytes]:
    """Every kernel's numbers; texts are taken now, in the reader's language."""
    heads = [
        t(f"kernels.column_{id}")
        for id in ("tower", "kernel", "colour", "orientation", "frequency", "norm", "dead")
    ]
    names = {who: first_layer.name(who) for who in layer.who}

    def made() -> bytes:
        rows: list[Sequence[Cell]] = []
        for who in layer.who:
            colour, found = layer.measured(who, epoch), layer.gratings(who, epoch)
            for number in range(len(found.norm)):
                measures = (colour.colour_index, found.orientation, found.frequency, found.norm)
                rows.append(
                    [
                        names[who],
                        number + 1,
                        *(float(values[number]) for values in measures),
                        int(colour.dead[number]),
                    ]
                )
        return as_csv(heads, rows)

    return made


def weights(kernel: NDArray[np.floating]) -> Callable[[], bytes]:
    """One kernel's weights, a line for each position."""
    heads = [t("kernels.column_row"), t("kernels.column_column")]
    heads += [t(f"kernels.channel_{id}") for id in first_layer.CHANNELS[1:]]

    def made() -> bytes:
        height, width, _ = kernel.shape
        places = ((row, column) for row in range(height) for column in range(width))
        return as_csv(
            heads, ([row + 1, column + 1, *map(float, kernel[row, column])] for row, column in places)
        )

    return made
