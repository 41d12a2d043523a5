"""Trainings of the towers' experiment as dots: how well colour tells the sides apart, and the accuracy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st

from alexnet.figures.tower_division import Dot, strip
from alexnet.kernels.colour import CLEAR_AUC, Division
from alexnet.studies.points import Point, Result, of
from alexnet.ui.components import chart
from alexnet.ui.language import t

_AUC_BOUNDS = (0.48, 1.02)


def what_they_are(points: Sequence[Point]) -> None:
    """Each by its name, and in what it differs, as one list."""
    st.markdown(
        "\n".join(
            f"- **{t(f'towers.name_{point.id}')}** · {t(f'towers.what_{point.id}')}" for point in points
        )
    )


def strips(points: Sequence[Point], found: Sequence[Result], accuracy: str, key: str) -> None:
    """Two strips, a row for each point and a dot for each training.

    Args:
        points: From the top down.
        found: Their trainings.
        accuracy: Which accuracy it is, in the reader's language.
        key: What the charts' keys begin with.
    """
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**{t('towers.axis_auc')}**")
        rows = _dots(points, found, "agreement")
        chart(strip(rows, _AUC_BOUNDS, line=CLEAR_AUC), f"{key}_auc")
    with right:
        st.markdown(f"**{accuracy}**")
        rows = _dots(points, found, "accuracy")
        chart(strip(rows, _around(rows), percent=True), f"{key}_accuracy")


def division(result: Result) -> Division:
    """After the last epoch."""
    return after(result, -1)


def after(result: Result, epoch: int) -> Division:
    """After that epoch; 0 is before training."""
    line = result.colour[epoch]
    return Division(line["auc"], line["p"])


def _dots(
    points: Sequence[Point], found: Sequence[Result], what: Literal["agreement", "accuracy"]
) -> dict[str, list[Dot]]:
    """A row of dots for each condition, one a training. A trial's accuracy is that on validation images."""
    rows: dict[str, list[Dot]] = {}
    for point in points:
        name = t(f"towers.name_{point.id}")
        for result in of(point, found):
            known = division(result)
            accuracy = result.test_accuracy if point.test else result.validation_accuracy
            if accuracy is None:
                continue
            text = t(
                "towers.dot" if point.test else "towers.dot_validation",
                name=name,
                seed=result.seed,
                agreement=known.agreement,
                p=known.p,
                accuracy=accuracy,
            )
            place = known.agreement if what == "agreement" else accuracy
            rows.setdefault(name, []).append(Dot(place, text, known.verdict != "not_shown"))
    return rows


def _around(rows: Mapping[str, Sequence[Dot]]) -> tuple[float, float]:
    """The ends of an axis on which all of these accuracies lie."""
    values = [dot.value for row in rows.values() for dot in row]
    return min(values) - 0.01, max(values) + 0.01
