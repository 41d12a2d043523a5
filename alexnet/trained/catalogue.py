"""The trained networks that come with the app, by id, and the published ones on this machine."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from alexnet.errors import ChoiceError
from alexnet.trained import published, shipped
from alexnet.trained.record import Trained

ENTRIES: dict[str, Callable[[], Trained]] = {id: partial(shipped.trained, id) for id in shipped.NETWORKS}
"""What makes each record, in the order in which they are offered."""

DEFAULT = shipped.DEFAULT
"""The network that pages open with."""


def every() -> dict[str, Callable[[], Trained]]:
    """``ENTRIES``, and behind them the published networks whose files are in the data folder."""
    return ENTRIES | published.entries()


def trained(id: str = DEFAULT) -> Trained:
    """The trained network of that id. Its files are read when they are asked for.

    Raises:
        ChoiceError: trained_unknown.
    """
    made = ENTRIES.get(id) or published.entries().get(id)
    if made is None:
        raise ChoiceError("trained_unknown", id=id, known=", ".join(ENTRIES))
    return made()
