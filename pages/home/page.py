"""Home: a photograph runs through the network, and the way into each lesson."""

import streamlit as st

from alexnet.data.samples import SAMPLES, sample_name
from alexnet.errors import AlexNetError
from alexnet.trained import catalogue, passage
from alexnet.ui.components import header, problem
from alexnet.ui.language import current_language
from pages.home import lessons, own
from pages.home.component import Shown, show

header("home")

model = catalogue.trained()
try:
    passages = passage.read(passage.FOLDER / f"{model.id}.safetensors")
    samples = [
        Shown(one.id, sample_name(one.id, current_language()), passages[one.id], one)
        for one in sorted(SAMPLES, key=lambda one: one.id != "kingfisher")  # as the other pages open with it
        if one.id in passages
    ]
    mine = own.shown(model)
    shown = [*samples, *([mine] if mine else [])]
    show(model.network, model.classes, shown, shown[-1].id if mine else shown[0].id)
except AlexNetError as error:
    problem(error)
own.ask()
lessons.to_class()
lessons.cards()
lessons.paper()
