"""A slider over epochs with a button that plays them: how something came to be in training."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import cast

import streamlit as st

from alexnet.ui import state
from alexnet.ui.language import t
from alexnet.ui.player import Player

EVERY = 0.7
"""Seconds between two pictures while it plays: one epoch each."""

_PLAYERS = "_epoch_players"


def play(
    key: str,
    first: int,
    last: int,
    draw: Callable[[int], None],
    *,
    opens_at: int | None = None,
    loops: bool = False,
) -> None:
    """Draw the chosen epoch; while it plays, one after another.

    Args:
        key: Of the choice of the epoch, ``<page>_<name>``; it stands in the link while nothing plays.
        first: The first epoch that there is.
        last: The last one; where it is the first there is no choice.
        draw: Draws an epoch.
        opens_at: The epoch that stands there at first; None: the last.
        loops: After the last epoch the first follows, until somebody stops it.
    """
    if first == last:
        draw(first)
        return
    players = cast("dict[str, Player]", st.session_state.setdefault(_PLAYERS, {}))
    # Another range is another recording: it stands still.
    player = players.setdefault(f"{key} {first} {last}", Player(float(last - first), loops=loops))
    moving = player.playing
    st.fragment(run_every=EVERY if moving else None)(_picture)(
        key, first, player, draw, moving, last if opens_at is None else opens_at
    )


def _picture(
    key: str, first: int, player: Player, draw: Callable[[int], None], was_moving: bool, opens_at: int
) -> None:
    player.look(time.monotonic(), 1 / EVERY)
    last = first + int(player.length)
    if player.playing != was_moving:
        # The whole page, as pictures stop or begin to follow each other; the choice stands where they are.
        state.set_choices_and_rerun(**{key: first + int(player.position)})
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        if player.playing:
            epoch = first + int(player.position)
            st.button(
                t("common.pause"),
                key=f"{key}_pause",
                type="primary",
                icon=":material/pause:",
                on_click=_pause,
                args=(key, first, player),
            )
            with st.container(width="stretch"):
                words = t("common.epoch_of", epoch=epoch, last=last)
                st.progress(min(1.0, player.position / player.length), text=words)
        else:
            # Two keys, for Streamlit knows a button by its key alone: a late Pause is no Play.
            button = st.container(width="content")
            with st.container(width="stretch"):
                epoch = int(
                    state.number(
                        key, label=t("common.epoch"), default=opens_at, low=first, high=last, kind="slider"
                    )
                )
            begin = epoch if epoch < last else first
            button.button(
                t("common.play"),
                key=f"{key}_play",
                type="primary",
                icon=":material/play_arrow:",
                on_click=_play,
                args=(begin - first, player),
            )
    draw(epoch)


def _play(position: int, player: Player) -> None:
    player.move(float(position))
    player.play()


def _pause(key: str, first: int, player: Player) -> None:
    player.pause()
    state.set_choices(**{key: first + int(player.position)})
