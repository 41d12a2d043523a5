"""Tables as files: what Excel shows, and what it must not compute."""

from __future__ import annotations

import csv
import io

import pytest

from alexnet.figures.spreadsheet import as_csv


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_excel_knows_it_as_utf_8_and_lines_end_as_rfc_4180_says():
    content = as_csv(["타워", "반응"], [[1, -0.5]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content[3:] == "타워,반응\r\n1,-0.5\r\n".encode()


def test_a_cell_without_a_value_is_empty():
    assert read(as_csv(["a", "b"], [[None, float("nan")]])) == [["a", "b"], ["", ""]]


@pytest.mark.parametrize("text", ["=1+1", "@SUM(A1)", "+A1", "-conv", "\t=1"])
def test_a_text_that_would_be_computed_is_marked_as_text(text):
    assert read(as_csv([text], [[text]])) == [[f"'{text}"], [f"'{text}"]]


@pytest.mark.parametrize("text", ["+1.3", "-0.2", "1e-5", "conv1", "2 × 3", "a, b", 'say "x"', ""])
def test_numbers_and_plain_texts_stay_as_they_are(text):
    assert read(as_csv(["a"], [[text]])) == [["a"], [text]]
