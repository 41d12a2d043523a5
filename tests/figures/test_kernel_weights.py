"""The picture of one kernel's weights."""

from __future__ import annotations

import numpy as np

from alexnet.figures.kernel_weights import weights

KERNEL = np.random.default_rng(0).normal(size=(11, 11, 3))


def test_each_channel_has_its_square_of_weights_on_one_scale_centred_at_zero():
    figure = weights(KERNEL, ["red", "green", "blue"])
    for channel, trace in enumerate(figure.data):
        np.testing.assert_array_equal(trace.z, KERNEL[:, :, channel])
        assert trace.coloraxis == "coloraxis"
    assert figure.layout.coloraxis.cmax == -figure.layout.coloraxis.cmin == np.abs(KERNEL).max()
    assert [note.text for note in figure.layout.annotations] == ["red", "green", "blue"]


def test_the_first_row_is_at_the_top_and_the_squares_lie_side_by_side():
    figure = weights(KERNEL, ["red", "green", "blue"])
    axes = [figure.layout.xaxis, figure.layout.xaxis2, figure.layout.xaxis3]
    ends = [place for axis in axes for place in axis.domain]
    assert ends == sorted(ends) and ends[0] == 0 and round(ends[-1], 9) == 1
    assert figure.layout.yaxis3.autorange == "reversed" and figure.layout.yaxis3.scaleanchor == "x3"


def test_a_kernel_of_zeros_is_white():
    figure = weights(np.zeros((3, 3, 1)), ["one"])
    assert (figure.layout.coloraxis.cmin, figure.layout.coloraxis.cmax) == (-1, 1)
