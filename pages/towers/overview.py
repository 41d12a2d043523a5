"""All trainings of the towers' experiment beside each other: who divides, how often, at what price."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import fmean
from typing import cast

import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.figures.spreadsheet import Cell
from alexnet.kernels.colour import Division, Verdict
from alexnet.studies.permutation import exact_p
from alexnet.studies.points import Point, Result, of
from alexnet.studies.tower_division import CONDITIONS, MEETING, agreement_by_chance
from alexnet.trained import shipped
from alexnet.ui import guess, pages
from alexnet.ui.components import sentence
from alexnet.ui.experiment_table import table
from alexnet.ui.language import current_language, t
from pages.towers.strips import division, strips

NOBODY = "nobody"
"""The guess that no condition divides."""


def verdicts(point: Point, found: Sequence[Result]) -> Counter[Verdict]:
    """How many of its trainings end with which verdict."""
    return Counter(division(result).verdict for result in of(point, found))


def guesses() -> dict[str, str]:
    """What can be guessed, by id, in the reader's language."""
    return {point.id: t(f"towers.name_{point.id}") for point in CONDITIONS} | {NOBODY: t("towers.nobody")}


def draw(found: Sequence[Result], guessed: str) -> None:
    """One verdict on the guess; folded behind it two strips of dots, what they say, and all numbers."""
    ids = {point.id for point in CONDITIONS}
    found = [result for result in found if result.point in ids and result.test_accuracy is not None]
    if not found:
        st.info(t("towers.none"), icon=":material/hourglass_top:")
        return
    _verdict(found, guessed)
    with st.expander(t("towers.evidence"), icon=":material/fact_check:"):
        strips(CONDITIONS, found, t("towers.axis_accuracy"), "towers")
        st.caption(t("towers.legend"))
        for point in CONDITIONS:
            _condition(point, found)
        _most(found)
        kernels = MEETING.config(0).rows.first_convolution.maps // 2  # as many in every condition
        sentence(t("towers.chance", kernels=kernels, chance=agreement_by_chance(kernels, kernels)))
        _price(found)
        _own()
    _table(found)


def _agreements(point: Point, found: Sequence[Result]) -> list[float]:
    return [division(result).agreement for result in of(point, found)]


def _accuracies(point: Point, found: Sequence[Result]) -> list[float]:
    return [result.test_accuracy for result in of(point, found) if result.test_accuracy is not None]


def _condition(point: Point, found: Sequence[Result]) -> None:
    agreements, accuracies = _agreements(point, found), _accuracies(point, found)
    if not accuracies:
        return
    counts = verdicts(point, found)
    sentence(
        t(
            "towers.condition_says",
            name=t(f"towers.name_{point.id}"),
            divided=counts["divided"],
            leaning=counts["leaning"],
            trainings=len(agreements),
            low=min(agreements),
            high=max(agreements),
            accuracy=fmean(accuracies),
        )
    )


def _most(found: Sequence[Result]) -> None:
    """Where colour tells the sides apart best, and whether single seeds leave no doubt of that."""
    known = {point: agreements for point in CONDITIONS if (agreements := _agreements(point, found))}
    if len(known) < 2:
        return
    first, second, *_ = sorted(known, key=lambda point: fmean(known[point]), reverse=True)
    sure = min(known[first]) > max(known[second])
    words = t(
        "towers.most_sure" if sure else "towers.most_unsure",
        name=t(f"towers.name_{first.id}"),
        mean=fmean(known[first]),
        other=t(f"towers.name_{second.id}"),
        other_mean=fmean(known[second]),
    )
    if min(len(known[first]), len(known[second])) > 1:
        words += " " + t("towers.most_chance", p=exact_p(known[first], known[second]))
    sentence(words)


def _price(found: Sequence[Result]) -> None:
    """What each of the others gains or loses against towers that meet."""
    usual = _accuracies(MEETING, found)
    others = [point for point in CONDITIONS if point != MEETING and _accuracies(point, found)]
    if not usual or not others:
        return
    parts = [
        t(
            "towers.price_of",
            name=t(f"towers.name_{point.id}"),
            points=100 * (fmean(_accuracies(point, found)) - fmean(usual)),
        )
        for point in others
    ]
    sentence(t("towers.price", usual=t(f"towers.name_{MEETING.id}"), parts=", ".join(parts)))


def _own() -> None:
    """The networks in the app, as their cards have them, and the way to their kernels."""
    for id, network in shipped.NETWORKS.items():
        try:
            card = shipped.card(id)
        except AlexNetError:
            continue  # the pages that need the network say so
        colour = cast("dict[str, float]", card["colour_index"])
        sentence(
            t(
                "towers.own",
                what=t(f"towers.own_{id}"),
                kernels=network.first_convolution.maps,
                epochs=card["epochs"],
                accuracy=card["test_accuracy"],
                agreement=Division(colour["auc"], colour["p"]).agreement,
                p=colour["p"],
            )
        )
        st.page_link(
            pages.page("kernels"),
            label=t("towers.to_kernels"),
            query_params={"model": id, "view": "colour", "lang": current_language()},
        )


def _verdict(found: Sequence[Result], guessed: str) -> None:
    """Which condition divides most often, or that none does; against the guess."""
    counts = {point.id: verdicts(point, found) for point in CONDITIONS}
    most = max(count["divided"] for count in counts.values())
    answers = [id for id, count in counts.items() if count["divided"] == most] if most else [NOBODY]
    parts = [
        t(
            "towers.count_of",
            name=t(f"towers.name_{id}"),
            divided=count["divided"],
            trainings=count.total(),
        )
        for id, count in counts.items()
        if count.total()
    ]
    said = guess.judged(guessed, answers, guesses())
    sentence(f"{said} {t('towers.counts', parts=', '.join(parts))}")


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
