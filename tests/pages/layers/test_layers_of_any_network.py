"""Every view of the Layers page takes any network, also one that no table of ours lists."""

from __future__ import annotations

import textwrap

import pytest
from streamlit.testing.v1 import AppTest

from alexnet.architecture import (
    CLASSROOM,
    PAPER_2012,
    BatchNormalization,
    Convolution,
    Dense,
    Dropout,
    Flatten,
    GlobalAveragePooling,
    LocalResponseNormalization,
    Network,
    Pooling,
)
from alexnet.architecture.document import to_link

SCRIPT = textwrap.dedent(
    """
    import streamlit as st
    from alexnet.architecture.document import from_link
    from alexnet.ui import state
    from pages.layers import compare, questions, table, two_gpus
    from pages.layers.controls import Asked

    state.begin("layers")
    edited = from_link(st.session_state["edited"])
    views = {
        "table": table.draw,
        "compare": compare.draw,
        "towers": two_gpus.draw,
        "quiz": questions.draw,
    }
    views[st.session_state["shown"]](Asked(edited, edited, "My own"))
    state.finish()
    """
)

EDITED = {
    "no_dense": Network("edited", (Convolution("a", 4, 3), Pooling("b")), 9),
    "average": Network(
        "edited",
        (Convolution("a", 4, 3, towers=2, reads="all"), GlobalAveragePooling(), Dense("out", 3)),
        9,
    ),
    "dense_only": Network("edited", (Flatten(), Dense("out", 2, activation="softmax")), 4),
    "nothing_to_choose": Network("edited", (BatchNormalization("norm"), Dropout("drop")), 4),
    "two_towers_to_the_end": Network(
        "edited",
        (
            Convolution("a", 4, 3, towers=2, reads="all"),
            LocalResponseNormalization("n", reads="all"),
            Convolution("b", 6, 3, towers=2, padding="same"),
        ),
        9,
    ),
    "one_colour": Network("edited", PAPER_2012.rows, 227, channels=1),
    "does_not_fit": Network("edited", CLASSROOM.rows, 3),
}


@pytest.mark.parametrize("view", ["table", "compare", "towers", "quiz"])
@pytest.mark.parametrize("name", EDITED)
def test_a_network_of_ones_own_can_stand_in_every_view(name, view):
    at = AppTest.from_string(SCRIPT, default_timeout=20)
    at.query_params["lang"] = "en"
    at.session_state["edited"] = to_link(EDITED[name])
    at.session_state["shown"] = view
    at.run()
    assert not at.exception
    assert len(at.error) <= (name == "does_not_fit")
