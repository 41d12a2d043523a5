"""The row that saves a trained network."""

from __future__ import annotations

import textwrap

import pytest
from streamlit.testing.v1 import AppTest

from alexnet.errors import LimitError
from alexnet.language import text
from alexnet.trained import saving

SCRIPT = textwrap.dedent(
    """
    from alexnet.trained import catalogue
    from alexnet.ui.choices import saving

    saving.row(catalogue.trained())
    """
)


def drawn(lang):
    at = AppTest.from_string(SCRIPT, default_timeout=60)
    at.query_params["lang"] = lang
    at.run()
    assert not at.exception
    return at


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_format_is_offered_and_the_file_only_when_it_was_prepared(lang, monkeypatch):
    asked = []

    def save(one, format, language, tick):
        asked.append((one.id, format, language))
        return b"a zip"

    monkeypatch.setattr(saving, "save", save)
    at = drawn(lang)
    assert len(at.selectbox[0].options) == len(saving.FORMATS)
    assert asked == [] and not at.get("download_button")
    at.selectbox[0].set_value("onnx")
    at.button[0].click().run()
    assert not at.exception
    assert asked == [("shipped", "onnx", lang)]
    label = text("models.save_download", lang, file="alexnet-shipped-onnx.zip")
    assert [one.proto.label for one in at.get("download_button")] == [label]


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_what_goes_wrong_is_told_and_nothing_is_offered(lang, monkeypatch):
    def save(*_):
        raise LimitError("calculation_time", limit=120.0)

    monkeypatch.setattr(saving, "save", save)
    at = drawn(lang)
    at.button[0].click().run()
    assert not at.exception and not at.get("download_button")
    assert "120" in at.error[0].value
