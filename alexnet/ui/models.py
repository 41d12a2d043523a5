"""Trained networks in memory, shared by all viewers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import streamlit as st

from alexnet.weights import shipped

if TYPE_CHECKING:
    from alexnet.inference import Predictor


@st.cache_resource(max_entries=2, show_spinner=False)
def predictor() -> Predictor:
    """The shipped network. The first call loads TensorFlow, unless the warm-up has.

    Raises:
        DataError: Its files are missing or damaged.
    """
    from alexnet import inference

    return inference.shipped()


@st.cache_resource(show_spinner=False)
def model_card() -> Mapping[str, object]:
    """What the shipped network says of itself: ``assets/models/shipped/model_card.json``.

    Raises:
        DataError: It is missing or damaged.
    """
    return shipped.card()
