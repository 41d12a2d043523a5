"""One reader of a run's metrics for all who watch it."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from alexnet.architecture import CLASSROOM
from alexnet.runs import metrics_log
from alexnet.runs.estimate import measured_speed
from alexnet.runs.feed import MOST, Feed, feed
from alexnet.runs.metrics_log import NUMBERS
from tests.runs.bytes_read import bytes_read
from tests.runs.watched import watched
from tests.training.races import planted


def line(kind: str, **values: object) -> bytes:
    extra = {"confusion": [[3, 1], [0, 4]]} if kind == "test" else {}
    return json.dumps({"kind": kind} | dict.fromkeys(NUMBERS[kind], 1) | extra | values).encode() + b"\n"


def step(number: int, lane: int, **values: object) -> bytes:
    return line("step", step=number, lane=lane, **values)


@pytest.fixture
def file(tmp_path):
    """A race of four lanes: two steps each."""
    path = tmp_path / "metrics.jsonl"
    path.write_bytes(b"".join(step(number, lane) for number in (1, 2) for lane in (1, 2, 3, 4)))
    return path


def test_two_viewers_and_four_lanes_that_look_again_read_only_what_is_new(file, monkeypatch):
    sizes = bytes_read(file, monkeypatch)
    whole = file.stat().st_size
    for _ in range(3):
        for _ in ("one viewer", "another"):
            assert len(feed(file).read().steps) == 8
            assert [len(lane.steps) for lane in feed(file).lanes(4)] == [2, 2, 2, 2]
    assert sizes == [whole]
    news = step(3, 1) + step(3, 2)
    with file.open("ab") as out:
        out.write(news)
    for _ in ("one viewer", "another"):
        assert [len(lane.steps) for lane in feed(file).lanes(4)] == [3, 3, 2, 2]
        assert len(feed(file).read().steps) == 10
    assert sizes == [whole, len(news)]


def test_many_who_look_at_the_same_time_read_a_file_once(file, monkeypatch):
    sizes = bytes_read(file, monkeypatch)
    one, read = feed(file), metrics_log.read

    def slowly(path, after):
        news = read(path, after)
        time.sleep(0.05)  # in which the others come
        return news

    monkeypatch.setattr(metrics_log, "read", slowly)
    with ThreadPoolExecutor(16) as pool:
        seen = list(pool.map(lambda _: (one.read(), one.lanes(4)), range(200)))
    assert sizes == [file.stat().st_size]
    assert len({id(whole) for whole, _ in seen}) == 1


def test_what_to_expect_of_another_training_reads_no_run_anew(monkeypatch):
    one = watched("mina")
    sizes = bytes_read(one.metrics_file, monkeypatch)
    for _ in range(2):
        feed(one.metrics_file).read()
        assert measured_speed(CLASSROOM) > 0
    assert sizes == [one.metrics_file.stat().st_size]


def test_a_lane_has_its_own_lines_its_test_and_its_end_and_a_resumption_is_everybodys():
    one = planted("mina")
    first, second, zeros, wild = feed(one.metrics_file).lanes(4)
    assert [len(lane.steps) for lane in (first, second, zeros, wild)] == [80, 80, 80, 0]
    assert [lane.test["test_accuracy"] for lane in (first, second, zeros)] == [0.66, 0.60, 0.5]
    assert wild.test is None and wild.failed["step"] == 7 and first.failed is None
    with one.metrics_file.open("ab") as out:
        out.write(line("resume", step=6, epoch=0))
    lanes = feed(one.metrics_file).lanes(4)
    assert [(len(lane.steps), lane.epochs, lane.test, lane.failed) for lane in lanes] == [
        *[(6, (), None, None)] * 3,
        (0, (), None, None),
    ]
    assert feed(one.metrics_file).lanes(6)[5].steps == ()


def test_a_file_that_was_cut_off_or_replaced_by_a_shorter_one_is_read_from_its_beginning(file):
    before = feed(file).read(), feed(file).lanes(4)
    file.write_bytes(step(9, 2, loss=0.5))
    after = feed(file).read(), feed(file).lanes(4)
    assert [one["step"] for one in after[0].steps] == [9]
    assert [len(lane.steps) for lane in after[1]] == [0, 1, 0, 0]
    assert after[0].version != before[0].version and after[1][0].version != before[1][0].version
    file.unlink()
    assert feed(file).read().steps == () and feed(file).lanes(2)[1].steps == ()


def test_while_nothing_is_new_it_is_the_same_object_and_a_version_never_comes_again(file):
    one = Feed(file)
    first = one.read()
    assert one.read() is first and one.lanes(4)[2] is one.lanes(4)[2]
    assert Feed(file).read().version != first.version  # as after the first feed was let go of
    with file.open("ab") as out:
        out.write(step(3, 1) + b"damaged\n")
    assert one.read().version != first.version and one.read().damaged == 1


def test_curves_are_thinned_and_the_speed_is_that_of_the_latest_lines(tmp_path):
    path = tmp_path / "metrics.jsonl"
    speeds = [*[900.0] * 2000, 0.0, *[100.0] * 15]
    path.write_bytes(
        b"".join(step(number, 1, images_per_second=speed) for number, speed in enumerate(speeds))
    )
    seen = Feed(path).read()
    assert len(seen.steps) == MOST and seen.steps[-1]["step"] == len(speeds) - 1
    assert seen.speed == 100.0 and Feed(path).median_speed() == 900.0
    assert Feed(tmp_path / "none.jsonl").read().speed is None


@pytest.mark.parametrize("lane", [None, [], {}, "1", 1.0, True, 10**400])
def test_a_line_of_a_lane_that_is_none_is_no_lanes(file, lane):
    with file.open("ab") as out:
        out.write(line("step", step=3, lane=lane))
    assert [len(one.steps) for one in feed(file).lanes(4)] == [2, 2, 2, 2]
    assert len(feed(file).read().steps) == 9
