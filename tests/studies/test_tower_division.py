"""What chance alone makes of the towers' experiment."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.kernels.colour import area_under_curve
from alexnet.studies.tower_division import agreement_by_chance


@pytest.mark.parametrize(("first", "second"), [(32, 32), (48, 48), (8, 20)])
def test_what_chance_alone_makes_two_sides_agree_is_what_random_indices_show(first: int, second: int) -> None:
    draw = np.random.default_rng(0)
    areas = [area_under_curve(draw.random(first), draw.random(second)) for _ in range(4000)]
    assert agreement_by_chance(first, second) == pytest.approx(
        0.5 + np.abs(np.array(areas) - 0.5).mean(), abs=0.004
    )
