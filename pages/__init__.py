"""The lessons, a folder each: ``page.py`` is what st.navigation runs. Lessons do not import each other."""
