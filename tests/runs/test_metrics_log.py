"""Metrics are read while they are written: torn, damaged, resumed."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alexnet.runs.metrics_log import NUMBERS, Curves, parse, read, thinned


def line(kind: str, **values: object) -> dict[str, object]:
    extra = {"confusion": [[3, 1], [0, 4]]} if kind == "test" else {}
    return {"kind": kind} | dict.fromkeys(NUMBERS[kind], 1) | extra | values


LINES = [
    line("step", step=3, epoch=0.75),
    line("epoch", epoch=1, loss=0.69),
    line("step", step=7, epoch=1.75),
    line("epoch", epoch=2, loss=0.5),
    line("test", test_accuracy=0.75),
]
CONTENT = "".join(json.dumps(one) + "\n" for one in LINES).encode()


@given(st.integers(0, len(CONTENT)))
def test_any_prefix_gives_its_whole_lines_and_no_damage(length):
    metrics = parse(CONTENT[:length])
    assert list(metrics.lines) == LINES[: CONTENT[:length].count(b"\n")]
    assert metrics.damaged == 0
    assert list(parse(CONTENT[metrics.offset :]).lines) == LINES[len(metrics.lines) :]


@given(st.binary(max_size=300), st.binary(max_size=300))
def test_any_bytes_in_the_middle_are_left_out_and_the_rest_is_read(garbage, torn):
    middle = garbage.replace(b"\n", b" ") + b"\n"
    metrics = parse(CONTENT + middle + CONTENT + torn.replace(b"\n", b" "))
    assert list(metrics.lines) == LINES + LINES
    assert metrics.damaged == 1


@pytest.mark.parametrize(
    "bad",
    [
        b"[" * 100_000,
        b'{"kind": []}',
        json.dumps(line("step", loss=float("nan"))).encode(),
        json.dumps(line("step", loss="0.5")).encode(),
        json.dumps(line("step", step=10**400)).encode(),
        json.dumps(line("test", confusion=[[1, 2], [3]])).encode(),
        json.dumps({"kind": "step", "step": 1}).encode(),
    ],
)
def test_a_line_that_is_no_measurement_counts_as_damaged(bad):
    metrics = parse(bad + b"\n" + CONTENT)
    assert metrics.damaged == 1 and len(metrics.lines) == len(LINES)


def test_a_missing_file_has_no_lines(tmp_path):
    assert read(tmp_path / "metrics.jsonl").lines == ()
    assert not Curves(tmp_path / "metrics.jsonl").update()


def test_curves_keep_up_and_say_when_nothing_is_new(tmp_path):
    file = tmp_path / "metrics.jsonl"
    curves = Curves(file)
    for end in range(0, len(CONTENT), 37):
        file.write_bytes(CONTENT[:end])
        curves.update()
    file.write_bytes(CONTENT)
    assert curves.update() and not curves.update()
    assert curves.steps == LINES[0:3:2] and curves.epochs == LINES[1:4:2] and curves.test == LINES[4]


def test_a_resumption_voids_what_was_said_of_later_steps(tmp_path):
    file = tmp_path / "metrics.jsonl"
    resumed = [*LINES, line("resume", step=4, epoch=1), line("step", step=8, epoch=2.0)]
    file.write_text("".join(json.dumps(one) + "\n" for one in resumed), encoding="utf-8")
    curves = Curves(file)
    assert curves.update()
    assert [one["step"] for one in curves.steps] == [3, 8]
    assert [one["epoch"] for one in curves.epochs] == [1]
    assert curves.test is None


def test_a_shorter_file_of_the_same_name_is_read_from_its_beginning(tmp_path):
    file = tmp_path / "metrics.jsonl"
    file.write_bytes(CONTENT)
    curves = Curves(file)
    curves.update()
    file.write_bytes(CONTENT[: CONTENT.index(b"\n") + 1])
    assert curves.update()
    assert curves.steps == LINES[:1] and curves.epochs == [] and curves.test is None


@given(st.integers(2, 50), st.integers(0, 300))
def test_thinned_curves_keep_both_ends_and_their_order(most, count):
    lines = [line("step", step=number) for number in range(count)]
    few = thinned(lines, most)
    assert len(few) == min(most, count)
    assert few[:1] == lines[:1] and few[-1:] == lines[-1:]
    assert [one["step"] for one in few] == sorted({one["step"] for one in few})


def answers(step: int, said: list[int]) -> dict[str, object]:
    return line("answers", step=step, answers=said, sure=[0.9, 0.6], truth=[0, 1])


def test_answers_after_a_resumption_are_void_and_those_of_one_step_stand_once(tmp_path):
    path = tmp_path / "metrics.jsonl"
    said = [answers(0, [0, 0]), answers(4, [0, 1]), answers(8, [1, 1]), line("resume", step=4, epoch=1)]
    said += [answers(8, [0, 1]), answers(8, [1, 0])]
    path.write_text("".join(json.dumps(one) + "\n" for one in said), encoding="utf-8")
    found = Curves(path)
    found.update()
    assert [(one["step"], one["answers"]) for one in found.answers] == [(0, [0, 0]), (4, [0, 1]), (8, [1, 0])]


@pytest.mark.parametrize(
    "broken",
    [{"answers": [0]}, {"answers": [0, -1]}, {"answers": 3}, {"truth": ["0", 1]}, {"sure": [None, 0.5]}],
)
def test_answers_that_are_not_whole_are_left_out(broken):
    assert parse(json.dumps(answers(4, [0, 1]) | broken).encode() + b"\n").damaged == 1
