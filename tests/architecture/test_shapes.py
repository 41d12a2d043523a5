"""The size formula and what follows from it: the paper's numbers, hand computations, brute force, Keras."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alexnet.architecture import (
    CAFFE,
    CLASSROOM,
    NETWORKS,
    ONE_WEIRD_TRICK,
    PAPER_2012,
    STUDY_NOTE,
    Convolution,
    Dense,
    Flatten,
    Network,
    Pooling,
    Rounding,
    all_connected,
    never_talking,
    one_tower,
    with_first_padding,
)
from alexnet.architecture.shapes import (
    least_size,
    multiply_accumulates,
    parameters,
    seen_by,
    trace,
    trace_until_failure,
    windows,
)
from alexnet.errors import ShapeError

NOTE_TABLE = (55, 27, 27, 13, 13, 13, 13, 6, 4096, 4096, 1000)


def sizes(network):
    """One number for each convolution, pooling and dense row: side of a map, or units."""
    return tuple(
        layer.output[0] for layer in trace(network) if isinstance(layer.row, Convolution | Pooling | Dense)
    )


def shrinking(network):
    return tuple(
        layer.output[0] for layer in trace(network) if layer.windows is not None and layer.windows.stride > 1
    )


def by_name(network):
    return {layer.row.name: layer for layer in trace(network)}


def test_the_paper_network_has_the_notes_sizes():
    assert sizes(PAPER_2012) == NOTE_TABLE


def test_the_notes_network_has_them_too_and_two_classes():
    assert sizes(STUDY_NOTE) == (*NOTE_TABLE, 2)


def test_published_parameter_counts():
    assert parameters(PAPER_2012) == 60_965_224
    assert parameters(one_tower(PAPER_2012)) == 62_378_344
    assert parameters(STUDY_NOTE) == 62_380_346
    assert parameters(CAFFE) == 60_965_224
    assert parameters(ONE_WEIRD_TRICK) == 61_100_840


def test_two_towers_need_1_57_times_fewer_products():
    assert multiply_accumulates(PAPER_2012) == 724_406_816
    assert multiply_accumulates(one_tower(PAPER_2012)) == 1_135_256_096
    assert round(1_135_256_096 / 724_406_816, 2) == 1.57


def test_towers_that_never_talk_read_half_of_every_layer_but_the_last():
    layers = by_name(never_talking(PAPER_2012))
    assert layers["conv3"].kernel_shape == (3, 3, 128, 192)
    assert layers["flatten"].streams == 2
    assert layers["fc6"].kernel_shape == (4608, 2048)
    assert layers["fc7"].kernel_shape == (2048, 2048)
    assert layers["fc8"].kernel_shape == (4096, 1000)


def test_towers_that_read_all_need_as_much_as_one_tower():
    connected, one = all_connected(PAPER_2012), one_tower(PAPER_2012)
    assert parameters(connected) == parameters(one)
    assert multiply_accumulates(connected) == multiply_accumulates(one)


def test_torchvisions_adaptive_pooling_finds_six_by_six_already():
    assert by_name(ONE_WEIRD_TRICK)["pool5"].output == (6, 6, 256)


def test_conv1_by_hand():
    conv1 = by_name(PAPER_2012)["conv1"]
    assert conv1.output == (55, 55, 96)
    assert conv1.kernel_shape == (11, 11, 3, 48)
    assert conv1.parameters == 96 * (11 * 11 * 3 + 1) == 34_944
    assert conv1.multiply_accumulates == 55 * 55 * 96 * 363 == 105_415_200
    assert (conv1.fan_in, conv1.fan_out) == (363, 11 * 11 * 48)


def test_conv2_reads_its_own_tower_and_conv3_both():
    layers = by_name(PAPER_2012)
    assert layers["conv2"].kernel_shape == (5, 5, 48, 128)
    assert layers["conv2"].multiply_accumulates == 27 * 27 * 256 * 5 * 5 * 48
    assert layers["conv2"].fan_out == 3_200
    assert layers["conv3"].kernel_shape == (3, 3, 256, 192)
    assert layers["conv4"].kernel_shape == (3, 3, 192, 192)
    assert layers["fc6"].kernel_shape == (9216, 2048)
    assert layers["fc8"].kernel_shape == (4096, 1000)


def test_the_first_layer_has_290400_outputs_and_the_convolutions_650080():
    convolutions = [layer for layer in trace(PAPER_2012) if isinstance(layer.row, Convolution)]
    counts = [height * width * maps for height, width, maps in (layer.output for layer in convolutions)]
    # The paper's figure 2 prints 253,440, 186,624, 64,896, 64,896, 43,264: all but the first agree.
    assert counts == [290_400, 186_624, 64_896, 64_896, 43_264]
    assert sum(counts) == 650_080


@pytest.mark.parametrize(
    ("rounding", "padding", "expected"),
    [
        (Rounding("up", "up"), 0, (55, 27, 13, 6)),  # the 2012 code
        (Rounding("down", "up"), 0, (54, 27, 13, 6)),  # Caffe
        (Rounding("down", "down"), 0, (54, 26, 12, 5)),  # PyTorch, TensorFlow "valid"
        (Rounding("down", "down"), 2, (55, 27, 13, 6)),  # torchvision
        (Rounding("down", "down"), "same", (56, 27, 13, 6)),  # TensorFlow "same"
    ],
)
def test_224_pixels_under_each_programs_rule(rounding, padding, expected):
    network = with_first_padding(replace(PAPER_2012, size=224, rounding=rounding), padding)
    assert shrinking(network) == expected


@pytest.mark.parametrize("convolution", ["down", "up"])
@pytest.mark.parametrize("pooling", ["down", "up"])
def test_at_227_all_rules_agree(convolution, pooling):
    assert shrinking(replace(PAPER_2012, rounding=Rounding(convolution, pooling))) == (55, 27, 13, 6)


def test_the_2012_code_lets_the_last_window_hang_over_by_three_pixels():
    along = windows(224, 11, 4, 0, "up")
    assert (along.quotient, along.output, along.overhang, along.unused) == (Fraction(213, 4), 55, 3, 0)
    assert windows(224, 11, 4, 0, "down").unused == 1


def test_same_padding_of_224_puts_three_zeros_before_and_four_after():
    along = windows(224, 11, 4, "same")
    assert (along.output, along.begin, along.end) == (56, 3, 4)


numbers = st.tuples(st.integers(1, 80), st.integers(1, 13), st.integers(1, 7), st.integers(0, 6))


def starts_inside(size, kernel, stride, padding):
    """Every begin of a window whose first pixel lies on the padded input, from enumeration."""
    return list(range(-padding, size + padding, stride))


@given(numbers)
def test_rounding_down_counts_the_windows_that_lie_inside(given_numbers):
    size, kernel, stride, padding = given_numbers
    inside = [
        begin for begin in starts_inside(size, kernel, stride, padding) if begin + kernel <= size + padding
    ]
    if not inside:
        with pytest.raises(ShapeError, match="kernel_larger_than_input"):
            windows(size, kernel, stride, padding)
        return
    along = windows(size, kernel, stride, padding)
    assert along.output == len(inside)
    assert along.overhang == 0
    assert along.unused == size + padding - (inside[-1] + kernel)


@given(numbers)
def test_rounding_up_adds_one_window_when_pixels_are_left_and_it_begins_on_them(given_numbers):
    size, kernel, stride, padding = given_numbers
    if kernel > size + 2 * padding:
        with pytest.raises(ShapeError):
            windows(size, kernel, stride, padding, "up")
        return
    begins = starts_inside(size, kernel, stride, padding)
    enough = next((n for n, begin in enumerate(begins, 1) if begin + kernel >= size + padding), len(begins))
    along = windows(size, kernel, stride, padding, "up")
    assert along.output == enough
    assert min(along.overhang, along.unused) == 0


@given(numbers)
def test_what_windows_cover_overhang_and_leave_adds_up(given_numbers):
    size, kernel, stride, padding = given_numbers
    for rule in ("down", "up"):
        for pad in (padding, "same"):
            if pad != "same" and kernel > size + 2 * pad:
                continue
            along = windows(size, kernel, stride, pad, rule)
            reach = (along.output - 1) * stride + kernel
            assert reach == size + along.begin + along.end + along.overhang - along.unused


@given(numbers)
def test_same_padding_is_ceil_of_input_over_stride_and_as_even_as_can_be(given_numbers):
    size, kernel, stride, _ = given_numbers
    along = windows(size, kernel, stride, "same")
    assert along.output == -(-size // stride)
    assert along.end - along.begin in (0, 1)
    assert along.overhang == 0


@pytest.mark.parametrize(("padding", "word"), [(0, "valid"), ("same", "same")])
def test_the_formula_is_that_of_keras_convolutions(padding, word):
    import keras

    for size in (11, 12, 30, 33):
        for kernel, stride in ((11, 4), (5, 1), (3, 2), (1, 3), (2, 2)):
            layer = keras.layers.Conv2D(1, kernel, strides=stride, padding=word)
            expected = layer.compute_output_shape((1, size, size, 1))[1]
            assert windows(size, kernel, stride, padding).output == expected


@settings(max_examples=60, deadline=None)
@given(numbers, st.sampled_from(["down", "up", "same"]))
def test_the_formula_is_keras_own_for_random_sizes_kernels_strides_and_paddings(given_numbers, rule):
    import keras

    size, kernel, stride, padding = given_numbers
    if rule != "same" and kernel > size + 2 * padding:
        return
    along = windows(size, kernel, stride, "same" if rule == "same" else padding, rule)
    image = keras.Input((size, size, 1))
    if rule != "same":
        # Keras only rounds down: the overhang of the last window is put there as zeros.
        edge = (padding, padding + along.overhang)
        image = keras.layers.ZeroPadding2D((edge, edge))(image)
    word = "same" if rule == "same" else "valid"
    convolution = keras.layers.Conv2D(1, kernel, strides=stride, padding=word)
    pooling = keras.layers.MaxPooling2D(kernel, stride, padding=word)
    for layer in (convolution, pooling):
        assert layer(image).shape[1:3] == (along.output, along.output)


def test_numbers_out_of_range_are_named():
    for arguments, name in (((0, 3, 1), "size"), ((5, 0, 1), "kernel"), ((5, 3, 0), "stride")):
        with pytest.raises(ShapeError, match="number_too_small") as caught:
            windows(*arguments)
        assert caught.value.values["name"] == name
    with pytest.raises(ShapeError, match="number_too_small") as caught:
        windows(5, 3, 1, -1)
    assert caught.value.values["name"] == "padding"


def test_the_layer_that_does_not_fit_is_named_and_those_before_it_are_there():
    layers, error = trace_until_failure(replace(PAPER_2012, size=40))
    assert [layer.row.name for layer in layers][-1] == "conv5"
    assert error is not None and error.id == "kernel_larger_than_input"
    assert error.values == {"layer": "pool5", "size": 1, "padding": 0, "kernel": 3}
    with pytest.raises(ShapeError):
        trace(replace(PAPER_2012, size=40))


@pytest.mark.parametrize("entry", NETWORKS, ids=lambda entry: entry.id)
@pytest.mark.parametrize("rounding", [Rounding(c, p) for c in ("down", "up") for p in ("down", "up")])
def test_every_size_of_the_page_is_traced_or_explained(entry, rounding):
    for size in range(1, 513):
        layers, error = trace_until_failure(replace(entry, size=size, rounding=rounding))
        assert (error is None) == (len(layers) == len(entry.rows))
        if error is not None:
            assert error.values["layer"] == entry.rows[len(layers)].name


def test_a_network_that_fits_has_no_failure():
    layers, error = trace_until_failure(CLASSROOM)
    assert error is None and layers == trace(CLASSROOM)


@pytest.mark.parametrize(
    ("rows", "id", "layer"),
    [
        ((Convolution("odd", 7, 3, towers=2),), "maps_do_not_divide", "odd"),
        ((Dense("early", 4),), "needs_flatten", "early"),
        ((Flatten(), Pooling("late")), "needs_maps", "late"),
        ((Flatten(), Convolution("late", 2, 1)), "needs_maps", "late"),
        ((Flatten(), Flatten("again")), "needs_maps", "again"),
        ((Convolution("none", 0, 3),), "number_too_small", "none"),
    ],
)
def test_rows_that_do_not_fit_together_say_so(rows, id, layer):
    with pytest.raises(ShapeError, match=id) as caught:
        trace(Network("test", rows, size=9))
    assert caught.value.values["layer"] == layer


def test_receptive_fields_of_the_paper_network_by_hand():
    # r' = r + (k - 1) * j, j' = j * s: 11, 19, 51, 67, 99, 131, 163, 195.
    fields = [layer.receptive_field for layer in trace(PAPER_2012) if layer.windows is not None]
    assert fields == [11, 19, 51, 67, 99, 131, 163, 195]
    strides = [layer.effective_stride for layer in trace(PAPER_2012) if layer.windows is not None]
    assert strides == [4, 8, 8, 16, 16, 16, 16, 32]


def test_layers_without_weights_have_no_fans():
    pool1 = by_name(PAPER_2012)["pool1"]
    assert pool1.fan_in is None and pool1.fan_out is None and pool1.parameters == 0


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.id)
def test_the_least_size_fits_and_one_pixel_less_does_not(network):
    least = least_size(network)
    trace(replace(network, size=least))
    with pytest.raises(ShapeError):
        trace(replace(network, size=least - 1))


def test_the_papers_network_needs_67_pixels_by_hand():
    # pool5 needs 3 of conv5's 3, so pool2 gives 3 from 7, pool1 7 from 15, conv1 15 from 4 * 14 + 11.
    assert least_size(PAPER_2012) == 67


@pytest.mark.parametrize("network", [PAPER_2012, CLASSROOM], ids=lambda one: one.id)
def test_what_a_value_sees_is_as_wide_as_its_receptive_field_and_moves_by_its_stride(network):
    layers = trace(network)
    for layer in layers:
        if layer.windows is not None:
            begin, end = seen_by(layers, layer.row.name, 2)
            assert end - begin == layer.receptive_field
            assert seen_by(layers, layer.row.name, 3)[0] - begin == layer.effective_stride
    assert seen_by(layers, "fc6", 7) == (0, network.size)


def test_what_a_value_sees_begins_in_the_padding():
    # conv1 of the classroom network: 11 pixels, stride 2, padding 5; pool1: 3 windows at a stride of 2.
    assert seen_by(trace(CLASSROOM), "conv1", 0) == (-5, 6)
    assert seen_by(trace(CLASSROOM), "pool1", 1) == (-1, 14)
