"""Towers: when two towers divide colour."""
