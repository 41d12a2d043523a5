"""How runs are shown wherever they are shown: listed, followed, described, stopped and started."""
