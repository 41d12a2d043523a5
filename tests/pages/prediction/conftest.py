"""Few labelled pictures, so that a network is asked about all of them in a moment."""

from __future__ import annotations

import numpy as np
import pytest
import streamlit as st

from alexnet.data.labelled import Labelled
from alexnet.data.ten_classes import ten_classes

FEW = 40


@pytest.fixture
def few(monkeypatch):
    """Forty of the pictures in the app, by part; nothing is known of them yet."""
    whole = ten_classes()

    def pictures(part):
        kind = "train" if part == "train" else "test"
        images, labels = getattr(whole, f"{kind}_images"), getattr(whole, f"{kind}_labels")
        chosen = np.arange(0, len(images), len(images) // FEW)
        return Labelled(f"few_{part}", images[chosen], labels[chosen])

    monkeypatch.setattr("alexnet.trained.shipped.pictures", pictures)
    st.cache_resource.clear()
    yield pictures
    st.cache_resource.clear()
