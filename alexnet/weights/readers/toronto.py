"""Toronto's ``.npy`` file: NumPy's header, then a pickled dictionary of row names to [weights, biases]."""

from __future__ import annotations

import ast
import codecs
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from alexnet.weights.readers import pickles
from alexnet.weights.readers.limits import check_count, check_shape, content, damaged

_MAGIC = b"\x93NUMPY"


class _Array:
    """An array that a pickle makes: its state is taken apart here, and no method of NumPy's is called."""

    def __init__(self, *arguments: Any) -> None:
        self.state: Any = None

    def __setstate__(self, state: Any) -> None:
        self.state = state


class _Type:
    """NumPy's ``dtype`` in a pickle."""

    def __init__(self, code: Any = "", *rest: Any) -> None:
        self.code = str(code)
        self.order = "<"

    def __setstate__(self, state: Any) -> None:
        if isinstance(state, tuple) and len(state) > 1:
            self.order = str(state[1])


def read(paths: Sequence[Path]) -> dict[str, NDArray[Any]]:
    """``conv1/weight`` and ``conv1/bias`` of each row, in the order height, width, in, out.

    Raises:
        DataError: weights_missing, foreign_too_large, foreign_too_many, foreign_code or foreign_damaged.
    """
    (path,) = paths
    whole = content(path)
    if whole[:6] != _MAGIC or len(whole) < 12:
        raise damaged(path, "NUMPY")
    wide = 2 if whole[6] == 1 else 4
    begin = 8 + wide
    end = begin + int.from_bytes(whole[8:begin], "little")
    try:
        header = ast.literal_eval(whole[begin : min(end, begin + 4096)].decode("latin1"))
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        raise damaged(path, str(error)) from None
    if not isinstance(header, dict) or header.get("descr") != "|O":
        raise damaged(path, "descr")
    made = pickles.load(whole[end:], path, _names())
    del whole
    inner = _only(path, made)
    if not isinstance(inner, dict):
        raise damaged(path, "dict")
    check_count(path, 2 * len(inner))
    found: dict[str, NDArray[Any]] = {}
    for name, pair in inner.items():
        if not isinstance(name, str | bytes) or not isinstance(pair, list | tuple) or len(pair) != 2:
            raise damaged(path, "dict")
        row = name.decode("latin1") if isinstance(name, bytes) else name
        for part, one in zip(("weight", "bias"), pair, strict=True):
            found[f"{row[:40]}/{part}"] = _array(path, one)
    return found


def _names() -> dict[str, Callable[..., Any]]:
    names: dict[str, Callable[..., Any]] = {"_codecs.encode": _encoded}
    for module in ("numpy.core.multiarray", "numpy._core.multiarray"):
        names[f"{module}._reconstruct"] = _Array
    for module in ("numpy",):
        names[f"{module}.ndarray"] = _Array
        names[f"{module}.dtype"] = _Type
    return names


def _encoded(text: str, code: str) -> bytes:
    return codecs.encode(str(text), "latin1")


def _only(path: Path, made: Any) -> Any:
    """The dictionary itself: NumPy wraps it in an array without axes."""
    if isinstance(made, _Array):
        state = made.state
        if not isinstance(state, tuple) or len(state) != 5 or state[1] != ():
            raise damaged(path, "array")
        inner = state[4]
        return inner[0] if isinstance(inner, list) and len(inner) == 1 else None
    return made


def _array(path: Path, one: Any) -> NDArray[Any]:
    state = one.state if isinstance(one, _Array) else None
    if not isinstance(state, tuple) or len(state) != 5:
        raise damaged(path, "array")
    _, shape, kind, columns_first, data = state
    if not isinstance(kind, _Type) or kind.code not in ("f4", "f8", "f2") or not isinstance(shape, tuple):
        raise damaged(path, "dtype")
    check_shape(path, shape, int(kind.code[1]))
    raw = data.encode("latin1") if isinstance(data, str) else data
    order = ">" if kind.order == ">" else "<"
    if not isinstance(raw, bytes) or len(raw) != int(kind.code[1]) * int(np.prod(shape, dtype=np.int64)):
        raise damaged(path, "data")
    return np.frombuffer(raw, order + kind.code).reshape(shape, order="F" if columns_first is True else "C")
