"""Lines of Keras for an augmentation: they run as they stand, and mean what the page shows."""

from __future__ import annotations

import math

import numpy as np
import pytest

from alexnet.data.augmentation import PAPER, Augmentation
from alexnet.data.augmentation_code import generator, layers

ALL = Augmentation(15, 0.1, 0.2, 20, 0.1, True, True, "reflect", 4, 28, 0.1, 8)


@pytest.mark.parametrize("given", [Augmentation(), ALL, PAPER], ids=["nothing", "all", "paper"])
def test_both_run_as_they_stand(given):
    names: dict[str, object] = {}
    exec(generator(given), names)
    exec(layers(given, 32), names)
    pictures = np.random.default_rng(0).uniform(0, 255, (2, 256, 256, 3)).astype(np.float32)
    made = names["augmentation"](pictures, training=True)
    assert made.shape[1] == (given.crop or 256)


def test_the_generator_has_every_knob_of_the_notes_with_its_value():
    names: dict[str, object] = {}
    exec(generator(ALL), names)
    made = names["generator"]
    assert (made.rotation_range, made.width_shift_range, made.height_shift_range) == (15, 0.1, 0.2)
    assert (made.shear_range, made.horizontal_flip, made.vertical_flip) == (20, True, True)
    assert (made.fill_mode, made.rescale) == ("reflect", 1 / 255)
    np.testing.assert_allclose(made.zoom_range, (0.9, 1.1))
    assert "rescale" not in generator(ALL, "standardized")


def test_todays_layers_count_in_turns_and_shares_and_not_in_degrees():
    names: dict[str, object] = {}
    exec(layers(ALL, 32), names)
    by_kind = {type(one).__name__: one for one in names["augmentation"].layers}
    low, high = (math.degrees(angle) for angle in (0, by_kind["RandomRotation"].factor[1] * 2 * math.pi))
    assert (low, high) == (0, pytest.approx(15, abs=0.02))
    assert by_kind["RandomShear"].x_factor[1] == pytest.approx(math.sin(math.radians(20)), abs=1e-4)
    assert by_kind["RandomRotation"].fill_mode == "reflect"


def test_what_keras_has_not_is_named():
    assert "left out, for it has none: margin, crop, colour, erase" in generator(ALL)
    assert "left out, for it has none: margin, colour" in layers(ALL, 32)
    assert "left out" not in generator(Augmentation(rotation=5))
