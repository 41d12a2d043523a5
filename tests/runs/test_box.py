"""The box of wake-up calls: nothing in it is unpickled, and a damaged one is made anew."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from huey.registry import Message

from alexnet.runs import queue
from alexnet.runs.box import PlainTasks, file_box


class Bomb:
    """What runs when it is unpickled."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.mark,)


def test_a_task_travels_as_json_without_anything_in_it():
    box = queue.bell().huey
    queue.bell().ring()
    (data,) = box.storage.enqueued_items()
    assert set(PlainTasks().deserialize(data)._asdict().items()) >= {("args", None), ("kwargs", None)}
    assert data.startswith(b"{") and b"train_waiting" in data
    assert box.dequeue().name == "train_waiting"


def test_a_forged_pickle_in_the_queue_is_refused_and_not_run(tmp_path):
    mark = tmp_path / "mark"
    pickle.loads(pickle.dumps(Bomb(mark)))  # which is what would happen
    assert mark.exists()
    mark.unlink()
    box = queue.bell().huey
    box.storage.enqueue(pickle.dumps(Bomb(mark)))
    with pytest.raises(ValueError):
        box.dequeue()
    assert not mark.exists()
    queue.bell().ring()  # and the box works on
    assert box.dequeue().name == "train_waiting" and box.dequeue() is None


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"null", b'{"id": "a"}', b'{"id": 1, "name": "b"}', b'{"id": "a", "name": "b", "args": []}'],
)
def test_what_is_no_task_is_refused(data):
    with pytest.raises(ValueError):
        PlainTasks().deserialize(data)


def test_a_task_that_carries_something_is_not_written():
    with pytest.raises(ValueError, match="arguments"):
        PlainTasks().serialize(Message("a", "b", args=(1,)))


def test_a_damaged_file_is_made_anew(tmp_path, caplog):
    file = tmp_path / ".queue.db"
    file.write_bytes(b"no database" * 500)
    box = file_box(file)
    assert box.pending_count() == 0 and file.read_bytes().startswith(b"SQLite format 3")
    assert "made anew" in caplog.text
