"""What is measured about first-layer kernels, in sentences."""

from __future__ import annotations

from alexnet.kernels import colour
from alexnet.ui.language import t


def presence(measured: colour.Report) -> str:
    """The answer to: are there grey and coloured kernels at all?"""
    found, chance = measured.presence, measured.untrained
    case = {(True, True): "both", (True, False): "grey", (False, True): "coloured", (False, False): "neither"}
    grey = t(
        "kernels.some_grey" if found.grey else "kernels.none_grey",
        count=found.grey,
        limit=chance.low,
        lowest=found.lowest,
    )
    coloured = t(
        "kernels.some_coloured" if found.coloured else "kernels.none_coloured",
        count=found.coloured,
        limit=chance.high,
        highest=found.highest,
    )
    return t(
        f"kernels.presence_{case[found.has_grey, found.has_coloured]}",
        kernels=found.kernels,
        grey=grey,
        coloured=coloured,
        chance=found.chance,
    )


def division(measured: colour.Report) -> str:
    """The answer to: do the towers divide them?"""
    found = measured.division
    if found is None:
        return t("kernels.division_single")
    first, second = measured.towers
    return t(
        f"kernels.division_{found.verdict}",
        median1=first.median,
        median2=second.median,
        grey1=first.grey,
        grey2=second.grey,
        coloured1=first.coloured,
        coloured2=second.coloured,
        tower=found.colourful_tower + 1,
        agreement=found.agreement,
        shuffles=found.shuffles,
        p=found.p,
    )


def weighted(measured: colour.Report) -> str | None:
    """Whether strong kernels, too, make the same tower the more colourful one; None of a single tower."""
    found = measured.division
    if found is None:
        return None
    first, second = (tower.weighted for tower in measured.towers)
    same = (second > first) == bool(found.colourful_tower)
    return t(
        "kernels.weighted_same" if same else "kernels.weighted_other",
        weighted1=first,
        weighted2=second,
        tower=2 if second > first else 1,
    )


def beside(measured: colour.Report, own: colour.Report) -> str | None:
    """What differs from the app's own network, and from untrained kernels; None of a single tower."""
    here, there = measured.division, own.division
    if here is None or there is None:
        return None
    said = t(
        "kernels.beside",
        agreement=here.agreement,
        own=there.agreement,
        first=measured.towers[0].median,
        second=measured.towers[1].median,
        own_first=own.towers[0].median,
        own_second=own.towers[1].median,
        untrained=colour.UNTRAINED,
    )
    divided = here.verdict == "divided", there.verdict == "divided"
    both = all(one.presence.has_grey and one.presence.has_coloured for one in (measured, own))
    if divided == (True, False) and both:
        return f"{said} {t('kernels.beside_shared_out')}"
    return f"{said} {t('kernels.beside_alike')}" if divided[0] == divided[1] else said
