"""Is it sure, and should it be? Reliability, a temperature, and pictures unlike what it learned from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from alexnet.data.strange import STRANGE
from alexnet.figures.reliability import Words, reliability
from alexnet.studies.calibration import gap
from alexnet.trained.record import Trained
from alexnet.trained.sureness import Sureness
from alexnet.ui.components import chart, sentence
from alexnet.ui.language import t
from pages.prediction import sureness
from pages.prediction.downloads import csv_button

if TYPE_CHECKING:
    from alexnet.trained.answers import Answering


def draw(network: Answering, model: Trained) -> None:
    """The whole view.

    Raises:
        InputError: no_pictures_of_network.
        DataError: The pictures or the weights are missing or damaged.
    """
    found = sureness.measured(network, model)
    if found is None:
        return
    _reliability(found, model)
    _unlike(found, model)


def _reliability(found: Sureness, model: Trained) -> None:
    """Accuracy against stated probability, before and after the temperature."""
    words = Words(
        t("prediction.stated"), t("prediction.share_right"), t("prediction.honest"), t("prediction.pictures")
    )
    names = t("prediction.as_stated"), t("prediction.with_temperature", temperature=found.temperature)
    chart(
        reliability(list(zip(names, (found.before, found.after), strict=True)), words),
        "prediction_reliability",
    )
    surest = found.before[-1]
    sentence(
        t(
            "prediction.reliability_said",
            count=found.test,
            images=surest.images,
            stated=surest.stated,
            right=surest.accuracy,
            gap=100 * gap(found.before),
        )
    )
    case = "more" if found.temperature > 1 else "less"
    sentence(
        t(
            f"prediction.temperature_{case}",
            temperature=found.temperature,
            validation=found.validation,
            before=100 * gap(found.before),
            after=100 * gap(found.after),
        )
    )
    csv_button(
        "reliability",
        f"{model.id}_reliability",
        [t(f"prediction.column_{name}") for name in ("temperature", "images", "stated", "accuracy")],
        lambda: [
            [round(temperature, 4), one.images, round(one.stated, 4), round(one.accuracy, 4)]
            for temperature, bins in ((1.0, found.before), (found.temperature, found.after))
            for one in bins
        ],
    )


def _unlike(found: Sureness, model: Trained) -> None:
    """The warning: its measure, how often it is wrong, and what it catches."""
    st.subheader(t("prediction.unlike_title"), anchor=False)
    st.markdown(t("prediction.unlike_measure", limit=found.limit, validation=found.validation))
    kind, warned = t("prediction.column_kind"), t("prediction.column_warned")
    rows = [(t("prediction.kind_test", count=found.test), found.false)]
    rows += [(t(f"prediction.kind_{id}"), found.caught[id]) for id in STRANGE if id in found.caught]
    # A data frame would cut the shares off on a phone; a table breaks its lines.
    st.table([{kind: name, warned: f"{100 * share:.1f} %"} for name, share in rows], hide_index=True)
    sentence(
        t(
            "prediction.unlike_said",
            false=found.false,
            least=min(found.caught.values(), default=0.0),
            most=max(found.caught.values(), default=0.0),
        )
    )
    csv_button(
        "warned",
        f"{model.id}_warnings",
        [kind, warned],
        lambda: [[name, round(100 * share, 2)] for name, share in rows],
    )
