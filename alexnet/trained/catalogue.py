"""The trained networks that come with the app, by id."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from alexnet.errors import ChoiceError
from alexnet.trained import shipped
from alexnet.trained.record import Trained

ENTRIES: dict[str, Callable[[], Trained]] = {id: partial(shipped.trained, id) for id in shipped.NETWORKS}
"""What makes each record, in the order in which they are offered."""

DEFAULT = shipped.DEFAULT
"""The network that pages open with."""


def trained(id: str = DEFAULT) -> Trained:
    """The trained network of that id. Its files are read when they are asked for.

    Raises:
        ChoiceError: trained_unknown.
    """
    if id not in ENTRIES:
        raise ChoiceError("trained_unknown", id=id, known=", ".join(ENTRIES))
    return ENTRIES[id]()
