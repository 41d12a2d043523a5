"""The trainings of a class side by side: what each reached, and how much of it another seed would change."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from alexnet.architecture.document import to_link
from alexnet.runs.config import Config


@dataclass(frozen=True)
class Result:
    """What one training came to.

    Attributes:
        id: Of its run.
        config: Its settings.
        accuracy: On the validation images after its last epoch, 0 to 1.
    """

    id: str
    config: Config
    accuracy: float

    @property
    def kind(self) -> tuple[str, str, str]:
        """Recipe, network and data set: only trainings of one kind are shown in one picture."""
        return self.config.recipe.id, to_link(self.config.rows), self.config.data

    @property
    def setting(self) -> tuple[object, ...]:
        """Everything that was set but the seed."""
        return (
            replace(self.config.recipe, id=""),
            self.config.initializer,
            self.config.size,
            self.config.limit,
            self.config.beginning,
            self.config.augmentation,
        )


@dataclass(frozen=True)
class Summary:
    """What the trainings say together.

    Attributes:
        best: The one that reached most.
        repeated: Settings that were trained with more than one seed.
        spread: The widest gap between two seeds of one setting, 0 to 1; None where none was repeated.
    """

    best: Result
    repeated: int
    spread: float | None


def kinds(results: Iterable[Result]) -> list[list[Result]]:
    """The trainings of each kind, the most frequent kind first, each by the time it was asked for."""
    found: dict[tuple[str, str, str], list[Result]] = defaultdict(list)
    for result in sorted(
        results, key=lambda result: (datetime.fromisoformat(result.config.created), result.id)
    ):
        found[result.kind].append(result)
    return sorted(found.values(), key=len, reverse=True)


def summary(results: Sequence[Result]) -> Summary:
    """What trainings of one kind say.

    Raises:
        ValueError: There are none.
    """
    seeds: dict[tuple[object, ...], dict[int, float]] = defaultdict(dict)
    for result in results:
        seeds[result.setting][result.config.seed] = result.accuracy
    gaps = [max(reached.values()) - min(reached.values()) for reached in seeds.values() if len(reached) > 1]
    return Summary(max(results, key=lambda result: result.accuracy), len(gaps), max(gaps, default=None))
