"""Editing a network: what each operation does, that it can be taken back, and that all of it can be kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alexnet.architecture import CLASSROOM, NETWORKS, PAPER_2012, Convolution, Pooling, editing
from alexnet.architecture.document import MOST_ROWS, from_link, from_text, to_link, to_text
from alexnet.architecture.editing import History
from alexnet.architecture.kinds import KINDS
from alexnet.architecture.shapes import parameters, trace_until_failure
from alexnet.errors import InputError

OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["insert", "duplicate", "remove", "up", "down", "kernel", "undo", "redo", "reset"]),
        st.integers(0, MOST_ROWS),
        st.sampled_from(sorted(KINDS)),
    ),
    max_size=25,
)


def apply(history: History, operation: str, place: int, kind: str) -> History:
    """One step; what an operation refuses leaves everything as it was."""
    network = history.present
    name = network.rows[place % len(network.rows)].name
    try:
        match operation:
            case "insert":
                return history.do(editing.insert(network, name, kind)[0])
            case "duplicate":
                return history.do(editing.duplicate(network, name)[0])
            case "remove":
                return history.do(editing.remove(network, name))
            case "up" | "down":
                return history.do(editing.move(network, name, -1 if operation == "up" else 1))
            case "kernel":
                return history.do(editing.change(network, name, kernel=place + 1))
            case _:
                return getattr(history, operation)()
    except InputError:
        return history


@given(st.sampled_from(NETWORKS), OPERATIONS)
def test_whatever_is_done_can_be_kept_and_taken_back_step_by_step(start, operations):
    history = History(start)
    seen = [start]
    for step in operations:
        history = apply(history, *step)
        if history.present != seen[-1]:
            seen.append(history.present)
        assert from_text(to_text(history.present)) == history.present
        assert from_link(to_link(history.present)) == history.present
        trace_until_failure(history.present)  # raises nothing
    last = history.present
    steps = len(history.past)
    for _ in range(steps):
        history = history.undo()
    assert history.present == start and history.undo() is history
    for _ in range(steps):
        history = history.redo()
    assert history.present == last
    anew = history.reset()
    assert anew.present == start and (anew is history or anew.undo().present == last)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_new_row_of_every_kind_stands_below_the_chosen_one(kind):
    made, name = editing.insert(PAPER_2012, "conv2", kind)
    names = [row.name for row in made.rows]
    assert names[names.index("conv2") + 1] == name and name.startswith(KINDS[kind].stem)
    assert type(made.row(name)) is KINDS[kind].row
    assert editing.remove(made, name) == PAPER_2012


def test_a_new_name_counts_on_from_the_highest():
    assert editing.insert(PAPER_2012, None, "convolution")[1] == "conv6"
    assert editing.insert(PAPER_2012, None, "max_pooling")[1] == "pool6"
    assert editing.duplicate(PAPER_2012, "fc7")[1] == "fc9"
    assert editing.insert(PAPER_2012, None, "dropout")[0].rows[1:] == PAPER_2012.rows


def test_a_new_convolution_keeps_the_size_and_adds_its_weights():
    made, _ = editing.insert(PAPER_2012, "conv5", "convolution")
    layers, error = trace_until_failure(made)
    assert error is None and [layer.output for layer in layers if layer.row.name == "conv6"] == [(13, 13, 64)]
    # 3 x 3 kernels over conv5's 256 maps, 64 of them; fc6 reads 6 x 6 x 64 numbers and not 6 x 6 x 256.
    assert parameters(made) - parameters(PAPER_2012) == 3 * 3 * 256 * 64 + 64 - 36 * 192 * 4096


def test_a_duplicate_differs_from_its_row_in_nothing_but_the_name():
    made, name = editing.duplicate(PAPER_2012, "conv3")
    place = editing.index(made, name)
    assert made.rows[place] == replace(PAPER_2012.row("conv3"), name=name)
    assert made.rows[place - 1].name == "conv3"


def test_a_row_moves_past_its_neighbours_and_stops_at_the_ends():
    def names(network):
        return [row.name for row in network.rows]

    before = names(PAPER_2012)
    assert names(editing.move(PAPER_2012, before[0], 1))[:2] == before[1::-1]
    assert editing.move(PAPER_2012, before[0], -1) == PAPER_2012
    assert names(editing.move(PAPER_2012, before[0], 99))[-1] == before[0]


def test_a_changed_setting_is_the_only_difference():
    made = editing.change(PAPER_2012, "conv1", kernel=7, padding="same")
    assert made.row("conv1") == replace(PAPER_2012.row("conv1"), kernel=7, padding="same")
    assert made.rows[1:] == PAPER_2012.rows[1:]
    assert editing.change(PAPER_2012, "conv1", name="first").rows[0].name == "first"
    assert editing.configure(PAPER_2012, id="mine", size=64).size == 64


@pytest.mark.parametrize(
    ("settings", "error"),
    [
        ({"kernel": 0}, "document_value"),
        ({"towers": 3}, "document_value"),
        ({"name": "conv2"}, "document_name_twice"),
        ({"name": "import"}, "document_name_taken"),
        ({"rate": 0.5}, "document_field_unknown"),
    ],
)
def test_a_setting_that_does_not_hold_is_refused(settings, error):
    with pytest.raises(InputError, match=error):
        editing.change(PAPER_2012, "conv1", **settings)


def test_unknown_rows_and_kinds_and_too_many_or_too_few_rows_are_refused():
    with pytest.raises(InputError, match="row_unknown"):
        editing.move(PAPER_2012, "conv9", 1)
    with pytest.raises(InputError, match="setting_unknown"):
        editing.insert(PAPER_2012, None, "attention")
    one = replace(PAPER_2012, rows=PAPER_2012.rows[:1])
    with pytest.raises(InputError, match="document_too_many_rows"):
        editing.remove(one, "conv1")
    full = one
    while len(full.rows) < MOST_ROWS:
        full, _ = editing.insert(full, None, "dropout")
    with pytest.raises(InputError, match="document_too_many_rows"):
        editing.duplicate(full, "conv1")


def test_a_change_after_undo_lets_what_was_undone_go():
    history = History(PAPER_2012).do(editing.remove(PAPER_2012, "pool1"))
    other = editing.remove(PAPER_2012, "pool2")
    branched = history.undo().do(other)
    assert branched.redo() is branched and branched.undo().present == PAPER_2012
    assert branched.do(other) is branched


def test_another_beginning_is_what_reset_returns_to_and_can_be_undone():
    history = History(PAPER_2012).begin(CLASSROOM)
    changed = history.do(editing.remove(CLASSROOM, CLASSROOM.rows[1].name))
    assert changed.reset().present == CLASSROOM
    assert history.undo().present == PAPER_2012


@pytest.mark.parametrize("network", NETWORKS, ids=lambda network: network.id)
def test_every_known_network_can_be_trained(network):
    assert editing.obstacle(network) is None


@pytest.mark.parametrize(
    ("network", "why"),
    [
        (editing.change(PAPER_2012, "conv1", kernel=64, stride=32), "misfit"),
        (
            replace(
                CLASSROOM, rows=tuple(r for r in CLASSROOM.rows if not isinstance(r, Convolution | Pooling))
            ),
            "no_convolution",
        ),
        (editing.remove(PAPER_2012, "fc8"), "no_softmax"),
        (editing.change(PAPER_2012, "fc8", towers=2), "no_softmax"),
        (editing.configure(CLASSROOM, channels=1), "colours"),
        (editing.change(PAPER_2012, "fc6", units=16384), "too_large"),
    ],
)
def test_what_keeps_a_network_from_training_is_named(network, why):
    assert editing.obstacle(network) == why
