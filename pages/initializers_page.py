"""Initializers: how wide the first weights of a layer are, and what that does to a signal."""

from alexnet.ui import initializer_distribution, initializer_views
from alexnet.ui.components import header, source, try_this

header("initializers")
match initializer_views.ask():
    case "distribution":
        initializer_distribution.draw_view()
    case _:
        pass
try_this("initializers", initializer_views.TRY)
source("initializers", "source")
