"""The numbers that a machine computes fastest with, by what its processor says of itself."""

from __future__ import annotations

import pytest

from alexnet.recipes import RECIPES, recipe
from alexnet.runs import precision
from alexnet.runs.config import new


@pytest.fixture
def says(tmp_path, monkeypatch):
    def say(flags: str | None) -> str:
        path = tmp_path / "cpuinfo"
        if flags is not None:
            path.write_text(f"processor\t: 0\nflags\t\t: fpu avx2 {flags}\n", encoding="ascii")
        monkeypatch.setattr(precision, "CPUINFO", path)
        precision.fastest.cache_clear()
        return precision.fastest()

    yield say
    precision.fastest.cache_clear()


def test_sixteen_bits_need_them_in_hardware(says):
    assert says("avx512f") == "float32"
    assert says("avx512f avx512_bf16") == "mixed_bfloat16"
    assert says("amx_bf16") == "mixed_bfloat16"


def test_a_machine_that_does_not_say_computes_with_thirty_two(says):
    assert says(None) == "float32"


def test_a_run_says_which_numbers_it_was_made_for(says):
    for flags, expected in (("amx_bf16", "mixed_bfloat16"), ("", "float32")):
        says(flags)
        made = new("viewer", "fitted_small", recipe("five_minutes"))
        assert made.recipe.precision == expected
    assert [one.id for one in RECIPES if one.precision == "fastest"] == ["half_minute", "five_minutes"]
