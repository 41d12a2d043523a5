"""Recorded trainings on the Training page: played at a chosen speed, guessed at, explained, tried again."""

from __future__ import annotations

import time
from typing import NamedTuple, cast

import streamlit as st

from alexnet.errors import DataError
from alexnet.runs.config import Config
from alexnet.runs.feed import MOST, Seen
from alexnet.runs.metrics_log import Curves, thinned
from alexnet.runs.recorded import RECORDED, Excerpt, RecordedRun, Timeline, recorded
from alexnet.runs.status import Status
from alexnet.ui import state
from alexnet.ui.components import problem, sentence
from alexnet.ui.language import t
from alexnet.ui.player import Player
from alexnet.ui.runs import view, words
from pages.training.new_run import choices_of

EVERY = 0.5
"""Seconds between two pictures while it plays."""

SPEEDS = ("1", "10", "60")
"""Seconds of training in one second, as they stand in the link."""

_MODEL = RECORDED[0]
"""The run that learns well, which the others are compared with."""

_MOMENT = "training_moment"  # begins the keys of the sliders, which show the position
_PLAYERS = "_recorded_players"
_MEANWHILE, _MEANWHILE_SPEED = "_recorded_meanwhile", 10


class Tape(NamedTuple):
    """A recorded run, read once for everybody."""

    run: RecordedRun
    config: Config
    status: Status
    timeline: Timeline


@st.cache_resource(show_spinner=False)
def _tape(id: str) -> Tape:
    run = recorded(id)
    curves = Curves(run.metrics_file)
    curves.update()
    return Tape(run, run.config(), run.status(), Timeline(curves))


def draw() -> None:
    """Everything: which run, how fast, the pictures, the question and the answer."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        id = state.choice(
            "training_recorded",
            RECORDED,
            label=t("recorded.which"),
            default=_MODEL,
            name=lambda id: t(f"recorded.name_{id}"),
            kind="pills",
        )
        speed = state.choice(
            "training_speed",
            SPEEDS,
            label=t("recorded.speed"),
            default="10",
            name=lambda factor: t("recorded.times", factor=factor),
            kind="segmented",
            help=t("recorded.speed_help"),
        )
        try:
            tape, model = _tape(id), _tape(_MODEL)
        except DataError as error:
            problem(error)
            return
        player = _player(id, tape)
        _buttons(player)
    images = t("recorded.images", images=tape.config.images)
    st.caption(f"{words.settings(tape.config)}; {images}")
    # Made anew in each run of the page: only what plays is drawn again and again.
    moving = player.playing
    st.fragment(run_every=EVERY if moving else None)(_picture)(tape, player, float(speed), moving)
    _answer(id, tape, model, player)


def meanwhile() -> None:
    """The run that learns well, over and over, for somebody who waits; each call shows where it is now.

    To be called from a fragment that runs again by itself.
    """
    try:
        tape = _tape(_MODEL)
    except DataError as error:
        problem(error)
        return
    player = cast(
        "Player",
        st.session_state.setdefault(_MEANWHILE, Player(tape.timeline.length, playing=True, loops=True)),
    )
    player.look(time.monotonic(), _MEANWHILE_SPEED)
    part = tape.timeline.until(min(player.position, player.length))
    owner, total = f"recorded {tape.run.id}", tape.config.recipe.epochs
    st.markdown(f"#### {t('recorded.meanwhile')}")
    st.caption(t("recorded.meanwhile_of", epoch=len(part.epochs), epochs=total, factor=_MEANWHILE_SPEED))
    seen = Seen(part.lines, tuple(thinned(part.steps, MOST)), part.epochs, part.test)
    view.curves(tape.config, seen, "recorded_meanwhile", owner=owner)
    view.kernels(tape.run, tape.config, _pictured(tape, part), owner=owner)


def _pictured(tape: Tape, part: Excerpt) -> int:
    """The latest epoch so far whose kernels were kept."""
    return max(epoch for epoch in tape.run.snapshots() if epoch <= len(part.epochs))


def _player(id: str, tape: Tape) -> Player:
    """This tab's player of a run; those of the other runs stand still."""
    players = cast("dict[str, Player]", st.session_state.setdefault(_PLAYERS, {}))
    for other, player in players.items():
        if other != id:
            player.pause()
    return players.setdefault(id, Player(tape.timeline.length))


def _buttons(player: Player) -> None:
    play = not player.playing
    st.button(
        t("recorded.play" if play else "recorded.pause"),
        # Two keys, for Streamlit knows a button by its key alone: a Pause that arrives after the end would
        # else be taken for the Play that has just replaced it, and begin again.
        key="recorded_play" if play else "recorded_pause",
        type="primary",
        icon=":material/play_arrow:" if play else ":material/pause:",
        on_click=player.play if play else player.pause,
    )
    st.button(
        t("recorded.start_over"),
        key="recorded_start_over",
        icon=":material/replay:",
        on_click=player.start_over,
    )


def _picture(tape: Tape, player: Player, speed: float, was_moving: bool) -> None:
    player.look(time.monotonic(), speed)
    if player.playing != was_moving:
        st.rerun()  # the whole page: the button changes, and pictures stop or begin to follow each other
    part = tape.timeline.until(player.position)
    _place(tape, player, part)
    owner, total = f"recorded {tape.run.id}", tape.config.recipe.epochs
    seen = Seen(part.lines, tuple(thinned(part.steps, MOST)), part.epochs, part.test)
    view.curves(tape.config, seen, "recorded", owner=owner)
    if part.epochs:
        view.numbers(part.epochs, total)
    else:
        sentence(t("recorded.no_epoch" if part.steps else "recorded.not_begun"))
    if player.at_end:
        _end(tape, part)
    view.kernels(tape.run, tape.config, _pictured(tape, part), owner=owner)
    if player.answered:
        st.subheader(t("recorded.answer"), anchor=False)
        reason = tape.status.reason if player.at_end else None
        view.findings(tape.config, part.epochs, reason)


def _place(tape: Tape, player: Player, part: Excerpt) -> None:
    """Where it stands: a bar that fills while it plays, else a slider to move it by hand."""
    # A new key after each turn: a browser that is one picture behind would send the old place as a wish.
    turn = player.turns
    key = f"{_MOMENT}_{tape.run.id}_{turn}"

    def moved() -> None:
        player.seek(st.session_state[key], turn)

    epoch = part.steps[-1]["epoch"] if part.steps else 0.0
    label = t("recorded.moment", epoch=epoch, epochs=tape.config.recipe.epochs)
    if player.playing:
        st.progress(min(1.0, player.position / player.length), text=label)
        return
    st.session_state[key] = player.position
    st.slider(
        label,
        0.0,
        player.length,
        step=0.1,
        format=t("recorded.moment_format"),
        key=key,
        on_change=moved,
    )


def _end(tape: Tape, part: Excerpt) -> None:
    """How it ended, without what the answer would say of it."""
    if part.test is not None:
        accuracy, images = part.test["test_accuracy"], part.test["images"]
        sentence(t("recorded.tested", accuracy=accuracy, images=images))
    else:
        sentence(t("recorded.broken_off", **tape.status.values))


def _answer(id: str, tape: Tape, model: Tape, player: Player) -> None:
    """The question; once asked for, why it went so, and buttons that set the controls of a new training."""

    def turn() -> None:
        player.answered = not player.answered

    if not player.answered:
        st.subheader(t("recorded.question"), anchor=False)
        st.button(t("recorded.show"), key="recorded_answer", icon=":material/lightbulb:", on_click=turn)
        return
    st.markdown(
        t(
            f"recorded.why_{id}",
            factor=tape.config.recipe.rate / model.config.recipe.rate,
            rate=tape.config.recipe.rate,
            first_rate=model.config.recipe.rate,
            images=tape.config.images,
            first_images=model.config.images,
            epochs=tape.config.recipe.epochs,
            batch=tape.config.recipe.batch,
            first_batch=model.config.recipe.batch,
        )
    )
    buttons: dict[str, dict[str, state.Value]] = {}
    if id != _MODEL:
        buttons[f"recorded.try_cure_{id}"] = choices_of(model.config)
    if tape.config.limit is None:  # a training of one's own always has all images
        buttons["recorded.try_repeat"] = choices_of(tape.config)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for key, choices in buttons.items():
            name = f"recorded_button_{key.partition('.')[2]}"
            st.button(t(key), key=name, icon=":material/tune:", on_click=state.set_choices, kwargs=choices)
    st.button(t("recorded.hide"), key="recorded_answer", icon=":material/visibility_off:", on_click=turn)
