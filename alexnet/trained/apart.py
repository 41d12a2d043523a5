"""A trained network that answers from a process of its own: one whose rows somebody made up.

Asked in the same way as ``predictor.Predictor``. What it takes is counted before, and limited while it works
(``alexnet.architecture.budget``, ``alexnet.sandbox``). No TensorFlow here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from alexnet.architecture import Network, budget, is_known
from alexnet.data.classes import Class
from alexnet.data.preparation import Preparation
from alexnet.sandbox import SANDBOX, Limits
from alexnet.trained import explanations
from alexnet.trained.answers import Answering
from alexnet.trained.record import Trained
from alexnet.trained.stages import Maps, Stage, stages
from alexnet.weights import store

if TYPE_CHECKING:
    from alexnet.trained.predictor import Predictor

_LIMITS = Limits(seconds=60)

_USUAL = 320 * 2**20
"""Bytes of one picture's way through a network that the server computes itself. The largest known one, at 227
pixels, takes 245 MB of them; all but its weights it takes for a moment."""


def belongs_apart(network: Network) -> bool:
    """Is it asked in a process of its own? Where its rows are somebody's, or it is much enlarged."""
    return not is_known(network) or budget.forward(network, 1).memory > _USUAL


def each_alone(
    one: Trained, picture: NDArray[np.float32], tick: Callable[[float], None] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What each of a network's two towers answers alone, in a process of its own where it belongs there.

    Args:
        one: The network.
        picture: As it reads it, (size, size, channels).
        tick: As of ``Apart``.

    Raises:
        LimitError, DataError: As ``Sandbox.run``; or as ``explanations.without_tower``.
    """
    asked = (one.network, one.weights, picture)
    if not belongs_apart(one.network):
        return explanations.each_alone(*asked)
    budget.check(budget.forward(one.network, 1), budget.LESSON)
    found: tuple[NDArray[np.float64], NDArray[np.float64]] = SANDBOX.run(
        "alexnet.trained.explanations:each_alone", *asked, limits=_LIMITS, tick=tick
    )
    return found


def without_map(
    one: Trained,
    picture: NDArray[np.float32],
    place: tuple[str, int, int],
    tick: Callable[[float], None] | None = None,
) -> NDArray[np.float64]:
    """What a network answers with one map muted, in a process of its own where it belongs there.

    Args:
        one: The network.
        picture: As it reads it, (size, size, channels).
        place: The layer's name, the tower and the map's number, both from 1.
        tick: As of ``Apart``.

    Raises:
        LimitError, DataError: As ``Sandbox.run``; or as ``explanations.without_map``.
    """
    asked = (one.network, one.weights, picture, *place)
    if not belongs_apart(one.network):
        return explanations.without_map(*asked)
    budget.check(budget.forward(one.network, 1), budget.LESSON)
    found: NDArray[np.float64] = SANDBOX.run(
        "alexnet.trained.explanations:without_map", *asked, limits=_LIMITS, tick=tick
    )
    return found


class _What(NamedTuple):
    """A trained network as it is sent to the process."""

    network: Network
    version: tuple[str, int]
    classes: tuple[Class, ...]
    preparation: Preparation


class Apart(Answering):
    """A trained network in another process, and the responses of its layers.

    Args:
        one: The network.
        tick: Told while it is waited for how long that has been, in seconds; may raise to give up.
    """

    def __init__(self, one: Trained, tick: Callable[[float], None] | None = None) -> None:
        self.network, self.classes, self.preparation = one.network, one.classes, one.preparation
        self.stages: tuple[Stage, ...] = stages(one.network)
        self._what = _What(one.network, one.version, one.classes, one.preparation)
        self._tick = tick
        budget.check(budget.forward(one.network, 1), budget.LESSON)
        one_picture, none = (budget.forward(one.network, count).memory for count in (1, 0))
        self._at_once = max(1, (budget.LESSON.memory - none) // max(one_picture - none, 1))

    def activations(self) -> Apart:
        """Itself."""
        return self

    def of(self, inputs: NDArray[np.float32]) -> Mapping[str, Maps]:
        """Every layer's responses, by its name. As ``Activations.of``.

        Raises:
            LimitError, DataError: As ``Sandbox.run``.
        """
        parts: list[Mapping[str, Maps]] = self._ask("of", inputs)
        return {name: _joined([part[name] for part in parts]) for name in parts[0]}

    def first(self, inputs: NDArray[np.float32]) -> Maps:
        """The first layer's responses alone. As ``Activations.first``."""
        parts: list[Maps] = self._ask("first", inputs)
        return _joined(parts)

    def hidden(self, inputs: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Probabilities and the last layer before them. As ``Activations.hidden``."""
        parts = self._ask("hidden", inputs)
        return np.concatenate([one for one, _ in parts]), np.concatenate([units for _, units in parts])

    def gradient(self, image: NDArray[np.float32], index: int) -> NDArray[np.float32]:
        """How a class's score changes with the picture. As ``Activations.gradient``."""
        found: NDArray[np.float32] = SANDBOX.run(
            f"{__name__}:gradient", self._what, image, index, limits=_LIMITS, tick=self._tick
        )
        return found

    def slopes(self, image: NDArray[np.float32], index: int) -> Mapping[str, tuple[Maps, Maps]]:
        """How a class's score changes with every response. As ``Activations.slopes``."""
        found: Mapping[str, tuple[Maps, Maps]] = SANDBOX.run(
            f"{__name__}:slopes", self._what, image, index, limits=_LIMITS, tick=self._tick
        )
        return found

    def softmax(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Softmax outputs, (n, classes). As ``Predictor.softmax``."""
        return np.concatenate(self._ask("forward", inputs))

    def _ask(self, which: str, inputs: NDArray[np.float32]) -> list[Any]:
        """What the process gives, for as many pictures at once as the budget allows."""
        chunks = [inputs[at : at + self._at_once] for at in range(0, len(inputs), self._at_once)]
        return [
            SANDBOX.run(f"{__name__}:{which}", self._what, chunk, limits=_LIMITS, tick=self._tick)
            for chunk in chunks
        ]


def _joined(parts: Sequence[Maps]) -> Maps:
    """The towers' responses to all pictures, from those to some."""
    return tuple(np.concatenate(towers) for towers in zip(*parts, strict=True))


_MOST = 2
_kept: OrderedDict[tuple[str, int], Predictor] = OrderedDict()
"""In the process: the networks that were asked last, by their files of weights."""


def _predictor(what: _What) -> Predictor:
    from alexnet.trained.predictor import Predictor

    found = _kept.get(what.version)
    if found is None:
        while len(_kept) >= _MOST:
            _kept.popitem(last=False)
        weights = store.read(Path(what.version[0]))
        found = _kept[what.version] = Predictor(what.network, weights, what.classes, what.preparation)
    _kept.move_to_end(what.version)
    return found


def forward(what: _What, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """In the process: softmax outputs, (n, classes)."""
    return _predictor(what).softmax(inputs)


def of(what: _What, inputs: NDArray[np.float32]) -> Mapping[str, Maps]:
    """In the process: every layer's responses."""
    return _predictor(what).activations().of(inputs)


def first(what: _What, inputs: NDArray[np.float32]) -> Maps:
    """In the process: the first layer's responses."""
    return _predictor(what).activations().first(inputs)


def hidden(what: _What, inputs: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """In the process: the probabilities and the last layer before them."""
    return _predictor(what).activations().hidden(inputs)


def gradient(what: _What, image: NDArray[np.float32], index: int) -> NDArray[np.float32]:
    """In the process: how a class's score changes with the picture."""
    return _predictor(what).activations().gradient(image, index)


def slopes(what: _What, image: NDArray[np.float32], index: int) -> Mapping[str, tuple[Maps, Maps]]:
    """In the process: the convolutions' responses, and how a class's score changes with each."""
    return _predictor(what).activations().slopes(image, index)
