"""Training > My trainings: the pictures of one step, class by class."""

from __future__ import annotations

import numpy as np
import pytest

from alexnet.language import LANGUAGES, text
from alexnet.runs.batches import Batch
from pages.training import batch
from tests.pages.training.test_beginning import planted
from tests.pages.training.test_training import nothing_is_remembered, page, words

__all__ = ["nothing_is_remembered"]


@pytest.fixture
def stand_in(monkeypatch):
    asked = []

    def made(config, step):
        asked.append(step)
        return Batch(np.full((6, 8, 8, 3), 9, np.uint8), np.array([0, 1, 1, 0, 1, 1]), 2, 3)

    monkeypatch.setattr(batch, "batch_of", made)
    return asked


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_batch_of_a_step_is_shown_class_by_class(open_page, stand_in, language):
    one = planted((0.6, 0.7), 0.6)
    at = page(open_page, lang=language, view="runs")
    assert not stand_in  # nothing is made before somebody asks
    at.toggle(key=f"training_batch_{one.id}").set_value(True).run()
    assert stand_in == [1]
    captions = [words for image in at.main.get("image") for words in image.captions]
    assert captions[-2].endswith(text("batch.of_class", language, name="", count=2)[2:])
    assert captions[-1].endswith(text("batch.of_class", language, name="", count=4)[2:])
    size = one.config().rows.size
    said = text("batch.said", language, step=1, epoch=2, number=3, count=6, size=size)
    assert said in words(at)
    at.number_input(key=f"training_step_{one.id}").set_value(2).run()
    assert stand_in == [1, 2]
