"""Measurements: each prints what it measured. Run from the project's folder."""
