"""The trained networks that come with the app, by id."""

from __future__ import annotations

from alexnet.errors import ChoiceError
from alexnet.trained import shipped
from alexnet.trained.record import Trained

DEFAULT = shipped.DEFAULT
"""The network that pages open with."""

IDS: tuple[str, ...] = tuple(shipped.NETWORKS)
"""In the order in which they are offered."""


def trained(id: str = DEFAULT) -> Trained:
    """The trained network of that id. Its files are read when they are asked for.

    Raises:
        ChoiceError: trained_unknown.
    """
    if id not in IDS:
        raise ChoiceError("trained_unknown", id=id, known=", ".join(IDS))
    return shipped.trained(id)
