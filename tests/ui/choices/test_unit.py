"""A kernel's, map's or unit's id: what is written is read back, and nothing else is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alexnet.ui.choices.unit import Unit, parsed

UNITS = st.builds(Unit, st.integers(1, 2), st.integers(1, 99_999))


@given(UNITS)
def test_what_is_written_is_read_back(unit):
    assert parsed(unit.id) == unit


def test_an_id_is_the_tower_and_the_number_in_it():
    assert parsed("2-17") == Unit(tower=2, number=17)


@given(st.text() | st.from_regex(r"\d+-\d+\s*", fullmatch=True))
def test_what_is_read_is_what_that_unit_writes(text):
    unit = parsed(text)
    assert unit is None or (unit.id == text and unit.tower in {1, 2} and 1 <= unit.number <= 99_999)


@pytest.mark.parametrize(
    "text",
    [
        *("", "x", "2", "2-", "-17", "2-17-1", "1--1", "+1-1", "1-+1", "1-1.0", "tower1-1"),
        *("0-1", "3-1", "2-0", "2-017", "02-17", "1-100000"),
        pytest.param("1-" + "9" * 5_000, id="a long one"),
        *(" 2-17", "2-17 ", "2-17\n", "٢-١", "２-１７", "2-1٧"),
    ],
)
def test_any_other_text_is_no_unit(text):
    assert parsed(text) is None


@given(UNITS, st.lists(st.integers(1, 60), min_size=1, max_size=2))
def test_towers_have_the_units_that_they_count(unit, counts):
    every = {(tower, number) for tower, count in enumerate(counts, 1) for number in range(1, count + 1)}
    assert unit.within(counts) == ((unit.tower, unit.number) in every)
    assert all(Unit(*one).within(counts) for one in every)
