"""Lines of Python code, broken at their brackets and commas where they are too long."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

WIDTH = 88
"""Characters of a line at most: the default of Black and Ruff."""


def fitted(lines: Iterable[str], width: int = WIDTH) -> Iterator[str]:
    """The lines, the too long ones broken at their longest bracket and its commas, as often as it takes.

    Args:
        lines: Of Python code, whose strings hold no brackets.
        width: Characters of a line at most, where its brackets allow it.
    """
    for line in lines:
        if len(line) <= width or not (groups := _groups(line)):
            yield line
            continue
        begin, end = max(groups, key=lambda group: group[1] - group[0])
        if begin + 1 > width:  # what stands before it is too long already
            begin, end = groups[0]
        indent = " " * (len(line) - len(line.lstrip()) + 4)
        inside = line[begin + 1 : end]
        yield line[: begin + 1]
        if len(indent + inside) <= width:
            yield indent + inside
        else:
            parts = _parts(inside)
            comma = "," if len(parts) > 1 else ""
            yield from fitted((f"{indent}{part}{comma}" for part in parts), width)
        yield from fitted([indent[4:] + line[end:]], width)


def _groups(line: str) -> list[tuple[int, int]]:
    """Where the outermost brackets open and close; one opened on a line before counts for nothing."""
    found, open_ = [], []
    for place, character in enumerate(line):
        if character in "([{":
            open_.append(place)
        elif character in ")]}" and open_:
            begin = open_.pop()
            if not open_:
                found.append((begin, place))
    return found


def _parts(inside: str) -> list[str]:
    """What stands between the commas outside of all brackets."""
    groups = _groups(inside)
    commas = [
        place
        for place, character in enumerate(inside)
        if character == "," and not any(begin < place < end for begin, end in groups)
    ]
    return [
        inside[begin:end].strip()
        for begin, end in zip([0, *(place + 1 for place in commas)], [*commas, len(inside)], strict=True)
    ]
