"""Many pictures as a table: each one's answers, and a CSV of all probabilities."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from alexnet.data import preprocess
from alexnet.data.samples import SAMPLES
from alexnet.figures.photographs import pixelated
from alexnet.figures.theme import NEUTRAL
from alexnet.trained.record import Trained
from alexnet.ui.browser.tile_sheet import Sheet, show, sprite
from alexnet.ui.choices import album, photograph
from alexnet.ui.components import data_table, sentence
from alexnet.ui.language import current_language, t
from pages.prediction import card, sureness
from pages.prediction.downloads import csv_button

if TYPE_CHECKING:
    from alexnet.trained.answers import Answering


def draw(network: Answering, model: Trained) -> None:
    """The whole view."""
    origin = photograph.ask_origin("prediction")
    if origin == "sample":
        shots = [photograph.sample_shot(entry.id) for entry in SAMPLES]
    else:
        photograph.take("prediction", origin)
        shots = album.pictures()
        card.tools()
    if not shots:
        st.caption(t("prediction.empty"))
        return
    inputs = model.reads([shot.square for shot in shots])
    answers = network.guesses(inputs)
    unlike: Sequence[tuple[float | None, str | None]] = sureness.warnings(network, model, inputs)
    unlike = unlike or [(None, None)] * len(shots)
    name, first, its, second, its_too, far = (
        t(f"prediction.column_{one}")
        for one in ("picture", "answer", "probability", "second", "second_probability", "unlike")
    )
    rows: list[dict[str, object]] = [
        {
            name: shot.name,
            first: card.name(one),
            its: 100 * one.probability,
            second: card.name(two),
            its_too: 100 * two.probability,
            far: distance,
        }
        for shot, (one, two, *_), (distance, _) in zip(shots, answers, unlike, strict=True)
    ]
    data_table(rows, formats={its: "%.1f %%", its_too: "%.1f %%", far: "%.3f"}, key="prediction_many")
    counts: dict[str, int] = {}
    for guesses in answers:
        counts[card.name(guesses[0])] = counts.get(card.name(guesses[0]), 0) + 1
    said = ", ".join(
        t("prediction.many_count", label=label, count=count)
        for label, count in sorted(counts.items(), key=lambda pair: -pair[1])
    )
    warned = sum(warning is not None for _, warning in unlike)
    sentence(t("prediction.many_said", count=len(shots), classes=said, warned=warned))
    names = [one.name(current_language()) for one in model.classes]
    ids = [one.id for one in model.classes]
    csv_button(
        "many",
        f"{model.id}_pictures",
        [name, first, its, *names],
        lambda: [
            [
                shot.name,
                card.name(guesses[0]),
                round(guesses[0].probability, 4),
                *(round(next(one.probability for one in guesses if one.label.id == id), 4) for id in ids),
            ]
            for shot, guesses in zip(shots, answers, strict=True)
        ],
    )
    shown = preprocess.seen(inputs, model.preparation)
    show(
        Sheet(
            t("prediction.many_sheet"),
            NEUTRAL,
            sprite(np.stack([pixelated(one, 128) for one in shown])),
            [shot.id for shot in shots],
            [shot.name for shot in shots],
            [shot.name for shot in shots],
            least=120,
        ),
        "prediction_many_sheet",
    )
