"""The errors that this library raises on purpose.

    AlexNetError
    ├── InputError            what somebody gave cannot be used
    │   ├── ShapeError        a size, kernel, stride or row of a network does not fit
    │   ├── ImageError        an uploaded picture cannot be read
    │   ├── ChoiceError       an id that names nothing we have
    │   └── LimitError        more than the machine is to bear
    ├── DataError             a file that we ship or wrote is missing or damaged
    └── LanguageError         a text is missing from the catalogues

An error carries an id and the values that belong to it, and no sentence: the sentence is made in the
reader's language by ``alexnet.language.explain``, from the key ``errors.<id>``.
"""

from __future__ import annotations

from typing import Any


class AlexNetError(Exception):
    """The root: ``id`` names the text of the error, ``values`` fills its gaps.

    Args:
        id: Lower-case words joined by ``_``; the catalogues hold a text for ``errors.<id>``.
        values: What the text mentions: numbers, names, what came and what was expected.
    """

    def __init__(self, id: str, /, **values: object) -> None:
        super().__init__(id, values)
        self.id = id
        self.values = values

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors travel between processes, and an exception's own way would call the class with two arguments.
        return _again, (type(self), self.id, self.values)

    def __str__(self) -> str:
        details = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.id}({details})"


def _again(kind: type[AlexNetError], id: str, values: dict[str, object]) -> AlexNetError:
    return kind(id, **values)


class InputError(AlexNetError):
    """What somebody gave cannot be used; they can give something else."""


class ShapeError(InputError):
    """A size, kernel, stride or row of a network does not fit."""


class ImageError(InputError):
    """An uploaded picture cannot be read."""


class ChoiceError(InputError):
    """An id that names nothing we have."""


class LimitError(InputError):
    """What was asked for takes more memory, time or disk than the machine is to bear."""


class DataError(AlexNetError):
    """A file that we ship or wrote is missing or damaged."""


class LanguageError(AlexNetError):
    """A text is missing from the catalogues."""
