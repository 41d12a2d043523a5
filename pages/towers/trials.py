"""What else was tried with towers apart, one seed each: what matters, and what does not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from alexnet.studies.points import Point, Result, of
from alexnet.studies.tower_division import APART, SEEDS, TRIALS
from alexnet.ui.components import sentence
from alexnet.ui.language import t
from pages.towers.strips import division, strips, what_they_are


def draw(found: Sequence[Result]) -> None:
    """Two strips, what each change was, and which of them changed most. Nothing while none was tried."""
    usual = _of_first_seed(APART, found)
    tried = [(point, result) for point in TRIALS if (result := _of_first_seed(point, found)) is not None]
    if usual is None or not tried:
        return
    with st.expander(t("towers.trials"), icon=":material/science:"):
        st.markdown(t("towers.trials_lead", seed=SEEDS[0]))
        what_they_are([point for point, _ in tried])
        # Beside trials towers apart stand by what they reached on the same images.
        points = [replace(APART, test=False), *(point for point, _ in tried)]
        shown = [usual, *(result for _, result in tried)]
        strips(points, shown, t("towers.axis_validation"), "towers_trials")
        _say(usual, tried)


def _of_first_seed(point: Point, found: Sequence[Result]) -> Result | None:
    return next((result for result in of(point, found) if result.seed == SEEDS[0]), None)


def _say(usual: Result, tried: Sequence[tuple[Point, Result]]) -> None:
    point, highest = max(tried, key=lambda pair: division(pair[1]).agreement)
    sure = sum(division(result).verdict != "not_shown" for _, result in tried)
    sentence(
        t(
            "towers.trials_say",
            usual=division(usual).agreement,
            name=t(f"towers.name_{point.id}"),
            highest=division(highest).agreement,
            p=division(highest).p,
            sure=sure,
            tried=len(tried),
        )
    )
