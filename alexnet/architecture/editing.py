"""Editing a network row by row: each operation returns a new network, and a history can take it back.

Every network that an operation returns can be written down and read again
(``alexnet.architecture.document``). It need not fit: an impossible row is allowed to stand, and
``alexnet.architecture.shapes.trace_until_failure`` says at which row and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from alexnet.architecture import Convolution, Dense, Network, Row, budget
from alexnet.architecture.document import read, write
from alexnet.architecture.kinds import KINDS, Kind, kind_of
from alexnet.architecture.shapes import trace_until_failure
from alexnet.errors import ChoiceError

MOST_PARAMETERS = 150_000_000
"""Weights and biases above which a network is not offered for training: it, its gradients and its momentum
alone would fill 1.8 GB."""

STEPS = 200
"""How many changes a history remembers."""


def fresh_name(network: Network, kind: Kind) -> str:
    """A name that no row has yet: the stem of the kind and the number after the highest in use."""
    stem = kind.stem
    tails = [row.name.removeprefix(stem) for row in network.rows if row.name.startswith(stem)]
    numbers = [int(tail) for tail in tails if tail.isascii() and tail.isdecimal() and len(tail) < 6]
    return f"{stem}{max(numbers, default=0) + 1}"


def index(network: Network, name: str) -> int:
    """The place of a row, counted from 0.

    Raises:
        ChoiceError: row_unknown.
    """
    return network.rows.index(network.row(name))


def insert(network: Network, after: str | None, kind: str) -> tuple[Network, str]:
    """A new row below the row of a name, or on top where that is None; and the new row's name.

    Args:
        network: Any.
        after: The name of the row above it.
        kind: Its kind's id.

    Raises:
        InputError: row_unknown, setting_unknown (the kind), document_too_many_rows.
    """
    if kind not in KINDS:
        raise ChoiceError("setting_unknown", name="kind", id=kind[:40], known=", ".join(KINDS))
    name = fresh_name(network, KINDS[kind])
    return _inserted(network, after, KINDS[kind].new(name)), name


def duplicate(network: Network, name: str) -> tuple[Network, str]:
    """The same row once more, below itself; and the new one's name.

    Raises:
        InputError: row_unknown, document_too_many_rows.
    """
    row = network.row(name)
    new = fresh_name(network, kind_of(row))
    return _inserted(network, name, replace(row, name=new)), new


def _inserted(network: Network, after: str | None, row: Row) -> Network:
    place = 0 if after is None else index(network, after) + 1
    return _checked(replace(network, rows=(*network.rows[:place], row, *network.rows[place:])))


def remove(network: Network, name: str) -> Network:
    """The network without a row.

    Raises:
        InputError: row_unknown, or document_too_many_rows where it is the only one.
    """
    place = index(network, name)
    return _checked(replace(network, rows=network.rows[:place] + network.rows[place + 1 :]))


def move(network: Network, name: str, by: int) -> Network:
    """The network with a row so many places further down (up, where ``by`` is negative), at most to the end.

    Raises:
        ChoiceError: row_unknown.
    """
    place = index(network, name)
    rest = [*network.rows[:place], *network.rows[place + 1 :]]
    rest.insert(min(max(place + by, 0), len(rest)), network.rows[place])
    return _checked(replace(network, rows=tuple(rest)))


def change(network: Network, name: str, /, **settings: object) -> Network:
    """The network with other settings of one row, its name among them.

    Raises:
        InputError: row_unknown, or what ``document.read`` finds wrong with a setting.
    """
    place = index(network, name)
    content = write(network)
    content["rows"][place] |= settings
    return read(content)


def configure(network: Network, /, **settings: object) -> Network:
    """The network with another id, size, number of channels, or rounding (a mapping as in a document).

    Raises:
        InputError: What ``document.read`` finds wrong with a setting.
    """
    return read(write(network) | settings)


def _checked(network: Network) -> Network:
    return read(write(network))


def settings(row: Row) -> Mapping[str, object]:
    """What may be changed in a row besides its name, in the order in which the row's class has it."""
    return {name: value for name, value in vars(row).items() if name != "name"}


def obstacle(network: Network) -> str | None:
    """Why a network cannot be trained and used by other lessons: an id, or None where it can.

    ``"misfit"``: a row does not fit. ``"no_convolution"``: no kernels to look at. ``"no_softmax"``: the last
    row with weights has to be a dense layer of one tower with softmax, which gives the classes.
    ``"colours"``: the pictures have three. ``"too_large"``: more than ``MOST_PARAMETERS``. ``"beyond"``: more
    memory or work than a lesson may take; ``budget.excess`` says how much.
    """
    layers, error = trace_until_failure(network)
    if error is not None:
        return "misfit"
    if not any(isinstance(row, Convolution) for row in network.rows):
        return "no_convolution"
    last = network.rows[-1]
    if not (isinstance(last, Dense) and last.activation == "softmax" and last.towers == 1):
        return "no_softmax"
    if network.channels != 3:
        return "colours"
    if sum(layer.parameters for layer in layers) > MOST_PARAMETERS:
        return "too_large"
    return "beyond" if budget.excess(network) is not None else None


@dataclass(frozen=True)
class History:
    """A network, what it was before, and what it was before changes were taken back.

    Attributes:
        present: The network as it stands.
        past: Earlier ones, the oldest first; ``STEPS`` at most.
        future: Those taken back, the next one last.
        origin: What ``reset`` returns to.
    """

    present: Network
    past: tuple[Network, ...] = ()
    future: tuple[Network, ...] = ()
    origin: Network | None = None

    @property
    def start(self) -> Network:
        """The network that the editing began with."""
        return self.origin or (self.past[0] if self.past else self.present)

    def do(self, network: Network) -> History:
        """With another network on top; the same history where nothing has changed."""
        if network == self.present:
            return self
        return History(network, (*self.past, self.present)[-STEPS:], (), self.start)

    def undo(self) -> History:
        """One change back; the same history where there is none."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (*self.future, self.present), self.start)

    def redo(self) -> History:
        """One change forward again; the same history where there is none."""
        if not self.future:
            return self
        return History(self.future[-1], (*self.past, self.present), self.future[:-1], self.start)

    def reset(self) -> History:
        """As it all began; this too can be taken back."""
        return self.do(self.start)

    def begin(self, network: Network) -> History:
        """From another network, to which ``reset`` then returns; this too can be taken back."""
        return replace(self.do(network), origin=network)
