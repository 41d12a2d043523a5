"""Home: the network at a glance, the lessons, and how a class gets here."""
