"""AlexNet Explorer: `streamlit run app.py`.

Without a script context this file builds the server; with one it draws the frame around the chosen page.
"""

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

if get_script_run_ctx(suppress_warning=True) is None:
    from alexnet.ui.server.lifespan import lifespan, middleware, script_error

    app = st.App(__file__, lifespan=lifespan, middleware=middleware(), on_script_error=script_error)
else:
    from alexnet.ui import frame

    frame.draw()
