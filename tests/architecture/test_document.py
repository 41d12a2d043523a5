"""Networks as text: round trips, and whatever else may come in."""

from __future__ import annotations

import base64
import json
import re
import zlib
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alexnet.architecture import (
    LESSONS,
    NETWORKS,
    PAPER_2012,
    BatchNormalization,
    Network,
    Rounding,
    apart,
    never_talking,
    one_tower,
)
from alexnet.architecture.document import (
    MOST_TEXT,
    digest,
    from_link,
    from_text,
    read,
    to_link,
    to_text,
    write,
)
from alexnet.architecture.shapes import trace_until_failure
from alexnet.errors import AlexNetError, InputError
from alexnet.language import LANGUAGES, explain, text

VARIANTS = (
    one_tower(PAPER_2012),
    apart(PAPER_2012),
    never_talking(PAPER_2012),
    replace(PAPER_2012, size=224, channels=1, rounding=Rounding("up", "up")),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize("network", [*NETWORKS, *LESSONS, *VARIANTS], ids=lambda network: network.id)
def test_every_network_survives_text_and_link(network: Network):
    assert from_text(to_text(network)) == network
    assert from_link(to_link(network)) == network


def test_two_networks_have_two_digests_and_one_has_the_same_again():
    known = {digest(network) for network in NETWORKS}
    assert len(known) == len(NETWORKS) and known == {digest(from_text(to_text(one))) for one in NETWORKS}


def test_batch_normalization_as_it_always_was_is_written_as_it_always_was():
    (row,) = write(Network("one", (BatchNormalization("bn2"),), 8))["rows"]
    assert row == {"kind": "batch_normalization", "name": "bn2"}
    (row,) = write(Network("one", (BatchNormalization("bn2", momentum=0.99),), 8))["rows"]
    assert row == {"kind": "batch_normalization", "name": "bn2", "momentum": 0.99}


def test_a_link_is_short_and_needs_no_escaping():
    link = to_link(PAPER_2012)
    assert re.fullmatch(r"[A-Za-z0-9_-]+", link) and len(link) < 600


def test_text_is_json_with_a_row_a_line():
    text = to_text(PAPER_2012)
    assert json.loads(text) == write(PAPER_2012)
    assert sum(line.startswith('    {"kind"') for line in text.splitlines()) == len(PAPER_2012.rows)


def changed(**changes: object) -> dict:
    """The paper's document with its first row changed."""
    content = json.loads(to_text(PAPER_2012))
    content["rows"][0] |= changes
    return content


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"kind": "attention"}, "document_value"),
        ({"maps": 0}, "document_value"),
        ({"maps": 5000}, "document_value"),
        ({"maps": 9.5}, "document_value"),
        ({"maps": True}, "document_value"),
        ({"maps": "96"}, "document_value"),
        ({"kernel": -1}, "document_value"),
        ({"std": float("nan")}, "document_value"),
        ({"std": float("inf")}, "document_value"),
        ({"std": 10**400}, "document_value"),
        ({"maps": 10**400}, "document_value"),
        ({"padding": "valid"}, "document_value"),
        ({"activation": "import os"}, "document_value"),
        ({"initializer": "magic"}, "document_value"),
        ({"name": "conv1\nimport os"}, "document_name"),
        ({"name": "Conv 1"}, "document_name"),
        ({"name": "conv2"}, "document_name_twice"),
        ({"name": "layers"}, "document_name_taken"),
        ({"name": "lambda"}, "document_name_taken"),
        ({"name": "conv2_tower1"}, "document_name_taken"),
        ({"colour": 1}, "document_field_unknown"),
    ],
)
def test_a_field_that_does_not_hold_is_named(changes, error):
    with pytest.raises(InputError, match=error):
        read(changed(**changes))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_place_of_a_mistake_is_said_in_the_readers_language(language):
    content = write(PAPER_2012)
    content["rows"][2]["stride"] = 0
    with pytest.raises(InputError) as caught:
        read(content)
    problem = text("errors.document_value", language, field="stride", value="0", expected="1 - 32")
    assert explain(caught.value, language) == text("errors.at_row", language, row=3, problem=problem)
    with pytest.raises(InputError) as caught:
        read(write(PAPER_2012) | {"size": 0})
    assert explain(caught.value, language).startswith(text("errors.at_network", language, problem=""))


@pytest.mark.parametrize("content", [None, [], {}, {"alexnet_network": 2}, {"alexnet_network": 1}])
def test_what_is_no_document_is_refused(content):
    with pytest.raises(InputError):
        read(content)


def test_a_missing_field_and_too_many_rows_are_named():
    content = write(PAPER_2012)
    del content["rows"][0]["maps"]
    with pytest.raises(InputError, match="document_field_missing"):
        read(content)
    many = write(PAPER_2012) | {"rows": [{"kind": "dropout", "name": f"drop{n}"} for n in range(61)]}
    with pytest.raises(InputError, match="document_too_many_rows"):
        read(many)


@given(JSON)
def test_no_json_at_all_breaks_it(content):
    for given_ in (
        content,
        {"alexnet_network": 1, "size": 9, "rows": [content]},
        write(PAPER_2012) | {"size": content},
    ):
        try:
            assert isinstance(read(given_), Network)
        except AlexNetError:
            continue


PLACES = [
    (), *((name,) for name in [*write(PAPER_2012), "other"]),
    *(("rounding", name) for name in ("convolution", "pooling")),
    *(("rows", row) for row in (0, 1, 12)),
    *(
        ("rows", row, name)
        for row in range(len(NETWORKS[0].rows))
        for name in [*vars(NETWORKS[0].rows[row]), "kind", "other"]
    ),
]  # fmt: skip
"""Where something else may stand in a document: keys and numbers of rows, from outside in."""
ODD = st.one_of(
    JSON,
    st.sampled_from(
        [
            [],
            {},
            [[]],
            {"": None},
            None,
            True,
            -1,
            0.5,
            10**400,
            -(10**400),
            float("nan"),
            float("inf"),
            "",
            "same",
        ]
    ),
    st.integers(1, 5000).map(lambda deep: json.loads("[" * min(deep, 900) + "]" * min(deep, 900))),
)


def put(content: object, place: tuple[str | int, ...], value: object) -> object:
    """The document with a value somewhere in it."""
    if not place:
        return value
    inside = content.copy()
    inside[place[0]] = put(content[place[0]] if len(place) > 1 else None, place[1:], value)
    return inside


def through(way: Callable[[], Network]) -> None:
    """What comes in is a network that can be traced and written again, or is refused in words."""
    try:
        network = way()
    except InputError as error:
        said = [explain(error, language) for language in LANGUAGES]
        assert all(said)
        return
    trace_until_failure(network)
    assert from_text(to_text(network)) == network


@settings(max_examples=400)
@given(st.sampled_from(PLACES), ODD)
def test_anything_anywhere_in_a_document_is_read_or_refused_in_words(place, value):
    content = put(write(NETWORKS[0]), place, value)
    plain = json.dumps(content)
    packed = base64.urlsafe_b64encode(zlib.compress(plain.encode())).decode().rstrip("=")
    for way in (lambda: read(content), lambda: from_text(plain), lambda: from_link(packed)):
        through(way)


@pytest.mark.parametrize("value", [[], {}, [1], None, 0.5, float("nan")])
def test_a_kind_that_is_no_word_is_named_with_its_row(value):
    with pytest.raises(InputError, match="document_value") as caught:
        read(changed(kind=value))
    assert (caught.value.values["row"], caught.value.values["field"]) == (1, "kind")


@pytest.mark.parametrize("depth", [100, 1_000, 10_000, 30_000])
def test_a_document_of_brackets_only_is_refused(depth):
    for plain in ("[" * depth + "]" * depth, '{"a":' * depth + "1" + "}" * depth, "[" * depth, "1" * depth):
        through(lambda plain=plain: from_text(plain))
        rows = '{"alexnet_network": 1, "rows": [{"kind": ' + plain + "}]}"
        through(lambda rows=rows: from_text(rows))


@given(st.text(max_size=60))
def test_no_link_at_all_breaks_it(link):
    with pytest.raises(InputError):
        from_link(link)


def test_a_link_that_would_unpack_without_end_is_refused():
    bomb = base64.urlsafe_b64encode(zlib.compress(b" " * (4 * MOST_TEXT), 9)).decode().rstrip("=")
    with pytest.raises(InputError, match="document_link_damaged"):
        from_link(bomb)


def test_text_that_is_no_json_names_the_line():
    with pytest.raises(InputError, match="document_not_json") as caught:
        from_text('{\n  "alexnet_network": 1,\n oops')
    assert caught.value.values["line"] == 3
    with pytest.raises(InputError, match="document_too_long"):
        from_text(" " * (MOST_TEXT + 1))
