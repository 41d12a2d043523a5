"""What a run starts from when not from scratch: the weights of a trained network, and what of them learns on.

``alexnet.runs.trained_beginning`` finds such networks and makes these records. No TensorFlow.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from alexnet.architecture import BatchNormalization, Convolution, Dense, Network
from alexnet.architecture.shapes import trace
from alexnet.errors import InputError
from alexnet.recipes import STRICT
from alexnet.trained.catalogue import ENTRIES


@dataclass(frozen=True)
class Beginning:
    """The trained network that a run starts from.

    Attributes:
        source: Id of a network of ``alexnet.trained.catalogue.ENTRIES``, or of a finished run.
        frozen: The convolutions, with what normalizes them, stay as they are; only what lies behind learns.
        anew: Names of the rows whose weights do not fit, as other classes need another last layer: these
            begin as in a run from scratch.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT

    source: str
    frozen: bool = False
    anew: tuple[str, ...] = ()


def drawn_anew(source: Network, network: Network) -> tuple[str, ...]:
    """Names of the rows of ``network`` that cannot take the weights of ``source``, in order.

    A row takes them where ``source`` has a row of its name with weights of the same shape and as many towers.

    Raises:
        ShapeError: A row of one of them does not fit.
    """
    theirs = {layer.row.name: layer for layer in trace(source) if layer.parameters}
    anew = []
    for layer in trace(network):
        if not layer.parameters:
            continue
        other = theirs.get(layer.row.name)
        same = other is not None and (
            (type(other.row), other.kernel_shape, other.parameters)
            == (type(layer.row), layer.kernel_shape, layer.parameters)
        )
        if not same:
            anew.append(layer.row.name)
    return tuple(anew)


def frozen_rows(network: Network, beginning: Beginning | None) -> frozenset[str]:
    """Names of the rows that do not learn: none, or convolutions and their normalization up to a dense row.

    What is drawn anew always learns.
    """
    if beginning is None or not beginning.frozen:
        return frozenset()
    names = []
    for row in network.rows:
        if isinstance(row, Dense):
            break
        if isinstance(row, Convolution | BatchNormalization) and row.name not in beginning.anew:
            names.append(row.name)
    return frozenset(names)


def learning(network: Network, beginning: Beginning | None = None) -> int:
    """How many parameters learn by gradients: moving means and variances, which only follow, are not counted.

    Raises:
        ShapeError: A row does not fit.
    """
    frozen = frozen_rows(network, beginning)
    count = 0
    for layer in trace(network):
        if layer.row.name not in frozen:
            # Of a map's four numbers two are gamma and beta; the other two are its moving statistics.
            count += layer.parameters // 2 if isinstance(layer.row, BatchNormalization) else layer.parameters
    return count


def check(beginning: Beginning, network: Network, is_run: bool) -> None:
    """Hold a beginning against what there is; whether a run of that id is still there, is not asked.

    Args:
        beginning: What to check.
        network: The rows of the run that starts from it.
        is_run: Does its source look like a run's id?

    Raises:
        InputError: beginning_unknown.
    """
    known = {row.name for row in network.rows}
    if not (is_run or beginning.source in ENTRIES) or not known.issuperset(beginning.anew):
        raise InputError("beginning_unknown", id=beginning.source[:40], known=", ".join(ENTRIES))
