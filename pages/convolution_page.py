"""Convolution: one window slides over a picture, and every number on the way to the map is there to see."""

from alexnet.errors import AlexNetError
from alexnet.ui import convolution_controls, convolution_slide, state
from alexnet.ui.components import header, problem
from alexnet.ui.language import t

# The views that are about one picture and one kernel; the others ask for what they need themselves.
ABOUT_A_KERNEL = {"slide": convolution_slide.draw}
ORDER = ("slide",)

header("convolution")
view = state.choice(
    "convolution_view",
    ORDER,
    label=t("convolution.view"),
    default=ORDER[0],
    name=lambda id: t(f"convolution.view_{id}"),
    kind="pills",
)
try:
    asked = convolution_controls.ask()
    if asked is not None:
        ABOUT_A_KERNEL[view](asked)
except AlexNetError as error:
    problem(error)
