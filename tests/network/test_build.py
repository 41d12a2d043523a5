"""The Keras models agree with the table, layer by layer, and compute what the rows say."""

from __future__ import annotations

from dataclasses import replace

import keras
import numpy as np
import pytest
import tensorflow as tf

from alexnet.architecture import (
    CLASSROOM,
    LESSONS,
    NETWORKS,
    PAPER_2012,
    SHIPPED,
    STUDY_NOTE,
    BatchNormalization,
    Convolution,
    Dense,
    Flatten,
    GlobalAveragePooling,
    LocalResponseNormalization,
    Network,
    Pooling,
    Rounding,
    all_connected,
    never_talking,
    one_tower,
    with_first_padding,
)
from alexnet.architecture.shapes import parameters, trace
from alexnet.errors import ShapeError
from alexnet.network import AlexNet, build

DOWN, UP = Rounding("down", "down"), Rounding("up", "up")


def thin(network: Network) -> Network:
    """The same network with narrow dense layers, so that many variants can be built."""
    rows = tuple(replace(row, units=8) if isinstance(row, Dense) else row for row in network.rows)
    return replace(network, rows=rows)


def fed(network: Network, size: int, rounding: Rounding = DOWN, padding: int | str = 0) -> Network:
    return with_first_padding(replace(network, size=size, rounding=rounding), padding)


FULL = [*NETWORKS, one_tower(PAPER_2012), fed(PAPER_2012, 224, UP)]
VARIANTS = [
    *map(thin, LESSONS),
    *(
        change(thin(network))
        for network in (PAPER_2012, CLASSROOM)
        for change in (never_talking, all_connected)
    ),
    *(thin(one_tower(network)) for network in NETWORKS),
    *(
        fed(thin(network), 224, Rounding(convolution, pooling))
        for network in (PAPER_2012, STUDY_NOTE)
        for convolution in ("down", "up")
        for pooling in ("down", "up")
    ),
    *(
        fed(thin(network), 224, UP, padding)
        for network in (PAPER_2012, STUDY_NOTE)
        for padding in (2, "same")
    ),
    *(
        fed(thin(network), size, rounding, padding)
        for network in (CLASSROOM, SHIPPED)
        for size in (50, 63)
        for rounding in (DOWN, UP)
        for padding in (0, 3, "same")
    ),
]


def described(network: Network) -> str:
    padding = next(row.padding for row in network.rows if isinstance(row, Convolution))
    rounding = f"{network.rounding.convolution}-{network.rounding.pooling}"
    return f"{network.id}-{network.towers}-{network.size}-{rounding}-{padding}"


def of_row(model: keras.Model, name: str) -> list[keras.layers.Layer]:
    """The layers of a row: one, or one for each tower in order."""
    layers = {layer.name: layer for layer in model.layers}
    return [layers[name]] if name in layers else [layers[f"{name}_tower1"], layers[f"{name}_tower2"]]


def products(layer: keras.layers.Layer) -> int:
    """Multiply-accumulates from the built weights and the built output's shape."""
    if isinstance(layer, keras.layers.Conv2D):
        _, height, width, _ = layer.output.shape
        return int(np.prod(layer.kernel.shape)) * height * width
    return int(np.prod(layer.kernel.shape)) if isinstance(layer, keras.layers.Dense) else 0


@pytest.mark.parametrize("network", [*FULL, *VARIANTS], ids=described)
def test_the_table_is_that_of_the_built_model(network):
    model = build(network, initializer="zeros")
    shapes = trace(network)
    for shape in shapes:
        layers = of_row(model, shape.row.name)
        # A normalization across the border is one layer, and its output is cut in two again.
        across = isinstance(shape.row, LocalResponseNormalization) and shape.row.reads == "all"
        assert len(layers) == (1 if across else shape.streams)
        outputs = [tuple(layer.output.shape[1:]) for layer in layers]
        assert len(set(outputs)) == 1
        assert (*outputs[0][:-1], sum(output[-1] for output in outputs)) == shape.output
        assert sum(layer.count_params() for layer in layers) == shape.parameters
        assert sum(map(products, layers)) == shape.multiply_accumulates
        if shape.kernel_shape is not None:
            assert {tuple(layer.kernel.shape) for layer in layers} == {shape.kernel_shape}
    assert model.output_shape[1:] == shapes[-1].output
    assert model.count_params() == parameters(network)
    keras.backend.clear_session(free_memory=network in FULL)  # a full network is a quarter of a gigabyte


@pytest.mark.parametrize("rounding", ["down", "up"])
@pytest.mark.parametrize("size", [7, 8, 9, 10])
def test_pooling_is_the_maximum_of_the_pixels_that_a_window_really_covers(size, rounding):
    network = Network(
        "pool", (Pooling("pool", 3, 2),), size=size, channels=2, rounding=Rounding(pooling=rounding)
    )
    # Below zero throughout: padding with zeros would show as a maximum.
    images = -1 - np.random.default_rng(1).random((2, size, size, 2), dtype=np.float32)
    side = trace(network)[0].output[0]
    expected = np.stack(
        [
            np.stack(
                [images[:, 2 * y : 2 * y + 3, 2 * x : 2 * x + 3].max((1, 2)) for x in range(side)], axis=1
            )
            for y in range(side)
        ],
        axis=1,
    )
    np.testing.assert_array_equal(np.asarray(build(network)(images)), expected)


@pytest.mark.parametrize("rounding", ["down", "up"])
@pytest.mark.parametrize("padding", [0, 1, 2, "same"])
@pytest.mark.parametrize("size", [9, 10, 11, 12])
def test_convolution_in_two_towers_is_that_of_a_sum_over_each_window(size, padding, rounding):
    rows = (
        Convolution("first", 4, 4, stride=3, padding=padding, towers=2, reads="all", activation=None),
        Convolution("second", 6, 1, towers=2, activation=None),
    )
    network = Network("convolution", rows, size=size, channels=3, rounding=Rounding(convolution=rounding))
    model = build(network, initializer=keras.initializers.RandomNormal(seed=2))
    images = np.random.default_rng(3).standard_normal((2, size, size, 3)).astype(np.float32)
    along = trace(network)[0].windows
    assert along is not None
    edge = (along.begin, along.end + along.overhang)
    padded = np.pad(images, ((0, 0), edge, edge, (0, 0)))
    towers = []
    for tower in ("tower1", "tower2"):
        first = np.asarray(model.get_layer(f"first_{tower}").kernel)
        second = np.asarray(model.get_layer(f"second_{tower}").kernel)[0, 0]
        maps = np.zeros((2, along.output, along.output, 2), np.float32)
        for y in range(along.output):
            for x in range(along.output):
                window = padded[:, 3 * y : 3 * y + 4, 3 * x : 3 * x + 4]
                maps[:, y, x] = np.einsum("bhwc,hwcm->bm", window, first)
        towers.append(maps @ second)
    np.testing.assert_allclose(np.asarray(model(images)), np.concatenate(towers, axis=-1), atol=1e-6)


def outputs_of(model: keras.Model, names: list[str], images: np.ndarray) -> dict[str, np.ndarray]:
    part = keras.Model(model.input, [model.get_layer(name).output for name in names])
    return {name: np.asarray(value) for name, value in zip(names, part(images), strict=True)}


def silenced(model: keras.Model, name: str) -> None:
    layer = model.get_layer(name)
    layer.set_weights([np.zeros_like(weight) for weight in layer.get_weights()])


def test_towers_do_not_see_each_other_but_where_the_papers_gpus_meet():
    keras.utils.set_random_seed(4)
    model = build(CLASSROOM)
    images = np.random.default_rng(5).random((2, 64, 64, 3), dtype=np.float32)
    names = [f"{row}_tower{tower}" for row in ("pool1", "pool2", "conv3", "pool5", "fc6") for tower in (1, 2)]
    before = outputs_of(model, names, images)
    silenced(model, "conv1_tower1")
    after = outputs_of(model, names, images)
    changed = [name for name in names if not np.array_equal(before[name], after[name])]
    # Tower 2 goes on undisturbed until conv3, which reads both.
    assert changed == [name for name in names if name not in ("pool1_tower2", "pool2_tower2")]


def test_from_conv3_to_the_dense_layers_towers_are_apart_again():
    keras.utils.set_random_seed(6)
    model = build(CLASSROOM)
    images = np.random.default_rng(7).random((2, 64, 64, 3), dtype=np.float32)
    names = ["conv4_tower2", "conv5_tower2", "pool5_tower2", "conv5_tower1", "fc6_tower2"]
    before = outputs_of(model, names, images)
    silenced(model, "conv3_tower1")
    after = outputs_of(model, names, images)
    changed = [name for name in names if not np.array_equal(before[name], after[name])]
    assert changed == ["conv5_tower1", "fc6_tower2"]


def test_dense_layers_read_the_first_towers_channels_first():
    rows = (
        Convolution("conv", 2, 1, towers=2, reads="all", activation=None),
        Flatten(),
        Dense("out", 2, activation=None),
    )
    model = build(Network("order", rows, size=1, channels=1), initializer="ones")
    model.get_layer("conv_tower2").set_weights([np.full((1, 1, 1, 1), 10.0), np.zeros(1)])
    model.get_layer("out").set_weights([np.eye(2), np.zeros(2)])
    np.testing.assert_array_equal(np.asarray(model(np.ones((1, 1, 1, 1), np.float32))), [[1, 10]])


def test_each_row_starts_from_its_own_deviation_and_bias():
    keras.utils.set_random_seed(8)
    model = build(thin(PAPER_2012))
    for name in ("conv1_tower1", "conv3_tower2", "conv5_tower1"):
        row = PAPER_2012.row(name.partition("_")[0])
        layer = model.get_layer(name)
        assert np.std(np.asarray(layer.kernel)) == pytest.approx(row.std, rel=0.02)
        assert set(np.asarray(layer.bias)) == {row.bias}


def test_rows_without_a_deviation_start_by_hes_rule():
    keras.utils.set_random_seed(9)
    model = build(thin(STUDY_NOTE))
    shapes = {shape.row.name: shape for shape in trace(thin(STUDY_NOTE))}
    for name in ("conv2", "conv4"):
        measured = np.std(np.asarray(model.get_layer(name).kernel))
        assert measured == pytest.approx((2 / shapes[name].fan_in) ** 0.5, rel=0.02)


def test_an_initializer_of_its_own_holds_for_its_row_alone():
    keras.utils.set_random_seed(9)
    rows = (
        Convolution("he", 64, 3),
        Convolution("glorot", 64, 3, initializer="glorot_uniform"),
    )
    network = Network("initializers", rows, size=5)
    model = build(network)
    fans = {shape.row.name: (shape.fan_in, shape.fan_out) for shape in trace(network)}
    deviations = {name: np.std(np.asarray(model.get_layer(name).kernel)) for name in fans}
    assert deviations["he"] == pytest.approx((2 / fans["he"][0]) ** 0.5, rel=0.05)
    assert deviations["glorot"] == pytest.approx((2 / sum(fans["glorot"])) ** 0.5, rel=0.05)


def test_global_average_pooling_is_the_mean_of_each_map_of_each_tower():
    rows = (
        Convolution("conv", 4, 1, towers=2, reads="all", activation=None),
        GlobalAveragePooling(),
        Dense("out", 3, activation=None),
    )
    model = build(Network("average", rows, size=3, channels=2), initializer=keras.initializers.RandomNormal())
    images = np.random.default_rng(12).standard_normal((2, 3, 3, 2)).astype(np.float32)
    means = [
        (images @ np.asarray(model.get_layer(f"conv_tower{tower}").kernel)[0, 0]).mean((1, 2))
        for tower in (1, 2)
    ]
    expected = np.concatenate(means, axis=-1) @ np.asarray(model.get_layer("out").kernel)
    np.testing.assert_allclose(np.asarray(model(images)), expected, atol=1e-6)


def test_the_layer_takes_its_constants_from_the_row():
    rows = (LocalResponseNormalization("lrn", n=3, k=1.0, alpha=0.1, beta=0.5),)
    layer = build(Network("lrn", rows, size=2, channels=4)).get_layer("lrn")
    assert (layer.n, layer.k, layer.alpha, layer.beta) == (3, 1.0, 0.1, 0.5)


def test_batch_normalization_learns_and_answers_with_its_rows_constants():
    rows = (BatchNormalization("bn", activation=None, momentum=0.75, epsilon=0.5),)
    model = build(Network("bn", rows, size=2, channels=3))
    images = np.random.default_rng(14).normal(2, 3, (5, 2, 2, 3)).astype(np.float32)
    model(images, training=True)
    mean, variance = 0.25 * images.mean((0, 1, 2)), 0.75 + 0.25 * images.var((0, 1, 2))
    expected = (images - mean) / np.sqrt(variance + 0.5)
    np.testing.assert_allclose(np.asarray(model(images)), expected, atol=1e-5)


def test_a_normalization_that_reads_all_crosses_the_border_between_the_towers():
    rows = (
        Convolution("conv", 8, 1, towers=2, reads="all", activation=None),
        LocalResponseNormalization("lrn", n=5, k=1.0, alpha=0.1, beta=0.75, reads="all"),
        Convolution("out", 4, 1, towers=2, activation=None),
    )
    model = build(Network("across", rows, size=3, channels=2), initializer=keras.initializers.RandomNormal())
    images = np.random.default_rng(13).standard_normal((2, 3, 3, 2)).astype(np.float32)
    weights = [np.asarray(model.get_layer(f"conv_tower{tower}").kernel)[0, 0] for tower in (1, 2)]
    maps = images @ np.concatenate(weights, axis=-1)
    halves = np.split(np.asarray(tf.nn.local_response_normalization(maps, 2, 1.0, 0.1, 0.75)), 2, axis=-1)
    out = [np.asarray(model.get_layer(f"out_tower{tower}").kernel)[0, 0] for tower in (1, 2)]
    expected = np.concatenate([half @ kernel for half, kernel in zip(halves, out, strict=True)], axis=-1)
    np.testing.assert_allclose(np.asarray(model(images)), expected, atol=1e-6)


def test_the_notes_class_has_62380346_parameters():
    model = AlexNet((227, 227, 3), 2)
    assert model.count_params() == 62_380_346
    assert model.input_shape == (None, 227, 227, 3) and model.output_shape == (None, 2)


def test_the_notes_class_compiles_and_learns():
    keras.utils.set_random_seed(10)
    model = AlexNet((67, 67, 3), 2)
    model.compile(keras.optimizers.SGD(1e-4), "categorical_crossentropy", metrics=["accuracy"])
    random = np.random.default_rng(11)
    images = random.random((4, 67, 67, 3), dtype=np.float32)
    answers = np.eye(2, dtype=np.float32)[[0, 1, 0, 1]]
    losses = [float(model.train_on_batch(images, answers)[0]) for _ in range(6)]
    assert losses[-1] < losses[0]


def test_images_that_are_not_square_or_too_small_are_refused():
    with pytest.raises(ShapeError, match="image_not_square"):
        AlexNet((227, 200, 3), 2)
    with pytest.raises(ShapeError, match="kernel_larger_than_input") as caught:
        AlexNet((40, 40, 3), 2)
    assert caught.value.values["layer"] == "pool5"


def test_the_answer_is_float32_also_when_the_layers_are_not():
    model = build(CLASSROOM, dtype="mixed_bfloat16", initializer="zeros")
    answer = model(np.zeros((1, 64, 64, 3), np.float32))
    assert keras.backend.standardize_dtype(answer.dtype) == "float32"
    np.testing.assert_array_equal(np.asarray(answer), [[0.5, 0.5]])
