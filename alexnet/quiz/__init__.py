"""Questions with fresh numbers, their answers, and how each is worked out. Language-free.

A page asks with ``alexnet.ui.quiz.draw``. Its texts stand in its own catalogue: a ``Phrase`` with the id
``size`` is the text ``<page>.quiz_size``.

>>> import random
>>> from alexnet.architecture import PAPER_2012
>>> from alexnet.quiz.layers import questions
>>> question = questions(PAPER_2012)[0](random.Random(1))
>>> question.right(question.answer)
True
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Phrase:
    """A text of the page that asks: ``<page>.quiz_<id>``, and what fills its gaps."""

    id: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        asks: The question itself.
        answer: A whole number, or one of ``options``.
        steps: How the answer is worked out, a line each; a value may be LaTeX without its dollar signs.
        options: What can be chosen, in the order shown; empty where a number is typed.
        names: An option's text is ``<page>.quiz_<names>_<option>``; None shows options as they are.
    """

    asks: Phrase
    answer: int | str
    steps: tuple[Phrase, ...]
    options: tuple[str, ...] = ()
    names: str | None = None

    def right(self, given: int | str) -> bool:
        """Whether an answer is the right one."""
        return given == self.answer


Maker = Callable[[random.Random], Question]
"""Makes one kind of question; the numbers come from the generator, so the same seed asks the same again."""


def asked(makers: tuple[Maker, ...] | list[Maker], number: int) -> Question:
    """The question of that number: its kind and its numbers follow from it alone.

    Args:
        makers: The kinds of questions, at least one.
        number: Any whole number.
    """
    # A lesson's question is no secret.
    numbers = random.Random(number)  # noqa: S311
    return numbers.choice(makers)(numbers)
