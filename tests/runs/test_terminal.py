"""Greetings of libraries stay out of the terminal, everything else comes through."""

from __future__ import annotations

import os
import subprocess
import sys

from alexnet.runs.terminal import without_greetings


def test_greetings_are_left_out_and_the_rest_comes_in_order(tmp_path):
    with (tmp_path / "terminal").open("wb") as file:
        with without_greetings(file.fileno()):
            os.write(file.fileno(), b"WARNING: All log messages before absl::InitializeLog() is called\n")
            os.write(file.fileno(), b"I0000 00:00:1795533813.59 3207 port.cc:153] oneDNN is on\n")
            os.write(file.fileno(), b"Traceback: real trouble\n")
            os.write(file.fileno(), b"E0000 an error\n")
        os.write(file.fileno(), b"I0000 afterwards\n")
    assert (
        tmp_path / "terminal"
    ).read_bytes() == b"Traceback: real trouble\nE0000 an error\nI0000 afterwards\n"


def test_importing_tensorflow_says_nothing_in_the_terminal():
    importing = "from alexnet.runs.terminal import without_greetings"
    code = f"{importing}\nwith without_greetings():\n    import tensorflow"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == ""
