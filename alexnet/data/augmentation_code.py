"""An augmentation as the lines of Keras that come closest: the old generator's, and today's layers'."""

from __future__ import annotations

from math import radians, sin

from alexnet.data.augmentation import Augmentation
from alexnet.recipes import Scaling


def generator(given: Augmentation, scaling: Scaling = "unit") -> str:
    """A call of ``tf.keras.preprocessing.image.ImageDataGenerator``, which runs as it stands.

    What that class does not have, crops, colour noise and erased squares, stands in a comment.
    """
    arguments = {
        "rotation_range": given.rotation,
        "width_shift_range": given.shift_x,
        "height_shift_range": given.shift_y,
        "shear_range": given.shear,
        "zoom_range": given.zoom,
        "horizontal_flip": given.flip_x,
        "vertical_flip": given.flip_y,
    }
    lines = [f"    {name}={value!r}," for name, value in arguments.items() if value]
    if given.moves:
        lines.append(f'    fill_mode="{given.fill}",')
    if scaling == "unit":
        lines.append("    rescale=1 / 255,")
    body = "\n".join(["tf.keras.preprocessing.image.ImageDataGenerator(", *lines, ")"])
    return "\n".join(["import tensorflow as tf", "", f"generator = {body}", *_missing(given, ())])


def layers(given: Augmentation, side: int, scaling: Scaling = "unit") -> str:
    """The same by today's Keras layers, which run as they stand; each of them interpolates anew.

    Args:
        given: The settings.
        side: Pixels a side of the pictures.
        scaling: ``unit`` divides by 255.
    """
    fill = f'fill_mode="{given.fill}"'
    lines = []
    if given.rotation:
        lines.append(f"RandomRotation({given.rotation / 360:.4g}, {fill}),  # of a whole turn")
    if given.shift_x or given.shift_y:
        lines.append(
            f"RandomTranslation({given.shift_y:g}, {given.shift_x:g}, {fill}),  # height, then width"
        )
    if given.shear:
        lines.append(f"RandomShear(x_factor={_shear(given.shear):.4g}, {fill}),  # no degrees: a share")
    if given.zoom:
        lines.append(f"RandomZoom({given.zoom:g}, {given.zoom:g}, {fill}),")
    if given.crop:
        lines.append(f"RandomCrop({given.crop}, {given.crop}),")
    if given.flip_x or given.flip_y:
        which = {(True, False): "horizontal", (False, True): "vertical"}.get(
            (given.flip_x, given.flip_y), "horizontal_and_vertical"
        )
        lines.append(f'RandomFlip("{which}"),')
    if given.erase:
        share = (given.erase / given.side(side)) ** 2
        lines.append(f"RandomErasing(scale=({share:.4g}, {share:.4g})),  # of the area; any shape, and noise")
    if scaling == "unit":
        lines.append("Rescaling(1 / 255),")
    body = "\n".join(f"    keras.layers.{line}" for line in lines)
    inside = f"[\n{body}\n]" if lines else "[]"
    return "\n".join(
        [
            "import keras",
            "",
            f"augmentation = keras.Sequential({inside})",
            *_missing(given, ("crop", "erase")),
        ]
    )


def _shear(degrees: float) -> float:
    """The generator slants by the sine of its degrees; the layer by a share of the side."""
    return min(1.0, sin(radians(degrees)))


def _missing(given: Augmentation, there: tuple[str, ...]) -> list[str]:
    """A comment that names what these lines leave out."""
    names = [name for name in ("margin", "crop", "colour", "erase") if getattr(given, name)]
    missing = [name for name in names if name not in there]
    return [f"# left out, for it has none: {', '.join(missing)}"] if missing else []
