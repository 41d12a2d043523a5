"""What a rung of the ladder changes and why, its curves, and all rungs in numbers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import fmean

import streamlit as st

from alexnet.data.catalogue import STARTER
from alexnet.figures.ladder import Curve, climbing
from alexnet.studies.ladder import RUNGS, SEEDS, TRIALS
from alexnet.studies.points import Result, of, pair, summary
from alexnet.ui import experiment_table
from alexnet.ui.components import chart
from alexnet.ui.language import t


def details(now: int, found: Sequence[Result]) -> None:
    """The change, the reason for it, and the curves of this rung and the one below."""
    rung = RUNGS[now]
    text, picture = st.columns(2, gap="large")
    with text:
        st.markdown(f"**{t('ladder.changes')}** · {t(f'ladder.change_{rung.id}')}")
        st.markdown(f"**{t('ladder.why')}** · {t(f'ladder.why_{rung.id}')}")
        if now == 0:
            st.markdown(t("ladder.textbook"))
        config = rung.config(SEEDS[0])
        st.caption(t("ladder.epochs", epochs=rung.recipe.epochs, images=config.images))
    with picture:
        st.markdown(f"**{t('ladder.curves')}**")
        curves = [
            Curve(t(f"ladder.name_{RUNGS[place].id}"), [result.epochs for result in of(RUNGS[place], found)])
            for place in (now - 1, now)
            if place >= 0
        ]
        if any(curve.seeds for curve in curves):
            chart(
                climbing(curves, t("ladder.axis_epoch"), t("ladder.axis_validation")), "training_rung_curves"
            )
        else:
            st.caption(t("ladder.no_curves"))


def trials(found: Sequence[Result], now: int) -> None:
    """What was tried and not taken, on the rungs climbed so far: those above are still to be guessed at."""
    lines, shares = [], []
    for point, taken in TRIALS:
        if RUNGS.index(taken) > now:
            continue
        tried, chosen = ([one for one in of(each, found) if one.seed == SEEDS[0]] for each in (point, taken))
        if not tried or not chosen:
            continue
        accuracy, other = tried[0].validation_accuracy, chosen[0].validation_accuracy
        if accuracy is None or other is None:
            continue
        shares += [accuracy, other]
        change = t(f"ladder.trial_{point.id}")
        lines.append(f"- {t('ladder.trial', change=change, accuracy=accuracy, chosen=other)}")
    if lines:
        with st.expander(t("ladder.trials"), icon=":material/science:"):
            images = STARTER.validation
            st.markdown("\n".join(lines))
            st.caption(t("ladder.trials_chance", images=images, points=100 * chance(fmean(shares), images)))


def chance(share: float, images: int) -> float:
    """Twice the standard deviation of the difference of two shares, each of so many images."""
    return 2 * math.sqrt(2 * share * (1 - share) / images)


def table(found: Sequence[Result], now: int) -> None:
    """The rungs climbed so far, and all of them as a file."""
    experiment_table.table(t("ladder.table"), _rows(found), shown=now + 1, file="alexnet_ladder")


def _rows(found: Sequence[Result]) -> list[dict[str, str]]:
    rows = []
    for number, rung in enumerate(RUNGS):
        known = summary(rung, found)
        both = pair(RUNGS[number - 1], rung, found) if number else None
        gain = "" if both is None else f"{100 * (both[1].mean - both[0].mean):+.1f}"
        rows.append(
            {
                t("ladder.col_rung"): f"{number}. {t(f'ladder.name_{rung.id}')}",
                t("ladder.col_mean"): "" if known is None else f"{100 * known.mean:.1f} %",
                t("ladder.col_gain"): gain,
                t("ladder.col_seeds"): ""
                if known is None
                else ", ".join(f"{100 * accuracy:.1f}" for accuracy in known.accuracies),
                t("ladder.col_epochs"): str(rung.recipe.epochs),
                t("ladder.col_change"): t(f"ladder.change_{rung.id}"),
            }
        )
    return rows
