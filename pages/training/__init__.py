"""Training: runs of one's own, recorded ones, and the ladder."""
