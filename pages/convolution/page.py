"""Convolution: one window slides over a picture, and every number on the way to the map is there to see."""

from alexnet.errors import AlexNetError
from alexnet.ui import (
    convolution_after,
    convolution_colour,
    convolution_controls,
    convolution_dense,
    convolution_order,
    convolution_questions,
    convolution_slide,
)
from alexnet.ui.components import header_of_views, problem

# The views that are about one picture and one kernel; the others ask for what they need themselves.
ABOUT_A_KERNEL = {
    "slide": convolution_slide.draw,
    "pooling": convolution_after.pooling,
    "neighbours": convolution_after.neighbours,
}
OTHERS = {
    "colour": convolution_colour.draw,
    "dense": convolution_dense.draw,
    "order": convolution_order.draw,
    "quiz": convolution_questions.draw,
}
ORDER = (*ABOUT_A_KERNEL, *OTHERS)

view = header_of_views("convolution", ORDER)
try:
    if view in OTHERS:
        OTHERS[view]()
    else:
        asked = convolution_controls.ask()
        if asked is not None:
            ABOUT_A_KERNEL[view](asked)
except AlexNetError as error:
    problem(error)
