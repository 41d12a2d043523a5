"""What is measured of a network's probabilities, on planted answers."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.errors import DataError
from alexnet.studies import sureness
from alexnet.studies.calibration import tempered
from alexnet.trained import shipped
from alexnet.trained import sureness as record
from alexnet.trained.answered import Answered

DRAW = np.random.default_rng(11)


def planted(count, sharpness=2.0, axis=None):
    """Two classes whose hidden responses lie along an axis each, and answers that are too sure."""
    labels = np.arange(count) % 2
    hidden = np.abs(DRAW.normal(0, 0.1, (count, 3)))
    hidden[np.arange(count), labels if axis is None else axis] += 1
    honest = np.full((count, 2), 0.25)
    honest[np.arange(count), np.where(DRAW.random(count) < 0.75, labels, 1 - labels)] = 0.75
    return Answered(tempered(honest, 1 / sharpness).astype(np.float32), hidden.astype(np.float16)), labels


@pytest.fixture(scope="module")
def found():
    strange, _ = planted(300, axis=2)
    return sureness.measure(planted(2000), planted(2000), planted(2000), {"other": strange})


def test_the_temperature_and_the_limit_are_those_that_were_planted(found):
    assert found.temperature == pytest.approx(2.0, rel=0.1)
    assert found.after[0].stated == pytest.approx(0.75, abs=0.02)
    assert found.before[0].stated == pytest.approx(0.9, abs=0.01)
    assert found.false == pytest.approx(0.05, abs=0.02)
    assert found.caught == {"other": 1.0}
    assert (found.validation, found.test) == (2000, 2000)


def test_a_distance_is_one_less_the_cosine_by_hand(found):
    hidden = np.array([[3.0, 4.0, 0.0], [0.0, 0.0, 2.0]])
    for row, distance in zip(hidden, found.distances(hidden), strict=True):
        cosines = [row @ mean / np.linalg.norm(row) / np.linalg.norm(mean) for mean in found.means]
        assert distance == pytest.approx(1 - max(cosines), abs=1e-5)
    assert np.isfinite(found.distances(np.zeros((1, 3)))).all()


def test_what_is_written_is_read_again(found, tmp_path):
    path = tmp_path / "sureness.safetensors"
    record.write(path, found, "ab" * 32)
    again, digest = record.read(path)
    assert digest == "ab" * 32
    assert (again.temperature, again.limit, again.before, again.caught) == (
        found.temperature,
        found.limit,
        found.before,
        found.caught,
    )
    np.testing.assert_allclose(again.means, found.means, atol=1e-3)
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(DataError):
        record.read(path)


@pytest.mark.parametrize("id", list(shipped.NETWORKS))
def test_what_ships_was_measured_with_the_weights_that_ship(id):
    one = shipped.trained(id)
    found, digest = record.read(shipped.FOLDER / id / shipped.SURENESS)
    assert digest == one.digest()
    assert found.test == 10_000
    right = sum(each.images * each.accuracy for each in found.before) / found.test
    assert right == pytest.approx(shipped.card(id)["test_accuracy"], abs=0.001)
    assert sum(each.images for each in found.after) == found.test
