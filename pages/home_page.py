"""Home: the network at a glance, the way into each lesson, and how a class gets here."""

from alexnet.ui.components import header

header("home")
