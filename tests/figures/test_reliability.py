"""The reliability diagram's marks lie where the numbers say, and an honest network's on the diagonal."""

from alexnet.figures.reliability import Words, reliability


def test_marks_are_per_cents_and_large_bins_have_large_marks():
    figure = reliability([("a", [(10, 0.55, 0.4), (90, 0.95, 0.9)])], Words("x", "y", "honest", "pictures"))
    diagonal, line = figure.data
    assert list(diagonal.x) == list(diagonal.y) == [0, 100]
    assert [round(x, 6) for x in line.x] == [55, 95]
    assert [round(y, 6) for y in line.y] == [40, 90]
    assert line.marker.size[1] > line.marker.size[0]
    assert line.cliponaxis is False  # the last is whole at the edge
