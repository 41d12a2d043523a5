"""Data: what is in a data set, and one's own photographs made into one."""

from alexnet.ui.components import header_of_views, source
from pages.data import look, make

VIEWS = {"look": look.draw, "make": make.draw}

view = header_of_views("data", list(VIEWS))
VIEWS[view]()
source("data", "source")
