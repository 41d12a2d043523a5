"""The networks as rows: what the sources say, and what the helpers change and keep."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from alexnet.architecture import (
    CAFFE,
    LESSONS,
    NETWORKS,
    ONE_WEIRD_TRICK,
    PAPER_2012,
    SHIPPED,
    STUDY_NOTE,
    Convolution,
    Dense,
    Dropout,
    LocalResponseNormalization,
    Pooling,
    Rounding,
    all_connected,
    apart,
    network,
    never_talking,
    one_tower,
    with_classes,
    with_dropout,
    with_first_padding,
)
from alexnet.errors import ChoiceError


def test_the_convolutions_of_the_paper_are_those_of_its_configuration_file():
    # layers-145.cfg: filters of both GPUs, filterSize, stride, padding, initW, initB.
    published = {
        "conv1": (96, 11, 4, 0, 0.01, 0),
        "conv2": (256, 5, 1, 2, 0.01, 1),
        "conv3": (384, 3, 1, 1, 0.03, 0),
        "conv4": (384, 3, 1, 1, 0.03, 1),
        "conv5": (256, 3, 1, 1, 0.03, 1),
    }
    rows = [row for row in PAPER_2012.rows if isinstance(row, Convolution)]
    ours = {row.name: (row.maps, row.kernel, row.stride, row.padding, row.std, row.bias) for row in rows}
    assert ours == published


def test_the_towers_of_the_paper_meet_in_its_third_layer_and_in_the_dense_layers():
    reads = {row.name: row.reads for row in PAPER_2012.rows if isinstance(row, Convolution | Dense)}
    assert [name for name, what in reads.items() if what == "own"] == ["conv2", "conv4", "conv5"]


def test_the_papers_pooling_overlaps_and_its_dropout_is_a_half():
    assert {(row.size, row.stride) for row in PAPER_2012.rows if isinstance(row, Pooling)} == {(3, 2)}
    assert [(row.name, row.rate) for row in PAPER_2012.rows if isinstance(row, Dropout)] == [
        ("drop6", 0.5),
        ("drop7", 0.5),
    ]


def test_alpha_is_the_papers_divided_by_its_five_neighbours():
    for row in PAPER_2012.rows:
        if isinstance(row, LocalResponseNormalization):
            assert (row.n, row.k, row.beta) == (5, 2, 0.75)
            assert row.alpha == pytest.approx(1e-4 / 5)


def test_the_notes_network_has_one_tower_and_an_extra_dense_layer():
    assert STUDY_NOTE.towers == 1
    assert [row.units for row in STUDY_NOTE.rows if isinstance(row, Dense)] == [4096, 4096, 1000, 2]


@pytest.mark.parametrize("entry", [*NETWORKS, *LESSONS], ids=lambda entry: entry.id)
def test_the_names_of_a_networks_rows_differ(entry):
    names = [row.name for row in entry.rows]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("entry", [*NETWORKS, *LESSONS], ids=lambda entry: entry.id)
def test_a_network_is_found_by_its_id(entry):
    assert network(entry.id) is entry


def test_an_unknown_network_or_row_is_named():
    with pytest.raises(ChoiceError, match="network_unknown") as caught:
        network("lenet")
    assert caught.value.values["id"] == "lenet"
    with pytest.raises(ChoiceError, match="row_unknown") as caught:
        PAPER_2012.row("conv9")
    assert caught.value.values == {"name": "conv9", "network": "paper_2012"}


def test_rows_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        PAPER_2012.rows[0].maps = 1


def test_one_tower_keeps_the_widths():
    single = one_tower(PAPER_2012)
    assert PAPER_2012.towers == 2 and single.towers == 1
    widths = [[getattr(row, "maps", None) for row in entry.rows] for entry in (PAPER_2012, single)]
    assert widths[0] == widths[1]


def test_other_classes_change_the_last_dense_layer_only():
    changed = with_classes(STUDY_NOTE, 10)
    assert changed.classes == 10
    assert changed.rows[:-1] == STUDY_NOTE.rows[:-1]


def test_another_first_padding_changes_conv1_only():
    changed = with_first_padding(PAPER_2012, "same")
    assert changed.row("conv1").padding == "same"
    assert changed.rows[1:] == PAPER_2012.rows[1:]


def test_dropout_stands_right_after_the_named_rows():
    changed = with_dropout(STUDY_NOTE, ("fc6", "fc7"), 0.25)
    names = [row.name for row in changed.rows]
    assert names[names.index("fc6") : names.index("output")] == ["fc6", "drop_fc6", "fc7", "drop_fc7", "fc8"]
    assert changed.row("drop_fc7") == Dropout("drop_fc7", 0.25)
    assert tuple(row for row in changed.rows if not isinstance(row, Dropout)) == STUDY_NOTE.rows


def test_towers_apart_read_each_other_in_the_dense_layers_only():
    changed = apart(SHIPPED)
    reads = {row.name: row.reads for row in changed.rows if isinstance(row, Convolution | Dense)}
    assert [name for name, what in reads.items() if what == "all"] == ["conv1", "fc6", "fc7", "fc8"]
    assert [type(row) for row in changed.rows] == [type(row) for row in SHIPPED.rows]


def test_towers_that_never_talk_meet_in_the_last_layer_as_in_run_150():
    changed = never_talking(PAPER_2012)
    reads = {row.name: row.reads for row in changed.rows if hasattr(row, "reads")}
    assert reads.pop("fc8") == "all"
    assert set(reads.values()) == {"own"}
    assert {row.towers for row in changed.rows if isinstance(row, Dense)} == {1, 2}


def test_where_all_is_connected_every_layer_reads_both_towers():
    changed = all_connected(PAPER_2012)
    assert {row.reads for row in changed.rows if isinstance(row, Convolution | Dense)} == {"all"}
    assert changed.towers == 2


def test_caffes_network_is_that_of_its_prototxt():
    # models/bvlc_alexnet/train_val.prototxt: num_output, kernel_size, stride, pad, group, std, bias.
    published = {
        "conv1": (96, 11, 4, 0, 1, 0.01, 0),
        "conv2": (256, 5, 1, 2, 2, 0.01, 0.1),
        "conv3": (384, 3, 1, 1, 1, 0.01, 0),
        "conv4": (384, 3, 1, 1, 2, 0.01, 0.1),
        "conv5": (256, 3, 1, 1, 2, 0.01, 0.1),
    }
    ours = {
        row.name: (
            row.maps,
            row.kernel,
            row.stride,
            row.padding,
            1 if row.reads == "all" else row.towers,
            row.std,
            row.bias,
        )
        for row in CAFFE.rows
        if isinstance(row, Convolution)
    }
    assert ours == published
    dense = {row.name: (row.units, row.std, row.bias) for row in CAFFE.rows if isinstance(row, Dense)}
    assert dense == {"fc6": (4096, 0.005, 0.1), "fc7": (4096, 0.005, 0.1), "fc8": (1000, 0.01, 0)}
    normalizations = [row for row in CAFFE.rows if isinstance(row, LocalResponseNormalization)]
    assert {(row.n, row.k, row.beta, row.reads) for row in normalizations} == {(5, 1, 0.75, "all")}
    assert (CAFFE.size, CAFFE.rounding) == (227, Rounding("down", "up"))


def test_one_weird_trick_is_torchvisions():
    # torchvision/models/alexnet.py, in its order.
    convolutions = [row for row in ONE_WEIRD_TRICK.rows if isinstance(row, Convolution)]
    layers = [(row.maps, row.kernel, row.stride, row.padding) for row in convolutions]
    assert layers == [(64, 11, 4, 2), (192, 5, 1, 2), (384, 3, 1, 1), (256, 3, 1, 1), (256, 3, 1, 1)]
    order = [type(row).__name__ for row in ONE_WEIRD_TRICK.rows[-6:]]
    assert order == ["Flatten", "Dropout", "Dense", "Dropout", "Dense", "Dense"]
    assert ONE_WEIRD_TRICK.towers == 1 and ONE_WEIRD_TRICK.size == 224


def test_the_note_names_an_initializer_in_its_first_layer_only():
    written = network("note_as_written")
    named = {row.name: row.initializer for row in written.rows if isinstance(row, Convolution | Dense)}
    assert named.pop("conv1") == "he_normal"
    assert set(named.values()) == {"glorot_uniform"} and len(named) == 8
