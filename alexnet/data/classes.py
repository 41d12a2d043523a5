"""The classes that pictures belong to: ids in code and files, names in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from alexnet.language import Language, text


@dataclass(frozen=True)
class Class:
    """One class.

    Attributes:
        id: In code and files.
        names: What each language calls it, or somebody's own word for it in all of them; None: the catalogue
            ``classes`` names it by its id.
    """

    id: str
    names: Mapping[Language, str] | None = None

    def name(self, language: Language) -> str:
        """As a reader would say it: ``"cat"`` is 고양이.

        Raises:
            LanguageError: It has no names of its own, and the catalogue ``classes`` does not know its id.
        """
        return text(f"classes.{self.id}", language) if self.names is None else self.names[language]


CIFAR10: tuple[Class, ...] = tuple(
    map(Class, ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"))
)
"""CIFAR-10's classes in the order of its labels (``batches.meta`` of the published archive)."""

CATS_AND_DOGS: tuple[Class, ...] = (Class("cat"), Class("dog"))
"""The starter data's classes in the order of its labels."""
