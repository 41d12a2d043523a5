"""Class: how students get here, and a plan for the lesson."""
