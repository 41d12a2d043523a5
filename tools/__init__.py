"""Scripts for developers and what they share; nothing here is imported by the app."""
