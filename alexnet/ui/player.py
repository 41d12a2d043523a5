"""What plays a recording: where it stands, and how time moves it. Knows no clock and no Streamlit."""

from __future__ import annotations

from dataclasses import dataclass

LEAP = 3.0
"""Seconds of the viewer's time that one look moves it on at most: whoever was away has missed nothing."""


@dataclass
class Player:
    """One viewer's place in one recording.

    Attributes:
        length: Seconds of the recording.
        position: Where it stands, 0 to ``length``.
        playing: Does it move on with time?
        answered: Has the viewer asked for the answer?
        turns: How often it was played or started over: a new number for a new slider.
        loops: Does the beginning follow the end? The end then stays for a second of the recording, in which
            ``position`` lies behind ``length``.
    """

    length: float
    position: float = 0.0
    playing: bool = False
    answered: bool = False
    turns: int = 0
    loops: bool = False
    _looked: float | None = None

    @property
    def at_end(self) -> bool:
        """Is there nothing left to play?"""
        return self.position >= self.length

    def play(self) -> None:
        """Go on, or begin again where it stood at the end."""
        if self.at_end:
            self.position = 0.0
        self.playing, self._looked = True, None
        self.turns += 1

    def start_over(self) -> None:
        """Stand still at the beginning."""
        self.move(0.0)
        self.turns += 1

    def pause(self) -> None:
        """Stand still."""
        self.playing = False

    def move(self, position: float) -> None:
        """Stand still elsewhere; beyond either end means that end."""
        self.position = min(max(position, 0.0), self.length)
        self.playing = False

    def seek(self, position: float, turn: int) -> None:
        """What a slider asks for, which was drawn when ``turns`` was ``turn``.

        A browser that is one picture behind still sends the place of a slider that is gone: nothing moves
        then. There is none while it plays.
        """
        if not self.playing and turn == self.turns:
            self.move(position)

    def look(self, now: float, speed: float) -> None:
        """Move on by what has passed since the last look; the end stops it, unless it loops.

        Args:
            now: A clock that only rises, in seconds.
            speed: Seconds of the recording in one second.
        """
        if not self.playing:
            return
        if self._looked is not None:
            self.position += min(max(now - self._looked, 0.0), LEAP) * speed
        self._looked = now
        if self.loops:
            self.position %= self.length + 1
        elif self.at_end:
            self.move(self.length)
