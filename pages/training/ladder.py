"""The ladder on the Training page: from the study note's recipe upwards, guessed at rung by rung."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Literal, cast, get_args

import streamlit as st

from alexnet.figures import ladder as figures
from alexnet.runs.config import LIMITS, Config
from alexnet.studies.guessing import Guessing, guessing
from alexnet.studies.ladder import RUNGS, TRIALS, TUNED
from alexnet.studies.permutation import exact_p, least_p
from alexnet.studies.points import Point, Result, Summary, diverged, of, pair, results, summary
from alexnet.ui import state
from alexnet.ui.components import chart, sentence
from alexnet.ui.language import t
from alexnet.ui.runs import start
from alexnet.ui.server.viewer import viewer_id
from pages.training.ladder_details import details, table, trials

Guess = Literal["lower", "same", "some", "much"]
GUESSES: tuple[Guess, ...] = get_args(Guess)

KEY = "training_rung"
FIRST, AHEAD = 8, 3
"""Rungs that stand there at first, and above the one that was reached: the newest is always in sight."""

_IDS = [rung.id for rung in RUNGS]
_GUESSED = "_ladder_guesses"  # rung -> what this tab expected of it


@st.cache_data(show_spinner=False)
def measured() -> tuple[Result, ...]:
    """What there is, read once for everybody."""
    return results("ladder")


def draw() -> None:
    """The rungs climbed so far, the question for the next one, and what the current one is about."""
    found = measured()
    now = _IDS.index(_ask())
    picture, panel = st.columns([3, 2], gap="medium")
    # What was climbed, how it was guessed and what comes next stand beside the picture: see frame.css.
    with panel, st.container(key="ladder_panel"):
        _say(now, found)
        _question(now, found)
    with picture:
        _picture(now, found)
    details(now, found)
    _again(RUNGS[now], now)
    trials(found, now)
    table(found, now)


def _picture(now: int, found: tuple[Result, ...]) -> None:
    words = figures.Words(
        axis=t("ladder.axis"), mean=t("ladder.mean"), seed=t("ladder.of_seed"), hidden=t("ladder.hidden")
    )
    rungs = [
        figures.Rung(name(rung), known.accuracies if known else (), place <= TUNED, place <= now)
        for place, rung in enumerate(RUNGS[: max(now + AHEAD, FIRST) + 1])
        for known in [summary(rung, found)]
    ]
    chart(figures.ladder(rungs, words), "training_ladder")
    st.caption(t("ladder.legend"))


def name(rung: Point) -> str:
    """A rung's name."""
    return t(f"ladder.name_{rung.id}")


def _ask() -> str:
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=190):
            chosen = state.choice(
                KEY,
                _IDS,
                label=t("ladder.rung"),
                default=_IDS[0],
                name=lambda id: t("ladder.choice", number=_IDS.index(id), name=t(f"ladder.name_{id}")),
            )
        now = _IDS.index(chosen)
        if now:
            _button("down", _IDS[now - 1], ":material/arrow_downward:")
        if now < len(_IDS) - 1:
            _button("top", _IDS[-1], ":material/vertical_align_top:")
        if now > 1:
            _button("bottom", _IDS[0], ":material/vertical_align_bottom:")
    return chosen


def _button(key: str, rung: str, icon: str) -> None:
    st.button(
        t(f"ladder.{key}"),
        key=f"training_ladder_{key}",
        icon=icon,
        on_click=state.set_choices,
        kwargs={KEY: rung},
    )


def _question(now: int, found: tuple[Result, ...]) -> None:
    """What will the next change bring? Then up."""
    if now + 1 >= len(RUNGS):
        return
    after = RUNGS[now + 1]
    if not of(after, found):
        st.info(t("ladder.next_missing"), icon=":material/hourglass_top:")
    with st.container(border=True, key="training_ladder_guess_box", gap="small"):
        st.markdown(f"**{t('ladder.ask', change=t(f'ladder.change_{after.id}'))}**")
        # A callable reads names now; Streamlit may ask for them after the language has changed.
        names = {guess: t(f"ladder.guess_{guess}") for guess in GUESSES}
        guess = st.pills(
            t("ladder.guess"),
            GUESSES,
            format_func=names.__getitem__,
            key=f"ladder_guess_{after.id}",
            label_visibility="collapsed",
        )
        with st.container(horizontal=True, gap="small"):
            st.button(
                t("ladder.climb"),
                key="training_ladder_climb",
                type="primary",
                icon=":material/arrow_upward:",
                disabled=guess is None,
                help=None if guess else t("ladder.climb_help"),
                on_click=_climb,
                args=(after.id, guess),
            )
            st.button(
                t("common.show_me"),
                key="training_ladder_show",
                icon=":material/visibility:",
                on_click=state.set_choices,
                kwargs={KEY: after.id},
            )


def _climb(rung: str, guess: Guess) -> None:
    st.session_state.setdefault(_GUESSED, {})[rung] = guess
    state.set_choices(**{KEY: rung})


def judged(before: float, after: float) -> Guess:
    """Which guess a change of accuracy, 0 to 1, makes right."""
    points = round(100 * (after - before), 6)
    if points <= -1:
        return "lower"
    if points < 1:
        return "same"
    return "some" if points <= 5 else "much"


def _say(now: int, found: tuple[Result, ...]) -> None:
    lost = diverged(RUNGS[now], found)
    if lost:
        sentence(t("ladder.diverged", seeds=", ".join(str(seed) for seed in lost)))
    here = summary(RUNGS[now], found)
    if here is None:
        if not lost:
            sentence(t("ladder.missing"))
        return
    if now == 0:
        sentence(_first(here, found))
        return
    both = pair(RUNGS[now - 1], RUNGS[now], found)
    if both is not None:
        _gain(RUNGS[now], *both)
    if now >= TUNED:
        _against_tuning(now, found)


def _first(here: Summary, found: tuple[Result, ...]) -> str:
    """The mean of the first rung hides that some of its trainings never learned anything."""
    said = t("ladder.first", accuracy=here.mean, seeds=len(here.accuracies))
    chance = guessing(RUNGS[0].config(0))
    stuck = [one for one in of(RUNGS[0], found) if one.seed in here.seeds and never_learned(one, chance)]
    if len(here.accuracies) > 1 and stuck:
        each = ", ".join(f"{accuracy:.1%}" for accuracy in here.accuracies)
        said += " " + t("ladder.first_each", accuracies=each, stuck=len(stuck), seeds=len(here.accuracies))
    return said


def never_learned(result: Result, chance: Guessing) -> bool:
    """Whether no epoch was right more often on the validation images than mere guessing may be."""
    best = max((epoch["validation_accuracy"] for epoch in result.epochs), default=0.0)
    return bool(best < chance.limit)


def _against_tuning(now: int, found: tuple[Result, ...]) -> None:
    """How far tuning alone went, and how far beyond it this rung is."""
    tuned = [(known.mean, rung) for rung in RUNGS[: TUNED + 1] if (known := summary(rung, found))]
    if not tuned:
        return
    best, rung = max(tuned, key=lambda one: one[0])
    if now == TUNED:
        sentence(t("ladder.tuning", best=best, name=name(rung)))
        return
    both = pair(rung, RUNGS[now], found)
    if both is not None:
        tuning, here = (one.mean for one in both)
        words = t("ladder.architecture", tuned=tuning, now=here, points=100 * (here - tuning))
        if besides := _besides(rung, RUNGS[now]):
            words += " " + t("ladder.besides", changes=", ".join(besides))
        sentence(words)


def _besides(tuned: Point, now: Point) -> list[str]:
    """What else than the architecture sets two rungs apart."""
    before, here = tuned.recipe, now.recipe
    found = []
    if before.epochs != here.epochs:
        found.append(t("ladder.besides_epochs", before=before.epochs, now=here.epochs))
    for name, changed in (
        ("decay", before.weight_decay != here.weight_decay),
        ("erase", before.erase != here.erase),
        ("mirrored", before.mirrored != here.mirrored),
    ):
        if changed:
            found.append(t(f"ladder.besides_{name}"))
    return found


def _gain(rung: Point, below: Summary, here: Summary) -> None:
    seeds = len(here.accuracies)
    said = t(
        "ladder.gained",
        name=name(rung),
        points=100 * (here.mean - below.mean),
        before=below.mean,
        after=here.mean,
        seeds=seeds,
    )
    evidence = []
    if seeds > 1:
        sure = "sure_up" if here.above(below) else "sure_down" if below.above(here) else "unsure"
        evidence.append(t(f"ladder.{sure}"))
        both = (below.accuracies, here.accuracies)
        spread = max(max(one) - min(one) for one in both)
        if abs(here.mean - below.mean) < spread:
            evidence.append(t("ladder.within_spread", spread=100 * spread))
        evidence.append(t("ladder.chance", p=exact_p(*both), least=least_p(*map(len, both)), seeds=seeds))
    guesses = cast("dict[str, Guess]", st.session_state.get(_GUESSED, {}))
    verdict = ""
    if rung.id in guesses:
        mine, right = guesses[rung.id], judged(below.mean, here.mean)
        verdict = t("ladder.right") if mine == right else t("ladder.wrong", guess=t(f"ladder.guess_{mine}"))
        verdict = f" **{verdict}** {_score(guesses)}"
    sentence(f"{said}{verdict}")
    if evidence:
        with st.expander(t("ladder.evidence"), icon=":material/fact_check:"):
            st.markdown(" ".join(evidence))


def _score(guesses: dict[str, Guess]) -> str:
    found = measured()
    known = [
        guess == judged(both[0].mean, both[1].mean)
        for id, guess in guesses.items()
        for both in [pair(RUNGS[_IDS.index(id) - 1], RUNGS[_IDS.index(id)], found)]
        if both
    ]
    return t("ladder.score", right=sum(known), all=len(known))


def _again(rung: Point, number: int) -> None:
    """The rung as a run of the viewer's own."""
    st.subheader(t("ladder.again"), anchor=False)
    st.caption(t("ladder.again_help"))
    tried = {rung.id: rung} | {trial.id: trial for trial, taken in TRIALS if taken == rung}
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=120):
            low, high = LIMITS["seed"]
            seed = state.number(
                "training_seed", label=t("training.seed"), default=0, low=int(low), high=int(high)
            )
        id = rung.id
        if len(tried) > 1:
            id = state.choice(
                f"training_variant_{rung.id}",
                list(tried),
                label=t("ladder.variant"),
                default=rung.id,
                name=lambda id: name(rung) if id == rung.id else t(f"ladder.trial_{id}"),
            )
    point = tried[id]

    def make() -> Config:
        title = name(rung) if point == rung else t(f"ladder.trial_{point.id}")
        words = t("ladder.run_name", number=number, name=title)
        # One's own run is tested at its end, whatever it is: nothing is chosen by it here.
        return replace(point, test=True).config(int(seed), viewer=viewer_id(), name=words)

    start.offer(make)
    with st.expander(t("ladder.command"), icon=":material/terminal:"):
        st.code(
            f"python -m experiments.ladder --point {point.id} --seed {seed} --work FOLDER", language="bash"
        )


# What the note lacked most, the step from tuning to architecture, and everything at once.
TRIES: Mapping[str, Mapping[str, state.Value]] = {
    "ladder.try_first": {KEY: RUNGS[1].id},
    "ladder.try_fitted": {KEY: RUNGS[TUNED + 1].id},
    "ladder.try_all": {KEY: RUNGS[-1].id},
}
