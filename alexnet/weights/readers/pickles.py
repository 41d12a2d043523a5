"""A reader of pickles that makes nothing but what it is told to: numbers, texts, lists and dictionaries.

A pickle is a program. Here the only names that it can call are those given; any other one ends the reading
before anything is called. The program's length and what it remembers are limited besides.
"""

from __future__ import annotations

import io
import pickle
import pickletools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from alexnet.errors import DataError
from alexnet.weights.readers.limits import damaged

MOST_STEPS = 20_000
"""Of a pickle's program: PyTorch's of AlexNet has some four hundred."""


class Restricted(pickle.Unpickler):  # noqa: S301 -- it calls nothing but what it is given
    """An unpickler with a list of names.

    Args:
        content: The pickle.
        path: The file that it is of, for errors.
        names: What it may call, by ``module.name``.
        persistent: What makes an object of a persistent id; None: there may be none.
    """

    def __init__(
        self,
        content: bytes,
        path: Path,
        names: Mapping[str, Callable[..., Any]],
        persistent: Callable[[Any], Any] | None = None,
    ) -> None:
        super().__init__(io.BytesIO(content), encoding="latin1")
        self._path, self._names, self._persistent = path, names, persistent

    def find_class(self, module: str, name: str) -> Any:
        """One of the names.

        Raises:
            DataError: foreign_code; the file calls something else.
        """
        called = f"{module}.{name}"
        if called not in self._names:
            raise DataError("foreign_code", file=self._path.name, name=called[:80])
        return self._names[called]

    def persistent_load(self, pid: Any) -> Any:
        """What a persistent id stands for."""
        if self._persistent is None:
            raise damaged(self._path, "persistent id")
        return self._persistent(pid)


def load(
    content: bytes,
    path: Path,
    names: Mapping[str, Callable[..., Any]],
    persistent: Callable[[Any], Any] | None = None,
) -> Any:
    """What a pickle makes. Arguments as of ``Restricted``.

    Raises:
        DataError: foreign_code or foreign_damaged.
    """
    try:
        for step, (operation, value, _) in enumerate(pickletools.genops(content)):
            # The memo is as long as its highest place: one of two thousand million takes 16 GB.
            far = operation.name in ("PUT", "BINPUT", "LONG_BINPUT") and int(value or 0) > MOST_STEPS
            if far or step > MOST_STEPS or operation.name in ("EXT1", "EXT2", "EXT4"):
                raise damaged(path, "pickle")
        return Restricted(content, path, names, persistent).load()
    except DataError:
        raise
    except Exception as error:  # noqa: BLE001 -- a damaged pickle raises whatever it likes
        raise damaged(path, f"{type(error).__name__}: {error}") from None
