"""A recording moves with the viewer's time, at the chosen speed, and never past its ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alexnet.ui.player import LEAP, Player


def played(player: Player, *moments: float, speed: float = 10.0) -> float:
    for now in moments:
        player.look(now, speed)
    return player.position


def test_it_stands_still_until_it_is_played():
    player = Player(100.0)
    assert played(player, 1.0, 2.0, 3.0) == 0.0


def test_at_ten_times_the_speed_a_second_brings_ten():
    player = Player(100.0)
    player.play()
    assert played(player, 50.0, 50.5, 51.0) == pytest.approx(10.0)
    assert played(player, 51.5, speed=1.0) == pytest.approx(10.5)


def test_the_time_of_a_pause_does_not_count():
    player = Player(100.0)
    player.play()
    played(player, 0.0, 1.0)
    player.pause()
    assert played(player, 2.0) == pytest.approx(10.0)
    player.play()
    assert played(player, 3.0, 4.0) == pytest.approx(20.0)


def test_whoever_was_away_has_missed_only_a_moment():
    player = Player(10_000.0)
    player.play()
    assert played(player, 0.0, 600.0, speed=1.0) == LEAP


def test_the_end_stops_it_and_playing_again_begins_at_the_start():
    player = Player(5.0)
    player.play()
    assert played(player, 0.0, 1.0) == 5.0
    assert player.at_end and not player.playing
    player.play()
    assert player.playing and player.position == 0.0


def test_a_loop_shows_its_end_for_a_second_and_goes_on_from_the_start():
    player = Player(5.0, loops=True)
    player.play()
    assert played(player, 0.0, 2.5, 5.5, speed=1.0) == pytest.approx(5.5)
    assert player.playing and int(player.position) == 5
    assert played(player, 6.75, speed=1.0) == pytest.approx(0.75)
    assert player.playing


def test_moving_it_by_hand_stops_it_there():
    player = Player(100.0)
    player.play()
    player.move(42.0)
    assert played(player, 7.0, 8.0) == 42.0 and not player.playing


def test_a_slider_that_is_gone_moves_nothing():
    player = Player(100.0)
    player.seek(30.0, 0)
    assert player.position == 30.0
    player.play()
    player.seek(0.0, 0)  # the slider of before, whose browser has not heard that it plays
    player.seek(0.0, 1)
    assert player.playing and player.position == 30.0
    player.pause()
    player.seek(0.0, 0)
    assert player.position == 30.0
    player.seek(60.0, 1)
    assert player.position == 60.0


@given(
    st.floats(0.1, 1000),
    st.lists(st.one_of(st.sampled_from(["play", "pause"]), st.floats(-1e6, 1e6)), max_size=30),
    st.sampled_from([1.0, 10.0, 60.0]),
)
def test_whatever_is_done_it_stays_between_its_ends(length, deeds, speed):
    player = Player(length)
    for deed in deeds:
        if isinstance(deed, str):
            getattr(player, deed)()
        else:
            player.look(deed, speed)
        assert 0 <= player.position <= length
