"""Home: a photograph runs through the network, and the way into each lesson."""

import streamlit as st

from alexnet.data.samples import SAMPLES, sample_name
from alexnet.errors import AlexNetError
from alexnet.trained import catalogue, passage
from alexnet.ui.choices.photograph import FIRST
from alexnet.ui.components import header, problem
from alexnet.ui.language import current_language
from pages.home import lessons, own
from pages.home.component import Shown, show

header("home")

model = catalogue.trained()
room, below = st.container(), st.container()
mine = own.ask(model, room, below) if own.any_there() else None
try:
    passages = passage.shipped(model.id)
    samples = [
        Shown(one.id, sample_name(one.id, current_language()), passages[one.id], one)
        for one in sorted(SAMPLES, key=lambda one: one.id != FIRST)
        if one.id in passages
    ]
    shown = [*samples, mine] if mine else samples
    with room:
        show(model.network, model.classes, shown, mine.id if mine else FIRST)
except AlexNetError as error:
    problem(error)
if not own.any_there():
    own.ask(model, room, below)  # after the picture, which would wait for it
lessons.to_class()
lessons.cards()
lessons.paper()
