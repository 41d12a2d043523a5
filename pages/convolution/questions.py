"""Predict, then reveal: questions about one window, one pool, one place in memory."""

from __future__ import annotations

from alexnet.quiz.convolution import questions
from alexnet.ui import quiz
from alexnet.ui.components import source


def draw() -> None:
    """The view."""
    quiz.draw("convolution", questions())
    source("convolution", "source")
