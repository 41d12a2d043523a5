"""Augmentation as one object: settings, seeded draws, and pictures changed by them. No TensorFlow.

Whatever takes a picture's pixels to places between others, turning, shifting, shearing and zooming, is one
affine map and one interpolation: each further one would blur. A draw is a function of (seed, epoch, picture)
and of nothing else, so a training that was broken off goes on with the very pictures it would have seen.

The maps are those of ``keras.preprocessing.image.ImageDataGenerator``; crops, flips and the colour noise are
the paper's (section 4.1).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, ClassVar, Literal, NamedTuple, get_args

import numpy as np
from numpy.typing import NDArray

from alexnet.data.preparation import Colour
from alexnet.errors import ChoiceError, InputError
from alexnet.recipes import STRICT

Fill = Literal["nearest", "reflect", "wrap", "constant"]
FILLS: tuple[Fill, ...] = get_args(Fill)
Floats = NDArray[np.float32]
Numbers = NDArray[np.float64]

BRIGHTEST = 255.0

_DRAWS = 16
"""Random numbers for a picture; more than are used today, so that a knob more does not change the others."""

_ROTATION, _SHIFT_X, _SHIFT_Y, _SHEAR, _ZOOM_X, _ZOOM_Y, _FLIP_X, _FLIP_Y = range(8)
_CROP_X, _CROP_Y, _ERASE_X, _ERASE_Y, _COLOUR = range(8, 13)  # the colour takes the last four

LIMITS: Mapping[str, tuple[float, float]] = {
    "rotation": (0, 180),
    "shift_x": (0, 0.9),
    "shift_y": (0, 0.9),
    "shear": (0, 80),
    "zoom": (0, 0.9),
    "colour": (0, 1),
    "margin": (0, 64),
    "crop": (0, 512),
    "erase": (0, 512),
}
"""Smallest and largest value of each knob that is a number, both included."""


@dataclass(frozen=True)
class Augmentation:
    """What may happen to a picture each time a network learns from it. All zero: nothing.

    Attributes:
        rotation: Degrees, to either side.
        shift_x, shift_y: Share of the width and of the height, to either side.
        shear: Degrees, to either side.
        zoom: Each axis is scaled by a factor of its own between 1 less this and 1 plus this.
        flip_x, flip_y: Every other picture left to right, and upside down.
        fill: What lies beyond the edge of what is turned, shifted, sheared or zoomed, as SciPy names it:
            ``nearest`` repeats the edge, ``reflect`` mirrors the picture, ``wrap`` goes on at the other side,
            ``constant`` is black.
        margin: Pixels of black around the picture before it is cropped.
        crop: Pixels a side of a square cut out at a random place; 0: as many as the picture has.
        colour: Standard deviation of the paper's colour noise; the paper's is 0.1.
        erase: Pixels a side of a square in the mean colour at a random place; 0: none.
    """

    __pydantic_config__: ClassVar[Mapping[str, Any]] = STRICT

    rotation: float = 0.0
    shift_x: float = 0.0
    shift_y: float = 0.0
    shear: float = 0.0
    zoom: float = 0.0
    flip_x: bool = False
    flip_y: bool = False
    fill: Fill = "nearest"
    margin: int = 0
    crop: int = 0
    colour: float = 0.0
    erase: int = 0

    @property
    def moves(self) -> bool:
        """Does it interpolate?"""
        return any((self.rotation, self.shift_x, self.shift_y, self.shear, self.zoom))

    @property
    def used(self) -> tuple[str, ...]:
        """The knobs that do something, in order, without ``fill``."""
        return tuple(name for name, value in asdict(self).items() if name != "fill" and value)

    def alone(self, knob: str) -> Augmentation:
        """The same with this knob only."""
        return replace(Augmentation(fill=self.fill), **{knob: getattr(self, knob)})

    def scaled(self, factor: float) -> Augmentation:
        """The same for pictures of so many times as many pixels a side."""
        sizes = {name: round(getattr(self, name) * factor) for name in ("margin", "crop", "erase")}
        return replace(self, **sizes)

    def side(self, side: int) -> int:
        """Pixels a side of what becomes of a picture of ``side``."""
        return self.crop or side


NOTE = Augmentation(rotation=10.0, shift_x=0.1, shift_y=0.1, shear=0.1, zoom=0.1)
"""The study note's textbook (gilbutITbook/080263, chapter 6), whose shear of 0.1 is a tenth of a degree."""

PAPER = Augmentation(crop=224, flip_x=True, colour=0.1)
"""Of pictures of 256 pixels: section 4.1 of the paper."""


def check(given: Augmentation, side: int) -> None:
    """Hold settings against pictures of ``side`` pixels.

    Raises:
        InputError: number_out_of_range.
        ChoiceError: setting_unknown; a way to fill that we do not have.
    """
    if given.fill not in FILLS:
        raise ChoiceError("setting_unknown", name="fill", id=str(given.fill)[:40], known=", ".join(FILLS))
    limits = dict(LIMITS) | {"crop": (0, side + 2 * given.margin), "erase": (0, side), "margin": (0, side)}
    for name, (low, high) in limits.items():
        value = getattr(given, name)
        if not low <= value <= high:  # not a number is not between them either
            raise InputError("number_out_of_range", name=name, value=value, low=low, high=high)


def distinct(given: Augmentation, side: int) -> int | None:
    """How many pictures can be made of one of ``side`` pixels; None: no end of them.

    Places of the crop, times two for each flip, times places of an erased square. With knobs that turn,
    shift, shear, zoom or colour by any amount there is no end. The paper counts 32 places each way for 224
    of 256 and so 2,048; from 0 to 32 there are 33, as its code draws, and so 2,178.
    """
    if given.moves or given.colour:
        return None
    places = side + 2 * given.margin - given.side(side) + 1
    count = places**2 * (2 if given.flip_x else 1) * (2 if given.flip_y else 1)
    return count * (given.side(side) ** 2 if given.erase else 1)


class Components(NamedTuple):
    """The principal components of pictures' colours, the largest first.

    Attributes:
        variances: ``(3,)``: eigenvalues of the covariance of red, green and blue, each 0 to 1.
        directions: ``(3, 3)``: a row for each, of length 1.
    """

    variances: Numbers
    directions: Numbers


def components(pictures: Sequence[NDArray[np.uint8]] | NDArray[np.uint8]) -> Components:
    """Measure them over every pixel of some pictures, each ``(height, width, 3)``, uint8."""
    count, total, squares = 0, np.zeros(3), np.zeros((3, 3))
    for start in range(0, len(pictures), 500):  # not all of them as floats at once
        for pixels in [np.asarray(one, np.float64).reshape(-1, 3) for one in pictures[start : start + 500]]:
            count += len(pixels)
            total += pixels.sum(axis=0)
            squares += pixels.T @ pixels
    mean = total / count
    covariance = (squares / count - np.outer(mean, mean)) / BRIGHTEST**2
    variances, directions = np.linalg.eigh(covariance)
    rows = directions.T[::-1]
    signs = np.where(rows.sum(axis=1, keepdims=True) < 0, -1.0, 1.0)  # an axis has no sign: the brighter one
    return Components(np.maximum(variances[::-1], 0), rows * signs)


def draws(seed: int, epoch: int, count: int) -> Numbers:
    """Random numbers of 0 to 1 for pictures: ``(count, 16)``; one's do not depend on how many there are."""
    return np.random.default_rng((seed, epoch, 1)).random((count, _DRAWS))


NEUTRAL: Numbers = np.where(np.isin(np.arange(_DRAWS), (_FLIP_X, _FLIP_Y)), 0.99, 0.5)
"""A draw that changes nothing, but for a crop and a square in the middle."""


def extremes(knob: str) -> Numbers:
    """Two draws that show the most that a knob does to either side, with nothing else: ``(2, 16)``."""
    places = {
        "rotation": (_ROTATION,),
        "shift_x": (_SHIFT_X,),
        "shift_y": (_SHIFT_Y,),
        "shear": (_SHEAR,),
        "zoom": (_ZOOM_X, _ZOOM_Y),
        "flip_x": (_FLIP_X,),
        "flip_y": (_FLIP_Y,),
        "margin": (_CROP_X, _CROP_Y),
        "crop": (_CROP_X, _CROP_Y),
        "erase": (_ERASE_X, _ERASE_Y),
        "colour": (_COLOUR,),
    }[knob]
    found = np.stack([NEUTRAL, NEUTRAL])
    for place in places:
        found[:, place] = (0.0, 1 - 1e-9)
    if knob == "colour":  # two deviations of the first component, to either side
        found[:, _COLOUR] = 1 - np.exp(-2.0)
        found[:, _COLOUR + 2] = (0.5, 0.0)
        found[:, _COLOUR + 1] = 0.0
    if knob == "erase":
        found[:, places] = ((0.25, 0.25), (0.75, 0.75))
    return found


class Augmenter:
    """Changes pictures by settings.

    Args:
        given: The settings.
        mean: The colour of an erased square.
        measured: The principal components of the colours; needed with ``colour``.
    """

    def __init__(self, given: Augmentation, mean: Colour, measured: Components | None = None) -> None:
        if given.colour and measured is None:
            raise ValueError("colour noise needs the principal components")
        self.given, self.mean, self.measured = given, np.rint(mean).astype(np.float32), measured

    def __call__(self, pictures: NDArray[np.uint8], drawn: Numbers) -> Floats:
        """Change pictures.

        Args:
            pictures: ``(n, side, side, 3)``, 0 to 255.
            drawn: Each one's draw: ``(n, 16)``, see ``draws``.

        Returns:
            ``(n, side, side, 3)``, 0 to 255; the side is the crop's, where there is one.
        """
        given = self.given
        images: Floats = pictures.astype(np.float32)
        if given.moves:
            images = warp(images, matrices(given, drawn, images.shape[1]), given.fill)
        if given.margin or given.crop:
            images = _cropped(images, given, drawn)
        for on, place, axis in ((given.flip_x, _FLIP_X, 2), (given.flip_y, _FLIP_Y, 1)):
            if on:
                turned = drawn[:, place] < 0.5
                images[turned] = np.flip(images[turned], axis)
        if given.colour and self.measured is not None:
            images = np.clip(images + _noise(given, drawn, self.measured), 0, np.float32(BRIGHTEST))
        if given.erase:
            _erase(images, given, drawn, self.mean)
        return images


def matrices(given: Augmentation, drawn: Numbers, side: int) -> Numbers:
    """The affine map of each picture, from places in the result to places in the picture.

    As Keras composes it, in columns and rows about the middle: turn, shift, shear, zoom.

    Returns:
        ``(n, 2, 3)``: a place (row, column, 1) to (row, column).
    """
    both = 2 * drawn - 1  # -1 to 1
    count = len(drawn)
    angle, slant = (
        np.deg2rad(both[:, place] * most)
        for place, most in ((_ROTATION, given.rotation), (_SHEAR, given.shear))
    )

    def made(*rows: Sequence[Any]) -> Numbers:
        whole = np.zeros((count, 3, 3))
        whole[:, 2, 2] = 1
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                whole[:, place, column] = value
        return whole

    turn = made((np.cos(angle), -np.sin(angle), 0), (np.sin(angle), np.cos(angle), 0))
    shift = made(
        (1, 0, both[:, _SHIFT_X] * given.shift_x * side), (0, 1, both[:, _SHIFT_Y] * given.shift_y * side)
    )
    shear = made((1, -np.sin(slant), 0), (0, np.cos(slant), 0))
    zoom = made((1 + both[:, _ZOOM_X] * given.zoom, 0, 0), (0, 1 + both[:, _ZOOM_Y] * given.zoom, 0))
    middle = side / 2 - 0.5
    there, back = made((1, 0, middle), (0, 1, middle)), made((1, 0, -middle), (0, 1, -middle))
    whole = there @ turn @ shift @ shear @ zoom @ back
    swapped: Numbers = whole[:, [1, 0]][:, :, [1, 0, 2]]  # columns and rows to rows and columns
    return swapped


def warp(images: Floats, maps: Numbers, fill: Fill) -> Floats:
    """Pictures by one bilinear interpolation each, as ``scipy.ndimage.affine_transform`` with ``order=1``.

    Args:
        images: ``(n, height, width, channels)``.
        maps: ``(n, 2, 3)``, see ``matrices``.
        fill: What lies beyond the edge.
    """
    count, height, width, _ = images.shape
    rows, columns = np.mgrid[:height, :width]
    places = np.stack([rows.ravel(), columns.ravel(), np.ones(height * width)])
    source = maps @ places  # (n, 2, pixels)
    taps, outside = [], np.zeros(source[:, 0].shape, bool)
    for axis, size in enumerate((height, width)):
        place = source[:, axis]
        if fill == "constant":
            outside |= (place < 0) | (place > size - 1)
        elif fill == "wrap":
            place = _wrapped(place, size)
        if fill != "reflect":
            place = np.clip(place, 0, size - 1)
        low = np.floor(place).astype(np.intp)
        share = (place - low).astype(np.float32)[..., None]
        if fill == "reflect":
            pair = [_reflected(low, size), _reflected(low + 1, size)]
        else:
            pair = [low, np.minimum(low + 1, size - 1)]
        taps.append((pair, share))
    (row_pair, row_share), (column_pair, column_share) = taps
    flat = images.reshape(count * height * width, -1)
    first = np.arange(count)[:, None] * (height * width)

    def along(row: NDArray[np.intp]) -> Floats:
        before: Floats = flat.take(first + row * width + column_pair[0], axis=0)
        after: Floats = flat.take(first + row * width + column_pair[1], axis=0)
        after -= before
        after *= column_share
        after += before
        return after

    upper, lower = (along(row) for row in row_pair)
    result: Floats = upper + (lower - upper) * row_share
    result[outside] = 0
    shaped: Floats = result.reshape(images.shape)
    return shaped


def _wrapped(place: Numbers, size: int) -> Numbers:
    """As SciPy's ``wrap``, in which the last pixel lies on the first."""
    period = max(size - 1, 1)
    below = place + period * (np.floor(-place / period) + 1)
    above = place - period * np.floor(place / period)
    return np.where(place < 0, below, np.where(place > size - 1, above, place))


def _reflected(index: NDArray[np.intp], size: int) -> NDArray[np.intp]:
    folded = index % (2 * size)
    return np.where(folded < size, folded, 2 * size - 1 - folded)


def _cropped(images: Floats, given: Augmentation, drawn: Numbers) -> Floats:
    margin, side = given.margin, given.side(images.shape[1])
    padded = np.pad(images, ((0, 0), (margin, margin), (margin, margin), (0, 0)))
    places = padded.shape[1] - side + 1
    top, left = ((drawn[:, place] * places).astype(np.intp) for place in (_CROP_Y, _CROP_X))
    along = np.arange(side)
    number = np.arange(len(images))[:, None, None]
    cut: Floats = padded[number, (top[:, None] + along)[:, :, None], (left[:, None] + along)[:, None]]
    return cut


def _noise(given: Augmentation, drawn: Numbers, measured: Components) -> Floats:
    """[p1, p2, p3] [a1 l1, a2 l2, a3 l3] for each picture, as the paper writes it, in units of 0 to 255."""
    # Box and Muller: two even numbers become two normal ones.
    radius = np.sqrt(-2 * np.log(1 - drawn[:, (_COLOUR, _COLOUR + 1)]))
    angle = 2 * np.pi * drawn[:, (_COLOUR + 2, _COLOUR + 3)]
    first, second, third = (
        radius[:, 0] * np.cos(angle[:, 0]),
        radius[:, 0] * np.sin(angle[:, 0]),
        radius[:, 1] * np.cos(angle[:, 1]),
    )
    normal = np.stack([first, second, third], axis=1)
    shares = given.colour * normal * measured.variances
    noise: Floats = (BRIGHTEST * shares @ measured.directions).astype(np.float32)[:, None, None]
    return noise


def _erase(images: Floats, given: Augmentation, drawn: Numbers, colour: Floats) -> None:
    """Paint a square into each; what would lie beyond the edge is lost."""
    side = images.shape[1]
    centres = (drawn[:, (_ERASE_Y, _ERASE_X)] * side).astype(np.intp)
    begin = centres - given.erase // 2
    for image, (top, left) in zip(images, begin, strict=True):
        image[max(top, 0) : top + given.erase, max(left, 0) : left + given.erase] = colour


KNOBS: tuple[str, ...] = tuple(field.name for field in fields(Augmentation) if field.name != "fill")
"""All but ``fill``, in order."""
