"""The exported code, run alone, against the model that the app builds."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from alexnet.architecture import (
    CAFFE,
    CLASSROOM,
    LESSONS,
    NETWORKS,
    PAPER_2012,
    BatchNormalization,
    GlobalAveragePooling,
    Network,
    Rounding,
    editing,
    never_talking,
    one_tower,
)
from alexnet.architecture.shapes import parameters
from alexnet.network import build
from alexnet.network.source import keras_source
from alexnet.weights import store


def by_the_editor() -> Network:
    """A network with a new row of every kind that fits between convolutions, and a dense one."""
    made = editing.configure(CLASSROOM, id="by_the_editor", size=63)
    for kind in ("convolution", "local_response_normalization", "batch_normalization", "dropout"):
        made, name = editing.insert(made, "conv2", kind)
        if kind == "convolution":
            made = editing.change(made, name, towers=2, kernel=4, padding="same", activation="tanh")
    made, _ = editing.insert(made, "fc6", "dense")
    return made


EDITED = (
    by_the_editor(),
    one_tower(CLASSROOM),
    never_talking(CLASSROOM),
    replace(CLASSROOM, id="across", rows=(CLASSROOM.rows[0], CAFFE.rows[1], *CLASSROOM.rows[2:])),
    replace(CLASSROOM, size=63, rounding=Rounding("up", "up")),
    replace(
        CLASSROOM,
        rows=(*CLASSROOM.rows[:9], BatchNormalization("bn"), GlobalAveragePooling(), CLASSROOM.rows[-1]),
    ),
    replace(
        CLASSROOM,
        id="other_constants",
        rows=(CLASSROOM.rows[0], BatchNormalization("bn", momentum=0.5, epsilon=0.25), *CLASSROOM.rows[1:]),
    ),
)


def run(network: Network) -> Any:
    scope: dict[str, Any] = {"__name__": "exported"}
    exec(compile(keras_source(network), network.id, "exec"), scope)
    return scope["model"]


@pytest.mark.parametrize("network", [*NETWORKS, *LESSONS, *EDITED], ids=lambda network: network.id)
def test_the_code_builds_a_model_of_the_same_shapes_and_parameters(network):
    ours, theirs = build(network, initializer="zeros"), run(network)
    assert theirs.count_params() == ours.count_params() == parameters(network)
    assert theirs.output_shape == ours.output_shape
    assert {weight.path: tuple(weight.shape) for weight in theirs.weights} == {
        weight.path: tuple(weight.shape) for weight in ours.weights
    }


@pytest.mark.parametrize("network", [CLASSROOM, *EDITED], ids=lambda network: network.id)
def test_with_the_same_weights_it_gives_the_same_answers(network):
    ours, theirs = build(network), run(network)
    store.assign(theirs, store.of(ours))
    images = np.random.default_rng(1).normal(size=(2, network.size, network.size, 3)).astype(np.float32)
    assert np.abs(np.asarray(ours(images)) - np.asarray(theirs(images))).max() < 1e-5


def test_batch_normalization_has_its_rows_momentum():
    rows = (BatchNormalization("one"), BatchNormalization("two", momentum=0.5))
    network = Network("momentum", rows, 4)
    found = [[model.get_layer(row.name).momentum for row in rows] for model in (build(network), run(network))]
    assert found == [[0.9, 0.5]] * 2


def test_it_runs_in_a_folder_of_its_own_without_this_project(tmp_path: Path):
    path = tmp_path / "network.py"
    path.write_text(keras_source(CLASSROOM), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert f"{parameters(CLASSROOM):,}" in done.stdout


def test_the_papers_code_names_its_layers_and_sizes():
    code = keras_source(PAPER_2012)
    assert "# conv1: 227x227x3 -> 55x55x96, 34,944 parameters" in code
    assert 'conv1_tower2 = layers.Conv2D(\n    48, 11, strides=4, activation="relu"' in code
    assert max(len(line) for line in code.splitlines()) <= 140
