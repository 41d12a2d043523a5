"""The only place in the library that imports Streamlit: page table, state, cached calls, components."""
