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
    STUDY_NOTE,
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
from alexnet.network.source import Form, forms, keras_source
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


ONE_TOWER = (
    one_tower(CLASSROOM),
    replace(one_tower(CLASSROOM), id="hanging_over", size=63, rounding=Rounding("up", "up")),
    replace(one_tower(by_the_editor()), id="one_by_the_editor"),
    replace(STUDY_NOTE, id="small_note", size=80),
)
"""Those that can be written as a class, small enough to be run."""


def run(network: Network, form: Form = "functional") -> Any:
    scope: dict[str, Any] = {"__name__": "exported"}
    exec(compile(keras_source(network, form), network.id, "exec"), scope)
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


@pytest.mark.parametrize("network", ONE_TOWER, ids=lambda network: network.id)
def test_the_class_has_the_same_shapes_and_gives_the_same_answers(network):
    ours, theirs = build(network), run(network, "class")
    assert type(theirs).__name__ == "AlexNet" and type(theirs).__mro__[1].__name__ == "Sequential"
    ours_weights = [(weight.path, tuple(weight.shape)) for weight in ours.weights]
    assert [("/".join(one.path.split("/")[-2:]), tuple(one.shape)) for one in theirs.weights] == ours_weights
    theirs.set_weights(ours.get_weights())
    images = np.random.default_rng(1).normal(size=(2, network.size, network.size, 3)).astype(np.float32)
    assert np.abs(np.asarray(ours(images)) - np.asarray(theirs(images))).max() < 1e-5


def test_the_class_takes_another_image_size_and_number_of_classes():
    scope: dict[str, Any] = {"__name__": "exported"}
    exec(keras_source(one_tower(CLASSROOM), "class"), scope)
    assert scope["AlexNet"]((80, 80, 3), num_classes=7).output_shape == (None, 7)


def test_two_towers_are_no_sequential_model():
    assert forms(CLASSROOM) == ("functional",) and forms(STUDY_NOTE) == ("functional", "class")
    with pytest.raises(ValueError, match="class"):
        keras_source(CLASSROOM, "class")


def test_the_code_passes_ruffs_default_rules_in_lines_of_88_characters(tmp_path: Path):
    rows = [replace(row, name=f"{row.name}_{'x' * 24}"[:24]) for row in by_the_editor().rows]
    longest = replace(by_the_editor(), id="a" * 24, rows=tuple(rows), rounding=Rounding("up", "up"))
    networks = [*NETWORKS, *LESSONS, *EDITED, *ONE_TOWER, longest]
    for number, network in enumerate(networks):
        for form in forms(network):
            file = tmp_path / f"network_{number}_{form}.py"
            file.write_text(keras_source(network, form), encoding="utf-8")
    ruff = [sys.executable, "-m", "ruff", "check", "--isolated", "--line-length", "88"]
    done = subprocess.run(
        [*ruff, "--extend-select", "E501,I,W", str(tmp_path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_zeros_that_keras_calls_same_are_called_so():
    code = keras_source(PAPER_2012)
    assert code.count('padding="same"') == 8 and "ZeroPadding2D" not in code
    assert "ZeroPadding2D(" in keras_source(CLASSROOM)  # stride 2: which zeros depends on the image's size


def test_compile_and_fit_stand_at_its_end_as_a_comment_that_can_be_run():
    network = replace(one_tower(CLASSROOM), size=32)
    for form in forms(network):
        code = keras_source(network, form)
        comment = code[code.index("# model.compile(") :]
        assert all(line.startswith("#") for line in comment.splitlines())
        scope = {
            "__name__": "exported",
            "images": np.random.default_rng(1).normal(size=(10, 32, 32, 3)).astype(np.float32),
            "labels": np.arange(10) % 2,
        }
        exec(code + comment.replace("# ", "").replace("epochs=10", "epochs=1, verbose=0"), scope)


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
    assert "conv1_tower2 = layers.Conv2D(\n    48,\n    11,\n    strides=4,\n" in code
