"""What each published file needs, below the networks side by side."""

from __future__ import annotations

import pytest

from alexnet.language import text
from alexnet.weights.catalogue import PUBLISHED, published
from pages.layers import published as view


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_published_file_has_its_line_and_every_need_its_reason(open_page, lang):
    at = open_page("layers", lang, view="compare")
    assert not at.error
    (table,) = at.table
    assert len(table.value) == len(PUBLISHED)
    column = table.value[text("layers.files_column_file", lang)]
    assert list(column)[:2] == ["conv1Weights.txt, conv1Bias.txt", "bvlc_alexnet.caffemodel"]
    said = [one.value for one in at.markdown]
    assert all(text(f"layers.files_why_{why}", lang) in said for why in ("size", "order", "mean", "rows"))


@pytest.mark.parametrize(
    ("id", "means", "order"),
    [
        ("bvlc_alexnet", (104, 117, 123), "normalize_pool"),
        ("caffenet", (104, 117, 123), "pool_normalize"),
        ("torchvision", (0.485, 0.456, 0.406), "pool"),
        ("onnx_zoo", (103.939, 116.779, 123.68), "normalize_pool"),
    ],
)
def test_means_stand_in_the_order_in_which_the_network_reads_colours(id, means, order):
    assert view.mean(published(id)) == pytest.approx(means, abs=1e-3)
    assert view.order(published(id)) == order
