"""Why the paper's network stands here with 227 pixels, where the paper prints 224: in a sentence."""

from __future__ import annotations

from alexnet.architecture import PAPER_2012, rounding_rules
from alexnet.architecture.shapes import windows
from alexnet.ui.language import t


def said() -> str:
    """In the reader's language; the number of windows is computed."""
    row = PAPER_2012.first_convolution
    along = windows(rounding_rules.SIZE, row.kernel, row.stride, row.padding, "up")
    return t("common.printed_size", printed=along.input, output=along.output, size=PAPER_2012.size)
