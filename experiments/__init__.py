"""What made the data, models and results that ship. Run from the project's folder."""
