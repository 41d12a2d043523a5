"""What a calculation takes, against counts by hand, and what is refused."""

from dataclasses import replace

import pytest

from alexnet.architecture import (
    CLASSROOM,
    NETWORKS,
    PAPER_2012,
    Convolution,
    Dense,
    Flatten,
    GlobalAveragePooling,
    Network,
    budget,
    is_known,
    with_classes,
    with_size,
    with_start,
)
from alexnet.architecture.editing import obstacle
from alexnet.errors import LimitError

GIB = 2**30
TINY = Network(
    "tiny",
    (Convolution("conv1", 4, 3, padding="same"), Flatten("flatten"), Dense("fc2", 2, activation="softmax")),
    size=8,
)
WEIGHTS = (3 * 3 * 3 * 4 + 4) + (8 * 8 * 4 * 2 + 2)
WORK = 8 * 8 * 4 * 3 * 3 * 3 + 8 * 8 * 4 * 2


def monster(maps: int, kernel: int, size: int) -> Network:
    rows = (
        Convolution("conv1", maps, kernel, padding="same"),
        GlobalAveragePooling("average"),
        Dense("fc2", 2, activation="softmax"),
    )
    return replace(CLASSROOM, id="monster", size=size, rows=rows)


def test_a_step_counts_weights_and_gradients_three_outputs_and_both_passes():
    cost = budget.step(TINY, batch=5)
    outputs = 8 * 8 * 4 + 8 * 8 * 4 + 2  # the convolution's, the same flattened, the classes
    assert cost.memory == 4 * (2 * WEIGHTS + 3 * 5 * outputs)
    assert cost.work == 3 * 5 * WORK


def test_an_optimizer_and_further_networks_are_counted_too():
    one, two = (budget.step(TINY, 5, "adam", networks).memory for networks in (1, 2))
    assert two - one == 4 * 4 * WEIGHTS
    assert one - budget.step(TINY, 5).memory == 4 * 2 * WEIGHTS


def test_the_way_forward_counts_the_image_too():
    assert budget.forward(TINY, 2) == budget.Cost(
        4 * (WEIGHTS + 2 * 2 * (8 * 8 * 3 + 8 * 8 * 4 + 2)), 2 * WORK
    )


def test_every_known_network_may_be_measured_and_trained():
    for known in NETWORKS:
        budget.check_measurement(known, budget.LESSON_BATCH, factored=True)
        assert budget.excess(known) is None
        assert budget.step(known, 128, "momentum").work < budget.TRAINING_WORK


@pytest.mark.parametrize("network", [monster(4096, 1, 512), monster(64, 1, 512), monster(64, 64, 512)])
def test_a_network_that_would_fill_the_memory_or_take_minutes_is_refused_with_both_numbers(network):
    excess = budget.excess(network)
    assert excess is not None and excess.values["needed"] > excess.values["most"] > 0
    assert obstacle(network) == "beyond"


def test_an_orthogonal_matrix_is_counted_by_its_shorter_side_squared():
    assert budget.orthogonal((9216, 2048)) == budget.orthogonal((2048, 9216))
    assert budget.orthogonal((1000, 10)).work == 2 * 10**2 * (1000 - 3)
    budget.check(budget.orthogonal((9216, 2048)), budget.FACTORING)
    with pytest.raises(LimitError) as caught:
        budget.check(budget.orthogonal((12_000, 12_000)), budget.FACTORING)
    assert caught.value.id in ("memory_beyond", "work_beyond")


def test_a_known_network_stays_known_with_other_classes_size_or_start():
    assert all(map(is_known, NETWORKS))
    assert is_known(with_start(with_size(with_classes(PAPER_2012, 10), 200), "he_normal"))
    assert not is_known(monster(4, 3, 32))
    assert not is_known(replace(PAPER_2012, rows=PAPER_2012.rows[1:]))
    assert not is_known(replace(monster(4, 3, 32), id="paper_2012"))
