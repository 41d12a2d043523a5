"""A picture as a file of its own."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from alexnet.architecture import PAPER_2012
from alexnet.figures.diagram import Words, network_diagram
from alexnet.figures.svg import standalone
from alexnet.figures.theme import FONT

WORDS = Words("title", "description", "image", ("GPU 1", "GPU 2"), "both", {"conv3": "43,264"})
PICTURE = network_diagram(PAPER_2012, WORDS)


def test_it_is_well_formed_and_has_a_size_a_font_and_paper():
    text = standalone(PICTURE, FONT)
    assert text.startswith("<?xml") and text.endswith("</svg>\n")
    root = ET.fromstring(text.encode())
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert "Pretendard" in root.get("style") and "color:#10161C" in root.get("style")
    assert root[0].get("fill") == "#FFFFFF" and root[0].get("width") == root.get("width")
    assert [child.tag for child in root][1:] == [child.tag for child in ET.fromstring(PICTURE)]


def test_notes_stand_in_the_diagram():
    assert ">43,264</text>" in PICTURE
    assert ">43,264</text>" in network_diagram(PAPER_2012, WORDS, "down")
