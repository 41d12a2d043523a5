"""The race on the Initializers page: a recorded one to guess at, and one of the viewer's own."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from alexnet.architecture import Activation
from alexnet.errors import DataError
from alexnet.facts import CODE_STD, PAPER_STD
from alexnet.numerics.initializers import INITIALIZERS
from alexnet.recipes import RACING
from alexnet.runs.config import LIMITS, Config, new, with_choices
from alexnet.runs.feed import Seen, feed
from alexnet.runs.lane import ACTIVATIONS, FEWEST, MOST, Lane
from alexnet.runs.recorded import RACE, RecordedRun, recorded
from alexnet.runs.run import Run
from alexnet.ui import guess, pages, state
from alexnet.ui.choices import networks
from alexnet.ui.components import problem, sentence
from alexnet.ui.epochs import play
from alexnet.ui.language import current_language, t
from alexnet.ui.runs import actions, entries, listing, race, start, words
from alexnet.ui.server.viewer import viewer_id

EVERY = 1.0
"""Seconds between two looks at a race that is active."""

NONE = "none"
BEGINNINGS: Mapping[str, tuple[str, float | None]] = {
    **{row.id: (row.id, None) for row in INITIALIZERS},
    "paper_2012": ("random_normal", PAPER_STD),
    "code_2012": ("random_normal", CODE_STD),
}
"""What a lane may begin with: an initializer, with the deviation where it is another one than its own."""

DEFAULTS = ("he_normal", "glorot_uniform", "paper_2012", "zeros")
_GUESS = "initializers_race_guess"


def draw() -> None:
    """The whole view, controls and all."""
    show = state.choice(
        "initializers_race",
        ("recorded", "own"),
        label=t("race.which"),
        default="recorded",
        name=lambda id: t(f"race.which_{id}"),
        kind="segmented",
    )
    if show == "recorded":
        _recorded()
    else:
        _own()


@st.cache_resource(show_spinner=False)
def _tape() -> tuple[RecordedRun, Config, tuple[Seen, ...]]:
    one = recorded(RACE)
    config = one.config()
    return one, config, feed(one.metrics_file).lanes(len(config.lanes))


def _recorded() -> None:
    try:
        _, config, seen = _tape()
    except DataError as error:
        problem(error)
        return
    names = {str(place): race.lane_name(lane) for place, lane in enumerate(config.lanes)}
    guessed = guess.committed(_GUESS, names)

    def picture(epoch: int) -> None:
        over = epoch == config.recipe.epochs
        part = [
            one._replace(
                steps=tuple(line for line in one.steps if line["epoch"] <= epoch),
                epochs=one.epochs[:epoch],
                test=one.test if over else None,
                failed=one.failed if one.failed and one.failed["epoch"] <= epoch else None,
            )
            for one in seen
        ]
        race.draw(config, part, "race_recorded")
        if over:
            best = max(range(len(seen)), key=lambda place: (seen[place].test or {}).get("test_accuracy", 0.0))
            sentence(guess.judged(guessed or guess.SHOWN, [str(best)], names))

    if guessed is None:  # the race stands at its start until somebody has been named
        guess.ask(_GUESS, t("race.guess"), names)
        picture(0)
    else:
        play("initializers_moment", 0, config.recipe.epochs, picture, opens_at=0)
    settings = t(
        "race.settings",
        network=words.network_name(config),
        epochs=config.recipe.epochs,
        images=config.images,
        seed=config.seed,
    )
    st.caption(f"{t('race.lead')} {settings}")


def _own() -> None:
    base = RACING
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=280):
            chosen = networks.ask("initializers_race", "classroom")
        with st.container(width=110):
            low, high = LIMITS["epochs"]
            epochs = state.number(
                "initializers_race_epochs",
                label=t("training.epochs"),
                default=base.epochs,
                low=int(low),
                high=int(high),
            )
        with st.container(width=110):
            low, high = LIMITS["seed"]
            seed = state.number(
                "initializers_race_seed", label=t("training.seed"), default=0, low=int(low), high=int(high)
            )
    lanes = [lane for number in range(1, MOST + 1) if (lane := _lane(number, base.rate)) is not None]
    known = networks.get(chosen)

    def make() -> Config:
        return new(
            viewer_id(),
            known if chosen == networks.MINE else known.id,
            with_choices(base, epochs=None if epochs == base.epochs else int(epochs)),
            seed=int(seed),
            lanes=tuple(lanes),
        )

    start.offer(make, label="race.start", icon=":material/flag:", key="race_start", then=_stay)
    races = [entry for entry in listing.mine() if entry.config is not None and entry.config.lanes]
    actions.outcome(races[0].run if races else None)
    if races:
        latest = races[0]
        active, silent = latest.status.active, latest.status.silent
        st.fragment(run_every=EVERY if active or silent else None)(_watch)(latest, active)


def _lane(number: int, rate: float) -> Lane | None:
    """Ask for one lane, in a row; None: it is left empty."""
    ids = list(BEGINNINGS) if number <= FEWEST else [NONE, *BEGINNINGS]
    with st.container(horizontal=True, vertical_alignment="bottom", gap="small"):
        with st.container(width=280):
            begin = state.choice(
                f"initializers_lane{number}",
                ids,
                label=t("race.lane", number=number),
                default=DEFAULTS[number - 1],
                name=lambda id: t("race.lane_none") if id == NONE else t(f"initializers.rule_{id}"),
            )
        with st.container(width=160):
            activation = state.choice(
                f"initializers_activation{number}",
                list(ACTIVATIONS),
                label=t("initializers.activation"),
                default="relu",
                name=lambda id: {"relu": "ReLU"}.get(id, id),
            )
        with st.container(width=140):
            low, high = LIMITS["rate"]
            own = state.number(
                f"initializers_rate{number}",
                label=t("training.rate"),
                default=rate,
                low=low,
                high=high,
                step=0.005,
                format="%g",
            )
    if begin == NONE:
        return None
    rule, std = BEGINNINGS[begin]
    function: Activation = next(one for one in ACTIVATIONS if one == activation)
    return Lane(rule, std, function, None if own == rate else float(own))


def _stay(_: Run) -> None:
    """A race that was started is watched on this page."""
    st.rerun()


def _watch(entry: entries.Entry, was_active: bool) -> None:
    one, config, status = entry.run, entry.config, entry.run.state()
    if status.active != was_active or not one.path.is_dir():
        entries.forget()
        st.rerun()
    assert config is not None
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        words.badge(status)
        st.caption(words.when(config.created), width="content")
        st.page_link(
            pages.page("training"),
            label=t("race.to_training"),
            query_params={"view": "runs", "run": one.id, "lang": current_language()},
        )
    steps = max(1, status.steps_per_epoch * status.epochs)
    st.progress(min(1.0, status.step / steps))
    actions.buttons(one, status, first=None)
    race.draw(config, feed(one.metrics_file).lanes(len(config.lanes)), "race_own")
