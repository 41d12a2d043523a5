"""Towers: do the real AlexNet's divide colour, and what makes two towers do so, in trainings to watch."""

import streamlit as st

from alexnet.errors import AlexNetError
from alexnet.ui.components import header_of_views, problem, source, try_this
from pages.towers import lesson, real

VIEWS = {"real": (real.draw, real.TRIES), "trainings": (lesson.draw, lesson.TRIES)}

draw, tries = VIEWS[header_of_views("towers", list(VIEWS))]
try:
    draw()
except AlexNetError as error:
    problem(error)
    st.stop()
try_this("towers", tries)
source("towers", "source")
