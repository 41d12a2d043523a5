"""What waits to be sent is dropped with the block that it stands in."""

from __future__ import annotations

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_cache import create_reference_msg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from alexnet.ui.server import outbox


@pytest.fixture
def queue(monkeypatch) -> ForwardMsgQueue:
    monkeypatch.setattr(ForwardMsgQueue, "clear", ForwardMsgQueue.clear)  # afterwards Streamlit's own again
    outbox.drop_with_blocks()
    return ForwardMsgQueue()


def block(*place: int, part: str = "") -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path[:] = place
    message.delta.add_block.allow_empty = True
    message.delta.fragment_id = part
    return message


def chart(*place: int, part: str = "") -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path[:] = place
    message.delta.new_element.markdown.body = "a chart"
    message.delta.fragment_id = part
    message.hash = "known"
    return message


def places(queue: ForwardMsgQueue) -> list[list[int]]:
    return [list(message.metadata.delta_path) for message in queue._queue]


def test_a_reference_goes_with_the_dropped_block_that_it_stands_in(queue):
    queue.enqueue(block(0, 3, part="run"))
    queue.enqueue(block(0, 3, 1, part="run"))
    queue.enqueue(create_reference_msg(chart(0, 3, 1, 0, part="run")))
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["run"])
    assert places(queue) == []


def test_what_stands_elsewhere_and_what_belongs_nowhere_is_still_sent(queue):
    started = ForwardMsg()
    started.new_session.name = "app"
    queue.enqueue(started)
    queue.enqueue(create_reference_msg(chart(0, 2)))
    queue.enqueue(block(0, 3, part="run"))
    queue.enqueue(block(0, 4, part="other"))
    queue.enqueue(create_reference_msg(chart(0, 4, 0, part="other")))
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["run"])
    assert places(queue) == [[], [0, 2], [0, 4], [0, 4, 0]]


def test_a_reference_whose_block_is_on_the_screen_already_is_still_sent(queue):
    queue.enqueue(create_reference_msg(chart(0, 3, 1, 0, part="run")))
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["run"])
    assert places(queue) == [[0, 3, 1, 0]]


def test_a_run_of_the_whole_page_and_a_flush_clear_as_ever(queue):
    queue.enqueue(block(0, 3, part="run"))
    queue.enqueue(create_reference_msg(chart(0, 3, 0, part="run")))
    assert len(queue.flush()) == 2
    queue.enqueue(block(0, 3))
    queue.clear(retain_lifecycle_msgs=True)
    assert queue.is_empty()
