"""Class: the server's address to project, and a plan for the lesson with a link into each view."""

from alexnet.ui.components import header
from pages.classroom import invitation, plan

header("classroom")
invitation.show()
plan.draw()
