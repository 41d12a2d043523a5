"""The pictures of the towers' experiment."""

from __future__ import annotations

from alexnet.figures.tower_division import Dot, Side, by_epoch, strip


def test_each_side_has_its_medians_and_the_shown_epoch_is_marked():
    epochs = [{"epoch": 0, "medians": [0.6, 0.7]}, {"epoch": 1, "medians": [0.2, 0.8]}]
    sides = [Side("one", "#0072B2"), Side("two", "#D55E00", "dash")]
    figure = by_epoch(epochs, sides, 1, axis_epoch="epochs", axis_index="index")
    assert [list(trace.y) for trace in figure.data] == [[0.6, 0.2], [0.7, 0.8]]
    assert [trace.line.dash for trace in figure.data] == ["solid", "dash"]
    assert figure.layout.shapes[0].x0 == 1


def test_many_epochs_are_not_all_numbered():
    side = [Side("one", "#0072B2")]
    for count, step in ((10, 1), (40, None)):
        epochs = [{"epoch": epoch, "medians": [0.5]} for epoch in range(count)]
        assert by_epoch(epochs, side, 0, axis_epoch="", axis_index="").layout.xaxis.dtick == step


def test_a_dot_is_filled_only_where_chance_does_not_explain_it():
    rows = {"a": [Dot(0.9, "nine"), Dot(0.5, "five", filled=False)], "b": [Dot(0.6, "six")]}
    figure = strip(rows, (0.5, 1), line=0.8, percent=True)
    first, second = figure.data
    assert list(first.x) == [90, 50] and list(first.marker.symbol) == ["circle", "circle-open"]
    assert list(second.customdata) == ["six"] and figure.layout.shapes[0].x0 == 80
    assert list(figure.layout.yaxis.categoryarray) == ["b", "a"]  # the first one at the top
