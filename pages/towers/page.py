"""Towers: what makes two towers divide colour, in trainings that a class can draw, watch and repeat."""

from alexnet.ui.components import header, source, try_this
from pages.towers import lesson

header("towers")
lesson.draw()
try_this("towers", lesson.TRIES)
source("towers", "source")
