"""A network from elsewhere beside the app's own one, in the colour statistics."""

from __future__ import annotations

import numpy as np
import pytest
import streamlit as st

from alexnet.home import folder
from alexnet.kernels import colour
from alexnet.trained import brought, catalogue


@pytest.fixture
def divided() -> str:
    """A file of 48 grey and 48 coloured kernels; returns its network's id."""
    st.cache_resource.clear()
    numbers = np.random.default_rng(0)
    grey = numbers.normal(size=(48, 11, 11, 1)) * np.ones(3)
    coloured = numbers.normal(size=(48, 11, 11, 3))
    coloured -= coloured.mean(axis=3, keepdims=True)
    np.save(folder("weights") / "divided.npy", np.concatenate([grey, coloured]))
    return next(iter(brought.dropped()))


def test_the_same_statistics_of_the_apps_own_network_stand_beside_it_with_what_differs(open_page, divided):
    at = open_page("kernels", model=divided, view="colour", guessed="shown")
    said = " ".join(one.value for one in at.markdown)
    own = colour.analyse(*catalogue.trained().first_kernels())
    assert not at.error
    assert "in 100% of the pairs here" in said and "0.00 and 1.00 here" in said
    assert own.division is not None and f"in {own.division.agreement:.0%} in the app's own network" in said
    medians = " and ".join(f"{tower.median:.2f}" for tower in own.towers)
    assert f"{medians} there" in said
    assert ("**What differs:**" in said) == (own.division.verdict != "divided")
    (table,) = at.table
    assert len(table.value) == 5  # two towers, untrained, and our two


def test_networks_of_the_app_stand_alone(open_page):
    at = open_page("kernels", view="colour")
    assert not any("app's own network" in one.value for one in at.subheader)
