"""Calibration that was planted is found."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import softmax

from alexnet.studies import calibration
from alexnet.trained.sureness import Bin


def planted(sharpness, pictures=40_000):
    """Answers whose logits are so many times too large: labels are drawn by the honest probabilities."""
    draw = np.random.default_rng(7)
    logits = draw.normal(0, 1.5, (pictures, 4))
    honest = softmax(logits, axis=1)
    labels = (honest.cumsum(axis=1) > draw.random((pictures, 1))).argmax(axis=1)
    return softmax(sharpness * logits, axis=1), honest, labels


@pytest.mark.parametrize("sharpness", [0.5, 1.0, 2.5])
def test_the_planted_temperature_is_found_and_mends_the_answers(sharpness):
    stated, honest, labels = planted(sharpness)
    found = calibration.temperature(stated, labels)
    assert found == pytest.approx(sharpness, rel=0.04)
    np.testing.assert_allclose(calibration.tempered(stated, sharpness), honest, atol=1e-9)
    mended = calibration.gap(calibration.reliability(calibration.tempered(stated, found), labels))
    assert mended < 0.01
    if sharpness > 2:
        assert calibration.gap(calibration.reliability(stated, labels)) > 0.1


def test_a_bin_has_the_mean_and_the_accuracy_of_its_pictures():
    probabilities = np.array([[0.95, 0.05], [0.91, 0.09], [0.3, 0.7], [1.0, 0.0]])
    bins = calibration.reliability(probabilities, np.array([0, 1, 1, 0]))
    assert [one.images for one in bins] == [1, 3]
    assert bins[0] == Bin(1, 0.7, 1.0)
    assert bins[1].stated == pytest.approx((0.95 + 0.91 + 1) / 3)
    assert bins[1].accuracy == pytest.approx(2 / 3)
    by_hand = (1 * 0.3 + 3 * abs(2 / 3 - (0.95 + 0.91 + 1) / 3)) / 4
    assert calibration.gap(bins) == pytest.approx(by_hand)


def test_a_temperature_never_changes_which_answer_is_first():
    stated, _, _ = planted(2.5, 500)
    for value in (0.3, 1, 4):
        cooled = calibration.tempered(stated, value)
        assert (cooled.argmax(axis=1) == stated.argmax(axis=1)).all()
        np.testing.assert_allclose(cooled.sum(axis=1), 1)


def test_an_answer_of_exactly_zero_does_no_harm():
    stated = np.array([[1.0, 0.0], [0.0, 1.0]])
    assert np.isfinite(calibration.tempered(stated, 2.0)).all()
    assert calibration.LEAST <= calibration.temperature(stated, np.array([0, 0])) <= calibration.MOST
