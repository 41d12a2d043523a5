"""The Convolution page in a real Chromium, by mouse, keyboard and touch; its numbers are read back."""

from __future__ import annotations

import re

import keras
import numpy as np
import pytest
import tensorflow as tf
from playwright.sync_api import expect

from alexnet.architecture import SHIPPED
from alexnet.data.catalogue import CIFAR_10
from alexnet.data.drawn import DRAWN
from alexnet.data.preprocess import network_input, reduce, scale, square
from alexnet.data.samples import sample
from alexnet.kernels.classical import CLASSICAL, from_link
from alexnet.network import build
from alexnet.numerics import operations
from alexnet.trained import shipped
from alexnet.weights import store
from tools.browsing import wait_until_idle

pytestmark = pytest.mark.browser

PREPARATION = CIFAR_10.preparation()
CLOSE = 1e-4
SIDEWAYS = (
    "() => document.querySelector('[data-testid=stMain]').scrollWidth - document.documentElement.clientWidth"
)
VIEW = "host => host.lesson.view"


@pytest.fixture(scope="module")
def weights():
    found = store.read(shipped.file(shipped.DEFAULT, shipped.WEIGHTS))
    return {name: array.astype(np.float32) for name, array in found.items()}


def open_(page, server, **choices):
    query = "&".join(
        f"{name}={value}" for name, value in {"lang": "en", "image": "cat_face", **choices}.items()
    )
    page.goto(f"{server}/convolution?{query}")
    page.locator(".lesson canvas").first.wait_for()
    wait_until_idle(page)


def lesson(page):
    return page.locator(".lesson")


def number(page, selector):
    return float(page.locator(f".lesson {selector}").get_attribute("data-value"))


def whole_map(page, name="map"):
    return np.array(lesson(page).evaluate(f"host => Array.from(host.lesson.view.{name})"))


def place(page):
    return tuple(lesson(page).evaluate("host => [host.lesson.view.row, host.lesson.view.column]"))


def levels(size, id="cat_face"):
    """The picture as the page reads it: its centre square at the chosen size."""
    picture = DRAWN[id](227) if id in DRAWN else sample(id).pixels
    return reduce(square(picture), size)


def by_keras(image, kernel, bias, stride, edges=((0, 0), (0, 0))):
    padded = tf.pad(tf.constant(image[None], tf.float32), ((0, 0), *edges, (0, 0)))
    answer = keras.ops.conv(padded, kernel[..., None], stride, "valid", data_format="channels_last")
    return np.asarray(answer)[0, ..., 0] + bias


def test_the_papers_first_layer_is_computed_as_in_numpy_and_keras(server, page, weights):
    open_(page, server, kernel="tower2", number=26, relu=0)
    image = scale(levels(227).astype(np.float32), PREPARATION)
    kernel, bias = weights["conv1_tower2/kernel"][..., 25], weights["conv1_tower2/bias"][25]
    found = whole_map(page).reshape(55, 55)
    np.testing.assert_allclose(found, by_keras(image, kernel, bias, 4), atol=CLOSE)
    ours = operations.convolution(image, kernel[..., None], bias[None], stride=4)[..., 0]
    np.testing.assert_allclose(found, ours, atol=CLOSE)


def test_windows_that_hang_over_the_edge_are_computed_as_in_numpy_and_keras(server, page, weights):
    open_(page, server, kernel="tower1", number=1, size=224, rounding="up")
    image = scale(levels(224).astype(np.float32), PREPARATION)
    kernel, bias = weights["conv1_tower1/kernel"][..., 0], weights["conv1_tower1/bias"][0]
    found = whole_map(page).reshape(55, 55)
    expected = np.maximum(0, by_keras(image, kernel, bias, 4, ((0, 3), (0, 3))))
    np.testing.assert_allclose(found, expected, atol=CLOSE)

    page.locator("[data-field=output]").focus()
    page.keyboard.press("Control+End")
    expect(page.locator(".where")).to_contain_text("Row 55, column 55")
    expect(page.locator(".where")).to_contain_text("outside the picture")
    steps = operations.convolution_step(image, kernel, float(bias), 54, 54, stride=4, rounding="up")
    for name, value in zip(("red", "green", "blue"), steps.channels, strict=True):
        assert number(page, f"[data-part={name}]") == pytest.approx(value, abs=CLOSE)
    assert number(page, "[data-part=total]") == pytest.approx(steps.total, abs=CLOSE)
    assert number(page, "[data-part=relu]") == pytest.approx(max(0, steps.total), abs=CLOSE)


@pytest.mark.parametrize("kernel", ["edge_vertical", "blur", "red_green"])
def test_classical_kernels_with_same_padding_are_kerass(server, page, kernel):
    open_(page, server, kernel=kernel, size=40, stride=3, padding="same", relu=0)
    image = levels(40).astype(np.float32) / 255
    expected = tf.nn.conv2d(image[None], CLASSICAL[kernel][..., None], 3, "SAME")[0, ..., 0]
    np.testing.assert_allclose(whole_map(page).reshape(14, 14), expected, atol=CLOSE)


def test_on_its_own_input_the_shipped_network_has_the_values_of_its_first_layer(server, page, weights):
    open_(page, server, detail="network", kernel="tower2", number=7)
    model = build(SHIPPED, initializer="zeros")
    store.assign(model, weights)
    read = network_input([sample("cat_face").pixels], 64, PREPARATION)
    first = keras.Model(model.input, model.get_layer("conv1_tower2").output)
    expected = np.asarray(first(read, training=False))[0, ..., 6]
    np.testing.assert_allclose(whole_map(page).reshape(32, 32), expected, atol=CLOSE)


def test_the_mouse_moves_the_window_and_everything_lights_up_together(server, page, weights):
    sent = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    open_(page, server, kernel="tower1", number=9)
    box = page.locator("[data-field=picture]").bounding_box()
    before = len(sent)
    at = lambda x, y: (box["x"] + x / 227 * box["width"], box["y"] + y / 227 * box["height"])  # noqa: E731
    page.mouse.move(*at(85.5, 45.5))  # the centre of the window in row 10, column 20
    expect(page.locator(".where")).to_contain_text("Row 11, column 21 of 55 × 55")
    page.mouse.down()
    page.mouse.move(*at(125.5, 65.5), steps=12)
    page.mouse.up()
    expect(page.locator(".where")).to_contain_text("Row 16, column 31 of 55 × 55")
    kernel, bias = weights["conv1_tower1/kernel"][..., 8], float(weights["conv1_tower1/bias"][8])
    image = scale(levels(227).astype(np.float32), PREPARATION)
    steps = operations.convolution_step(image, kernel, bias, 15, 30, stride=4)
    for name, value in zip(("red", "green", "blue"), steps.channels, strict=True):
        assert number(page, f"[data-sum={name}]") == pytest.approx(value, abs=CLOSE)
    assert number(page, "[data-part=total]") == pytest.approx(steps.total, abs=CLOSE)
    window = lesson(page).evaluate("host => Array.from(host.lesson.view.step.products)")
    np.testing.assert_allclose(np.reshape(window, (11, 11, 3)), steps.products, atol=CLOSE)
    expect(page.locator(".said")).to_contain_text("Row 16, column 31: red")

    # A click holds the window, so that the pointer can cross the picture; another lets go.
    page.mouse.click(*at(125.5, 65.5))
    page.mouse.move(*at(20, 200), steps=4)
    expect(page.locator(".where")).to_contain_text("Row 16, column 31")
    expect(page.locator(".hint").first).to_have_text(re.compile("held"))
    page.mouse.click(*at(20, 200))
    page.mouse.move(*at(85.5, 45.5))
    expect(page.locator(".where")).to_contain_text("Row 11, column 21")
    assert len(sent) == before  # nothing of all this went to the server

    # A cell of the window shows its three products.
    page.locator(".grid.kernel").nth(1).hover(position={"x": 2, "y": 2})
    expect(page.locator(".inspected")).to_contain_text("Row 1, column 1 of the window")
    steps = operations.convolution_step(image, kernel, bias, 10, 20, stride=4)
    product = f"{abs(steps.products[0, 0, 0]):.3f}"
    expect(page.locator(".inspected")).to_contain_text(product)


def test_the_keyboard_does_all_that_the_mouse_does(server, page):
    open_(page, server, image="shapes", kernel="edge_vertical", size=20)
    page.locator("[data-field=picture]").focus()
    page.keyboard.press("Control+Home")
    for key in ("ArrowRight", "ArrowRight", "ArrowDown", "Shift+ArrowRight"):
        page.keyboard.press(key)
    expect(page.locator(".where")).to_contain_text("Row 2, column 8 of 18 × 18")
    page.keyboard.press("End")
    page.keyboard.press("PageDown")
    expect(page.locator(".where")).to_contain_text("Row 7, column 18")
    expect(page.locator(".said")).to_contain_text("Row 7, column 18: red")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".inspected")).to_contain_text("Row 2, column 3 of the window")
    expect(page.locator(".said")).to_contain_text("of the window: red")
    page.keyboard.press("Tab")
    expect(page.locator("[data-field=output]")).to_be_focused()
    page.keyboard.press("Home")
    expect(page.locator(".where")).to_contain_text("Row 7, column 1 ")


@pytest.fixture
def phone(browser):
    context = browser.new_context(
        locale="ko-KR", viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    context.set_default_timeout(45_000)
    yield context.new_page()
    context.close()


def test_a_finger_taps_and_drags_and_still_scrolls_the_page(server, phone):
    page = phone
    page.goto(f"{server}/convolution?lang=en&kernel=edge_vertical&size=64&image=shapes")
    page.locator(".lesson canvas").first.wait_for()
    wait_until_idle(page)
    picture = page.locator("[data-field=picture]")
    picture.scroll_into_view_if_needed()
    box = picture.bounding_box()
    pixel = box["width"] / 64
    page.touchscreen.tap(box["x"] + 21.5 * pixel, box["y"] + 11.5 * pixel)
    expect(page.locator(".where")).to_contain_text("Row 11, column 21 of 62 × 62")

    touch = page.context.new_cdp_session(page)

    def finger(kind, x, y):
        points = [] if kind == "touchEnd" else [{"x": box["x"] + x * pixel, "y": box["y"] + y * pixel}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    finger("touchStart", 22, 12)  # on the window, half a pixel beside its centre
    for step in range(1, 11):
        finger("touchMove", 22 + step, 12 + 2 * step)
    finger("touchEnd", 0, 0)
    expect(page.locator(".where")).to_contain_text("Row 31, column 31 of 62 × 62")
    # The window took the finger; the picture beside it leaves it to the page.
    style = "element => getComputedStyle(element).touchAction"
    assert page.locator("[data-frame=picture]").evaluate(style) == "none"
    assert "pan-y" in picture.evaluate(style)
    expect(page.locator(".hint")).to_be_hidden()  # it tells how a pointer moves the window
    assert page.evaluate(SIDEWAYS) <= 0


def test_play_computes_the_map_window_by_window(server, page):
    open_(page, server, image="shapes", kernel="edge_vertical", size=9)
    shown = "host => host.lesson.view.shown.reduce((sum, cell) => sum + cell, 0)"
    assert lesson(page).evaluate(shown) == 49
    page.get_by_role("button", name="Empty the map").click()
    expect(page.locator(".where")).to_contain_text("Row 1, column 1 of 7 × 7")
    page.get_by_role("button", name="Next window").click()
    expect(page.locator(".where")).to_contain_text("Row 1, column 2 of 7 × 7")
    assert lesson(page).evaluate(shown) == 2
    # A cell that was computed has a colour, the others are not painted.
    alpha = """host => Array.from(host.lesson.view.output.canvas.getContext("2d")
        .getImageData(0, 0, 7, 7).data).filter((_, at) => at % 4 === 3).filter(Boolean).length"""
    assert lesson(page).evaluate(alpha) == 2
    page.get_by_label("Speed").select_option("60")
    page.get_by_role("button", name="▶ Play").click()
    expect(page.locator(".where")).to_contain_text("Row 7, column 7 of 7 × 7")
    expect(page.get_by_role("button", name="▶ Play")).to_be_visible()
    assert lesson(page).evaluate(shown) == 49 == lesson(page).evaluate(alpha)


def test_while_it_plays_every_line_of_numbers_is_of_the_window_that_is_shown(server, page):
    open_(page, server, image="shapes", kernel="edge_vertical", size=40)
    page.get_by_role("button", name="▶ Play").click()
    expect(page.locator(".where")).to_contain_text("column 9 of")
    host = lesson(page)
    texts = host.evaluate("host => ['.where', '.said'].map((name) => host.querySelector(name).textContent)")
    places = [re.search(r"[Rr]ow (\d+), column (\d+)", words).groups() for words in texts]
    assert places[0] == places[1]
    assert host.evaluate("host => host.querySelector('.said').getAttribute('aria-live')") == "off"


def test_a_kernel_is_typed_and_stands_in_the_link(server, page):
    open_(page, server, image="shapes", kernel="own", size=24, relu=0)
    page.get_by_text("Type the weights").click()
    field = page.get_by_label("Weight, all, row 1, column 1")
    field.fill("0,5")
    image = levels(24, "shapes").astype(np.float32) / 255
    kernel = CLASSICAL["edge_vertical"].copy()
    kernel[0, 0] = 0.5
    np.testing.assert_allclose(whole_map(page).reshape(22, 22), by_keras(image, kernel, 0, 1), atol=CLOSE)
    field.press("ArrowDown")  # leaving the field tells the server
    expect(page.get_by_label("Weight, all, row 2, column 1")).to_be_focused()
    expect(page).to_have_url(re.compile("weights="))
    wait_until_idle(page)
    expect(page.get_by_label("Weight, all, row 2, column 1")).to_be_focused()
    kept = re.search(r"weights=([\w-]+)", page.url)[1]
    np.testing.assert_array_equal(from_link(kept), kernel)

    page.get_by_label("Weight, all, row 2, column 2").fill("<b>1</b>")
    expect(page.get_by_label("Weight, all, row 2, column 2")).to_have_attribute("aria-invalid", "true")
    page.get_by_role("button", name="Change the sign").click()
    expect(page.get_by_label("Weight, all, row 1, column 1")).to_have_value("-0.5")
    page.get_by_label("Size of the kernel").select_option("5")
    expect(page.get_by_label("Weight, all, row 5, column 5")).to_have_value("0")
    expect(page.get_by_label("Weight, all, row 2, column 2")).to_have_value("-0.5")
    expect(page.locator(".where")).to_contain_text("of 20 × 20")
    page.get_by_label("The same for all three colours").uncheck()
    page.get_by_label("Weight, red, row 3, column 3").fill("2")
    page.get_by_label("Weight, red, row 3, column 3").blur()
    wait_until_idle(page)
    page.reload()
    expect(page.get_by_label("Weight, red, row 3, column 3")).to_have_value("2")
    expect(page.get_by_label("Weight, blue, row 3, column 3")).to_have_value("0")
    expect(page.locator(".typing small")).to_have_text(["red", "green", "blue"])  # not by colour alone


def test_cells_are_painted_by_dragging_and_by_keys(server, page):
    open_(page, server, image="shapes", kernel="own", size=24, relu=0)
    board = page.locator("[data-field='paint--1']")
    page.get_by_role("button", name="0.00").click()
    board.scroll_into_view_if_needed()
    box = board.bounding_box()
    row = box["y"] + box["height"] / 6
    page.mouse.move(box["x"] + 20, row)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] - 10, row, steps=8)
    page.mouse.up()
    expect(page).to_have_url(re.compile("weights="))
    page.get_by_role("button", name="0.67", exact=True).click()
    board.focus()
    page.keyboard.press("ArrowDown")  # from the cell that was painted last
    page.keyboard.press("Space")
    wait_until_idle(page)
    kernel = CLASSICAL["edge_vertical"].copy()
    kernel[0] = 0
    kernel[1, 2] = 2 / 3
    np.testing.assert_array_equal(from_link(re.search(r"weights=([\w-]+)", page.url)[1]), kernel)
    image = levels(24, "shapes").astype(np.float32) / 255
    np.testing.assert_allclose(whole_map(page).reshape(22, 22), by_keras(image, kernel, 0, 1), atol=CLOSE)
    expect(board).to_have_attribute("aria-label", re.compile("Row 2, column 3: 0.67"))


def test_the_page_opens_with_a_map_that_grows_by_itself_within_ten_seconds(server, page):
    page.goto(f"{server}/convolution?lang=en")
    page.locator(".lesson canvas").first.wait_for()
    assert lesson(page).evaluate("host => host.lesson.view.shown.some((cell) => !cell)")
    expect(page.locator(".grid.kernel i").first).to_have_text("−0.33")
    expect(page.get_by_role("button", name="▶ Play")).to_be_visible(timeout=15_000)
    assert lesson(page).evaluate("host => host.lesson.view.shown.every(Boolean)")
    wait_until_idle(page)
    page.get_by_role("button", name="Second step").click()
    expect(page.locator(".where")).to_contain_text("of 55 × 55")


def test_who_wants_no_motion_sees_the_finished_map(server, page):
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{server}/convolution?lang=en")
    page.locator(".lesson canvas").first.wait_for()
    assert lesson(page).evaluate("host => host.lesson.view.shown.every(Boolean) && !host.lesson.view.playing")


def test_a_kernel_is_picked_in_the_gallery(server, page):
    open_(page, server, kernel="tower1")
    page.get_by_role("button", name="Kernel 12", exact=True).click()
    expect(page).to_have_url(re.compile("number=12"))
    expect(page.get_by_role("button", name="Kernel 12", exact=True)).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("button", name="Kernel 12", exact=True)).to_be_focused()


def feature_map(weights, tower, number):
    image = scale(levels(227).astype(np.float32), PREPARATION)
    kernels, biases = weights[f"conv1_{tower}/kernel"], weights[f"conv1_{tower}/bias"]
    return operations.relu(operations.convolution(image, kernels[..., number], biases[number], stride=4))


def test_both_poolings_of_one_map_are_kerass(server, page, weights):
    open_(page, server, view="pooling", kernel="tower1", number=9)
    map_ = feature_map(weights, "tower1", [8])
    for name, side in (("overlapping", 3), ("plain", 2)):
        expected = keras.ops.max_pool(map_[None].astype(np.float32), side, 2, data_format="channels_last")
        found = whole_map(page, f"pools.{name}.values").reshape(27, 27)
        np.testing.assert_allclose(found, np.asarray(expected)[0, ..., 0], atol=CLOSE)
    page.locator("[data-field=plain]").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")
    expect(page.locator(".said")).to_contain_text("Row 2, column 1:")
    nine = [number(page, f"[data-cell='{cell}']") for cell in range(9)]
    np.testing.assert_allclose(nine, map_[2:5, 0:3, 0].ravel(), atol=CLOSE)
    assert number(page, "[data-pooled=overlapping]") == pytest.approx(map_[2:5, 0:3].max(), abs=CLOSE)
    assert number(page, "[data-pooled=plain]") == pytest.approx(map_[2:4, 0:2].max(), abs=CLOSE)


@pytest.mark.parametrize(("kernel", "alpha"), [(9, 2e-5), (9, 0.01), (1, 0.1)])
def test_normalization_by_neighbouring_maps_is_tensorflows(server, page, weights, kernel, alpha):
    open_(page, server, view="neighbours", kernel="tower2", number=kernel, alpha=f"{alpha:g}")
    maps = feature_map(weights, "tower2", list(range(48))).astype(np.float32)
    expected = tf.nn.local_response_normalization(maps[None], 2, 2.0, alpha, 0.75)[0, ..., kernel - 1]
    np.testing.assert_allclose(whole_map(page, "after").reshape(55, 55), expected, atol=CLOSE)
    row, column = place(page)
    assert number(page, "[data-part=result]") == pytest.approx(float(expected[row, column]), abs=CLOSE)


def test_grey_and_colour_kernels_answer_as_in_numpy_and_only_one_needs_colour(server, page, weights):
    open_(page, server, view="colour", grey="tower1-38", colour="tower2-26")
    colours = levels(227).astype(np.float32)
    pictures = {"coloured": colours, "grey": np.repeat(colours.mean(axis=2, keepdims=True), 3, axis=2)}
    kernels = {"grey": ("tower1", 37), "colour": ("tower2", 25)}
    for picture, pixels in pictures.items():
        for kind, (tower, index) in kernels.items():
            expected = operations.convolution(
                scale(pixels, PREPARATION),
                weights[f"conv1_{tower}/kernel"][..., [index]],
                weights[f"conv1_{tower}/bias"][[index]],
                stride=4,
            )
            found = whole_map(page, f"maps['{picture}-{kind}']").reshape(55, 55)
            np.testing.assert_allclose(found, expected[..., 0], atol=CLOSE)
    left = lesson(page).evaluate("host => host.lesson.view.left")
    assert left["grey"] > 0.9 and left["colour"] < 0.5
    # Where all colours are equally bright, the picture without colour has nothing to answer to.
    page.get_by_role("button", name="Colours of equal brightness").click()
    expect(page).to_have_url(re.compile("image=equal_brightness"))
    wait_until_idle(page)
    assert lesson(page).evaluate("host => host.lesson.view.left.colour") < 1e-6


def test_the_dense_neuron_adds_up_to_what_keras_answers(server, page, weights):
    open_(page, server, view="dense", neuron="dog")
    model = build(SHIPPED, initializer="zeros")
    store.assign(model, weights)
    read = network_input([sample("cat_face").pixels], 64, PREPARATION)
    probabilities = np.asarray(model(read, training=False))[0]
    found = np.array(lesson(page).evaluate("host => host.lesson.view.lesson.probabilities"))
    np.testing.assert_allclose(found, probabilities, atol=CLOSE)
    dog = CIFAR_10.class_ids.index("dog")
    logits = lesson(page).evaluate("host => host.lesson.view.lesson.logits")
    assert number(page, "[data-part=total]") == pytest.approx(logits[dog], abs=CLOSE)
    products = whole_map(page, "products")
    page.locator("[data-field=weights]").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".said")).to_contain_text("Input 34:")
    assert number(page, "[data-part=product]") == pytest.approx(products[33], abs=CLOSE)
    assert number(page, "[data-part=sofar]") == pytest.approx(products[:34].sum(), abs=CLOSE)


def test_addresses_in_memory_are_numpys(server, page):
    open_(page, server, view="order", image="kingfisher")
    picture = reduce(reduce(sample("kingfisher").pixels, 227), 4)[:3]
    page.locator("[data-field=pixels]").focus()
    for key in ("Control+Home", "ArrowDown", "ArrowRight", "ArrowRight", "]"):
        page.keyboard.press(key)
    memory = {"last": picture.ravel(), "first": np.moveaxis(picture, 2, 0).ravel()}
    for order, address in (("last", np.ravel_multi_index((1, 2, 1), (3, 4, 3))), ("first", 12 + 4 + 2)):
        expect(page.locator(f"[data-order={order}]")).to_have_attribute("data-value", str(address))
        strip = page.locator(".strip").nth(0 if order == "last" else 1).locator("span")
        assert [int(cell) for cell in strip.all_inner_texts()] == memory[order].tolist()
        expect(strip.nth(int(address))).to_have_class(re.compile("lit"))
    page.locator(".strip").nth(1).locator("span").nth(0).click()
    expect(page.locator("[data-order=last]")).to_have_attribute("data-value", "0")


@pytest.mark.parametrize("view", ["slide", "pooling", "neighbours", "colour", "dense", "order", "quiz"])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_on_a_phone_no_view_scrolls_sideways(server, page, view, language):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{server}/convolution?view={view}&lang={language}&kernel=tower1")
    wait_until_idle(page)
    assert page.evaluate(SIDEWAYS) <= 0
