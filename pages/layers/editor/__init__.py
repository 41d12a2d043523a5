"""The editor: a network of one's own, row by row."""
