"""Towers: what makes two towers divide colour, in trainings that a class can draw, watch and repeat."""

from alexnet.ui import towers_lesson
from alexnet.ui.components import header, source, try_this

header("towers")
towers_lesson.draw()
try_this("towers", towers_lesson.TRIES)
source("towers", "source")
