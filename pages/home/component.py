"""The picture on Home: a photograph runs through both towers, layer by layer, in the browser.

Steps, another photograph and a chosen map rerun nothing on the server. Its code lies in
``assets/components/home``; pictures and texts are its data, never its code.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from alexnet.architecture import Network
from alexnet.data.classes import Class
from alexnet.data.samples import Sample
from alexnet.figures.theme import LAYER_COLOURS, TOWER_COLOURS
from alexnet.trained.passage import Passage
from alexnet.ui import pages
from alexnet.ui.browser import parts, tensors
from alexnet.ui.language import current_language, t
from pages.home.layers import described

KEY = "home_picture"

_picture = st.components.v2.component(
    "alexnet.home",
    html='<div class="home"></div>',
    css=parts.style("home/style"),
    js=parts.script(
        "shared/elements",
        "shared/arrays",
        "shared/texts",
        *(f"home/{name}" for name in ("geometry", "pixels", "network", "panel", "player", "main")),
    ),
)


@dataclass(frozen=True, eq=False)
class Shown:
    """A photograph that can be sent through the network.

    Attributes:
        id: A sample's, or of the reader's own.
        name: What it shows, or the file's name; in the reader's language.
        passage: Its passage through the network.
        sample: Which sample it is; None: the reader's own.
    """

    id: str
    name: str
    passage: Passage
    sample: Sample | None


def show(network: Network, classes: Sequence[Class], shown: Sequence[Shown], first: str) -> None:
    """Draw the picture, and follow a link that the reader has pressed in it.

    Args:
        network: Its rows.
        classes: What each output unit means, in order.
        shown: The photographs to choose from.
        first: The id of the one that is chosen when the picture is drawn first, or when it is new.
    """
    language = current_language()
    arrays: dict[str, NDArray[np.generic]] = {}
    for one in shown:
        arrays[f"{one.id}/photograph"] = one.passage.photograph
        arrays |= {f"{one.id}/{name}": layer.values for name, layer in one.passage.layers.items()}
    names = [entry.name(language) for entry in classes]
    header = {
        "texts": parts.texts("home"),
        "language": language,
        "towers": TOWER_COLOURS,
        "dense": LAYER_COLOURS["dense"],
        "size": network.size,
        "layers": described(network),
        "pages": {entry.id: t(f"common.page_{entry.id}") for entry in pages.PAGES},
        "classes": names,
        "pictures": [_picture_header(one, classes, names) for one in shown],
        "first": first,
    }
    result = _picture(data=tensors.as_bytes(header, arrays), key=KEY, on_go_change=lambda: None)
    _follow(getattr(result, "go", None))


def _picture_header(one: Shown, classes: Sequence[Class], names: Sequence[str]) -> dict[str, object]:
    truth = None if one.sample is None else one.sample.class_id
    credit = None if one.sample is None else vars(one.sample.credit)
    ids = [entry.id for entry in classes]
    return {
        "id": one.id,
        "name": one.name,
        "own": one.sample is None,
        "credit": credit,
        "truth": None if truth is None else ids.index(truth),
        "layers": {
            name: {"numbers": layer.numbers.tolist(), "peaks": np.round(layer.peaks, 4).tolist()}
            for name, layer in one.passage.layers.items()
        },
        "probabilities": [round(float(share), 5) for share in one.passage.probabilities],
    }


def _follow(asked: object) -> None:
    """Open the lesson that a link leads to, in the same session; what the browser sends may be anything."""
    if not isinstance(asked, Mapping) or not isinstance(asked.get("query"), Mapping):
        return
    id = asked.get("page")
    query = {str(name): str(value) for name, value in asked["query"].items()}
    if isinstance(id, str) and pages.listed(id):
        st.switch_page(pages.page(id), query_params=query)
