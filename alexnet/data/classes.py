"""The classes that pictures belong to: ids in code and files, names in the reader's language."""

from __future__ import annotations

from alexnet.language import Language, text

CIFAR10: tuple[str, ...] = (
    "airplane",
    "automobile",
    "bird",
    "cat",
    "deer",
    "dog",
    "frog",
    "horse",
    "ship",
    "truck",
)
"""CIFAR-10's classes in the order of its labels (``batches.meta`` of the published archive)."""

CATS_AND_DOGS: tuple[str, ...] = ("cat", "dog")
"""The starter data's classes in the order of its labels."""


def class_name(id: str, language: Language) -> str:
    """The name of a class, as a reader would say it: ``"cat"`` is 고양이.

    Raises:
        LanguageError: The catalogue ``classes`` has no such id.
    """
    return text(f"classes.{id}", language)
