"""Data: what is in a data set, and how photographs of one's own become one."""
