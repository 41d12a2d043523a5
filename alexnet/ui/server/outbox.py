"""What waits to be sent to a browser, when a part of a page is drawn anew before that.

Streamlit then drops what it has drawn of the part and not sent. It keeps, though, what it sends as a mere
reference, because the browser has it already: a chart that has not changed, for one. The block that the chart
stands in is dropped. Where the browser still shows something else in the block's place, it ends with "'setIn'
cannot be called on an ElementNode", and the page is blank until it is loaded again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

if TYPE_CHECKING:
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

_clear = ForwardMsgQueue.clear


def drop_with_blocks() -> None:
    """Have whatever stands in a dropped block dropped with it; it is drawn anew with the block.

    Streamlit has no setting for it. To be called before the first session.
    """
    ForwardMsgQueue.clear = _clear_with_blocks  # type: ignore[method-assign]


def _clear_with_blocks(
    self: ForwardMsgQueue,
    retain_lifecycle_msgs: bool = False,
    fragment_ids_this_run: list[str] | None = None,
) -> None:
    if retain_lifecycle_msgs and fragment_ids_this_run is not None:
        blocks = {
            _place(message)
            for message in self._queue
            if message.HasField("delta")
            and message.delta.HasField("add_block")
            and message.delta.fragment_id in fragment_ids_this_run
        }
        self._queue = [message for message in self._queue if not _within(_place(message), blocks)]
    _clear(self, retain_lifecycle_msgs, fragment_ids_this_run)


def _place(message: ForwardMsg) -> tuple[int, ...]:
    """Numbers that lead from the page to where a message belongs; empty if it belongs nowhere."""
    return tuple(message.metadata.delta_path)


def _within(place: tuple[int, ...], blocks: set[tuple[int, ...]]) -> bool:
    return any(place[:depth] in blocks for depth in range(1, len(place)))
