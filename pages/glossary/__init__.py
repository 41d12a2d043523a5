"""Glossary: every term of the app with its picture, its meaning and the place that shows it."""
