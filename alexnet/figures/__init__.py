"""Arrays and rows in, pictures out. Nothing here knows Streamlit."""
