"""Layers: every size from one formula, and what the numbers add up to."""
