"""All trainings of the towers' experiment beside each other: who divides, how often, at what price."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from alexnet.figures.split import Dot, strip
from alexnet.figures.spreadsheet import Cell
from alexnet.kernels import CLEAR_AUC, Division
from alexnet.training.points import Point, Result, of
from alexnet.training.split import CONDITIONS
from alexnet.ui.components import chart, sentence
from alexnet.ui.experiment_table import table
from alexnet.ui.language import t

NOBODY = "nobody"
"""The guess that no condition divides."""


def division(result: Result) -> Division:
    """After the last epoch."""
    last = result.colour[-1]
    return Division(last["auc"], last["p"], 0)


def divided(point: Point, found: Sequence[Result]) -> tuple[int, int]:
    """In how many of how many trainings the towers divide colour: clearly, and not by chance."""
    verdicts = [division(result).verdict == "divided" for result in of(point, found)]
    return sum(verdicts), len(verdicts)


def draw(found: Sequence[Result], guess: str) -> None:
    """Two strips of dots, what they say, and whether the guess was right."""
    if not found:
        st.info(t("towers.none"), icon=":material/hourglass_top:")
        return
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**{t('towers.axis_auc')}**")
        chart(strip(_dots(found, "auc"), t("towers.axis_auc"), (0.48, 1.02), line=CLEAR_AUC), "towers_auc")
    with right:
        st.markdown(f"**{t('towers.axis_accuracy')}**")
        rows = _dots(found, "accuracy")
        values = [dot.value for row in rows.values() for dot in row]
        bounds = (min(values) - 0.01, max(values) + 0.01)
        chart(strip(rows, t("towers.axis_accuracy"), bounds, percent=True), "towers_accuracy")
    st.caption(t("towers.legend"))
    for point in CONDITIONS:
        _condition(point, found)
    _verdict(found, guess)
    _table(found)


def _dots(found: Sequence[Result], what: str) -> dict[str, list[Dot]]:
    rows: dict[str, list[Dot]] = {}
    for point in CONDITIONS:
        for result in of(point, found):
            known = division(result)
            value = known.agreement if what == "auc" else result.test_accuracy
            if value is None:
                continue
            text = t(
                "towers.dot",
                seed=result.seed,
                agreement=known.agreement,
                p=known.p,
                accuracy=result.test_accuracy or 0.0,
            )
            rows.setdefault(t(f"towers.name_{point.id}"), []).append(
                Dot(value, text, known.verdict != "not_shown")
            )
    return rows


def _accuracy(point: Point, found: Sequence[Result]) -> float | None:
    known = [result.test_accuracy for result in of(point, found) if result.test_accuracy is not None]
    return sum(known) / len(known) if known else None


def _condition(point: Point, found: Sequence[Result]) -> None:
    count, trainings = divided(point, found)
    accuracy = _accuracy(point, found)
    if accuracy is None:
        return
    agreements = [division(result).agreement for result in of(point, found)]
    sentence(
        t(
            "towers.condition_says",
            name=t(f"towers.name_{point.id}"),
            divided=count,
            trainings=trainings,
            low=min(agreements),
            high=max(agreements),
            accuracy=accuracy,
        )
    )


def _verdict(found: Sequence[Result], guess: str) -> None:
    """Which condition divides most often, or that none does; against the guess."""
    counts = {point.id: divided(point, found)[0] for point in CONDITIONS}
    most = max(counts.values())
    answers = [id for id, count in counts.items() if count == most] if most else [NOBODY]
    names = [t("towers.nobody") if id == NOBODY else t(f"towers.name_{id}") for id in answers]
    mine = t("towers.nobody") if guess == NOBODY else t(f"towers.name_{guess}")
    key = "towers.right" if guess in answers else "towers.wrong"
    sentence(t(key, answer=", ".join(names), guess=mine))


def _table(found: Sequence[Result]) -> None:
    rows: list[dict[str, Cell]] = [
        {
            t("towers.condition"): t(f"towers.name_{point.id}"),
            t("training.seed"): result.seed,
            t("towers.col_medians"): " / ".join(f"{value:.2f}" for value in result.colour[-1]["medians"]),
            t("towers.col_auc"): f"{division(result).agreement:.2f}",
            "p": f"{division(result).p:.4f}",
            t("towers.col_accuracy"): f"{100 * (result.test_accuracy or 0):.1f} %",
            t("towers.col_command"): result.command,
        }
        for point in CONDITIONS
        for result in of(point, found)
    ]
    table(t("towers.table"), rows, file="alexnet_towers")
