"""A run, drawn: its curves, its first-layer kernels, and what the curves say. For live and recorded runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from alexnet.errors import DataError
from alexnet.figures.curves import Line, Measure, Words, curve
from alexnet.figures.kernels import as_pixels, contact_sheet, fitting, own_limits, png
from alexnet.figures.theme import NEUTRAL, TOWER_COLOURS
from alexnet.kernels.colour import colour_index
from alexnet.runs.config import Config
from alexnet.runs.feed import Seen
from alexnet.runs.run import Run
from alexnet.runs.snapshots import evenly
from alexnet.studies.diagnosis import diagnose
from alexnet.studies.guessing import guessing
from alexnet.ui.components import chart, pixels, sentence
from alexnet.ui.language import current_language, t

if TYPE_CHECKING:
    import plotly.graph_objects as go

_MOST_COLUMNS = 16  # kernels side by side, of all towers


def curves(config: Config, seen: Seen, key: str, *, owner: str) -> None:
    """Accuracy and loss beside each other.

    Args:
        config: The run's settings.
        seen: Its curves.
        key: Of the two charts: the same from one moment to the next, so that they grow in place.
        owner: Names what ``seen.version`` counts the versions of, such as the run's id.
    """
    accuracy, loss = st.columns(2, gap="medium")
    with accuracy:
        st.markdown(f"**{t('training.axis_accuracy')}**")
        chart(_figure("accuracy", owner, seen.version, current_language(), config, seen), f"{key}_accuracy")
    with loss:
        st.markdown(f"**{t('training.axis_loss')}**")
        chart(_figure("loss", owner, seen.version, current_language(), config, seen), f"{key}_loss")
    st.caption(t("training.curves_legend"))


@st.cache_resource(show_spinner=False, max_entries=64)
def _figure(
    measure: Measure, owner: str, version: int, language: str, _config: Config, _seen: Seen
) -> go.Figure:
    # Drawn once for everybody who watches. Nobody changes it: Streamlit sends it as it is.
    words = Words(
        epochs=t("training.axis_epochs"),
        training=t("training.curve_training"),
        steps=t("training.curve_steps"),
        validation=t("training.curve_validation"),
        test=t("training.curve_test"),
        guessing=t("training.curve_guessing"),
    )
    return curve(
        measure,
        _seen.steps,
        _seen.epochs,
        _seen.test,
        total=_config.recipe.epochs,
        classes=len(_config.data_set.classes),
        words=words,
    )


def numbers(epochs: Sequence[Line], total: int) -> None:
    """The latest epoch in a sentence, for whoever cannot see the curves."""
    if epochs:
        sentence(t("training.latest", epochs=total, **epochs[-1]))


def findings(config: Config, epochs: Sequence[Line], reason: str | None = None) -> None:
    """What the curves say, sentence by sentence, the first in type that a class can read from its seats."""
    first, *others = diagnose(epochs, guessing(config), reason=reason)
    st.markdown(f"### {t(f'training.finding_{first.id}', **first.values)}")
    for finding in others:
        sentence(t(f"training.finding_{finding.id}", **finding.values))


def kernels(one: Run, config: Config, epoch: int, *, owner: str) -> None:
    """The first layer after so many epochs, tower by tower; or the reason why there is no picture.

    Each kernel keeps its place and has its own full contrast. ``owner`` as in ``curves``.
    """
    towers = config.rows.first_convolution.towers
    try:
        sheets, shown = _sheets(owner, epoch, towers, one)
    except DataError:
        st.caption(t("training.kernels_unreadable", epoch=epoch))
        return
    for tower, (column, sheet) in enumerate(zip(st.columns(len(sheets)), sheets, strict=True), start=1):
        name = t("training.kernels_tower", tower=tower) if len(sheets) > 1 else t("training.kernels_all")
        with column:
            pixels(sheet, f"{name} · {t('training.kernels_epoch', epoch=epoch)}", brief=True)
    if shown < (count := config.rows.first_convolution.maps):
        st.caption(t("training.kernels_some", shown=shown, count=count))


def _columns(count: int, most: int) -> int:
    """The widest of the layouts that leave the fewest gaps in the last row."""
    return min(range(most, most // 2, -1), key=lambda columns: -count % columns)


@st.cache_resource(show_spinner=False, max_entries=256)
def _sheets(owner: str, epoch: int, towers: int, _one: Run) -> tuple[tuple[bytes, ...], int]:
    """One picture for each tower, PNG, of no more kernels than fit; and how many these are."""
    sheets, shown = [], 0
    for tower, whole in enumerate(np.split(_one.kernels(epoch), towers, axis=-1)):
        height, width, _, every = whole.shape
        weights = whole[..., evenly(every, fitting(height, width) // towers)]
        count = weights.shape[-1]
        shown += count
        frame = TOWER_COLOURS[tower] if towers == 2 else NEUTRAL
        picture, _ = contact_sheet(
            as_pixels(weights, own_limits(weights)),
            colour_index(weights),
            range(count),
            frame,
            _columns(count, _MOST_COLUMNS // towers),
        )
        sheets.append(png(picture))
    return tuple(sheets), shown
