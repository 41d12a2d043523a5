"""Convolution: one window slides over a picture, and every number on the way to the map is there to see."""

from alexnet.errors import AlexNetError
from alexnet.trained import catalogue
from alexnet.ui.choices import model_choice
from alexnet.ui.components import header_of_views, problem
from pages.convolution import after, colour, controls, dense, order, questions, slide
from pages.convolution.layer import TOWERS

# The views that are about one picture and one kernel; the others ask for what they need themselves.
ABOUT_A_KERNEL = {
    "slide": slide.draw,
    "pooling": after.pooling,
    "neighbours": after.neighbours,
}
OTHERS = {
    "colour": colour.draw,
    "dense": dense.draw,
    "order": order.draw,
    "quiz": questions.draw,
}
ORDER = (*ABOUT_A_KERNEL, *OTHERS)

view = header_of_views("convolution", ORDER)
try:
    if view in OTHERS:
        OTHERS[view]()
    else:
        # Whoever has chosen another network wants to see its kernels.
        opens = view == "slide" and model_choice.standing().id == catalogue.DEFAULT
        asked = controls.ask(slide.FIRST if opens else TOWERS[0])
        if asked is not None:
            ABOUT_A_KERNEL[view](asked)
except AlexNetError as error:
    problem(error)
