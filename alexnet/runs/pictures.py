"""The pictures of a run, after it: which it learned from, which it was watched by, which it never saw."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from alexnet.data.labelled import MOST, Labelled, Part, some
from alexnet.runs.config import Config

Positions = NDArray[np.int64]


def learned_and_kept_out(
    config: Config, pictures: int, validation: Positions | None = None
) -> tuple[Positions, Positions]:
    """Positions of the training pictures that a run learns from and of those that it is watched by.

    Args:
        config: Its seed draws the latter, and its limit leaves some of both.
        pictures: How many training pictures there are.
        validation: Positions of those that the data set itself keeps out, which then come first.
    """
    order = np.random.default_rng(config.seed).permutation(pictures)
    if validation is not None:
        kept = np.isin(order, validation)
        order = np.concatenate([order[kept], order[~kept]])
    kept_out, used = order[: config.validation][: config.limit], order[config.validation :][: config.limit]
    return np.sort(used), np.sort(kept_out)


def pictures(config: Config, part: Part) -> Labelled:
    """Pictures of one part, some of them where there are many.

    Raises:
        DataError: The data set is missing or damaged.
    """
    data = config.data_set.load()
    if part == "test":
        most = min(config.limit or MOST, MOST)
        return some(f"{config.data}_test", data.test_images, data.test_labels, most)
    learned, kept_out = learned_and_kept_out(config, len(data.train_images), data.validation)
    chosen = kept_out if part == "validation" else learned
    id = f"{config.data}_{part}_{config.seed}_{config.validation}_{config.limit}"
    return some(id, data.train_images[chosen], data.train_labels[chosen])
