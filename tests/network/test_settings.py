"""The Keras settings of a machine do not reach our models."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = """
from alexnet.architecture import CLASSROOM
from alexnet.network import build
import keras
assert keras.config.image_data_format() == "channels_first"
print(keras.backend.backend(), build(CLASSROOM).get_layer("pool1_tower1").output.shape)
"""


def test_another_backend_and_another_order_of_axes_change_nothing(tmp_path: Path) -> None:
    (tmp_path / "keras.json").write_text(
        '{"backend": "torch", "image_data_format": "channels_first", "floatx": "float32", "epsilon": 1e-07}',
        encoding="utf-8",
    )
    settings = os.environ | {"KERAS_HOME": str(tmp_path), "KERAS_BACKEND": "torch"}
    done = subprocess.run(
        [sys.executable, "-c", CODE],
        cwd=ROOT,
        env=settings,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split(maxsplit=1) == ["tensorflow", "(None, 15, 15, 16)\n"]
