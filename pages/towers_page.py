"""Towers: what makes two towers divide colour, in trainings that a class can draw, watch and repeat."""

from alexnet.ui import towers_lesson
from alexnet.ui.components import header, source

header("towers")
towers_lesson.draw()
source("towers", "source")
