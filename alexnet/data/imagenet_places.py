"""Where each of ImageNet's 1,000 classes stands in a short hierarchy: mammal, dog, terrier.

ImageNet's classes are leaves of WordNet, whose hierarchy is many steps deep; this one is ours, short, and in
words that a classroom knows. Their order makes it short to write down: kinds of animals and of food lie side
by side (0 to 397, 924 to 998), things in the order of the alphabet between.
"""

from __future__ import annotations

from functools import cache

PREFIX = "imagenet_"
"""Ids of these classes begin so; the number of the output unit follows."""

_PLACES: tuple[tuple[str, str], ...] = (
    ("fish", "0-6 389-397"),
    ("bird", "7-24 80-100 127-146"),
    ("amphibian", "25-32"),
    ("reptile turtle", "33-37"),
    ("reptile lizard", "38-48"),
    ("reptile crocodile", "49-50"),
    ("reptile", "51"),
    ("reptile snake", "52-68"),
    ("animal arachnid", "70-78"),
    ("animal", "69 79 107-111 327-329"),
    ("animal mollusc", "112-117"),
    ("animal crustacean", "118-126"),
    ("mammal elephant", "101 385-386"),
    ("mammal", "102-103 276 298-299 363-364 387-388"),
    ("mammal marsupial", "104-106"),
    ("mammal marine_mammal", "147-150"),
    ("mammal dog toy_dog", "151-158"),
    ("mammal dog hound", "159-178"),
    ("mammal dog terrier", "179-204"),
    ("mammal dog gun_dog", "205-221"),
    ("mammal dog working_dog", "222-250"),
    ("mammal dog", "251-268"),
    ("mammal wild_dog", "269-275"),
    ("mammal fox", "277-280"),
    ("mammal cat", "281-285"),
    ("mammal wild_cat", "286-293"),
    ("mammal bear", "294-297"),
    ("insect beetle", "300-307"),
    ("insect", "308-320"),
    ("insect butterfly", "321-326"),
    ("mammal rabbit", "330-332"),
    ("mammal rodent", "333-338"),
    ("mammal horse", "339-340"),
    ("mammal hoofed", "341-355"),
    ("mammal weasel", "356-362"),
    ("mammal primate ape", "365-369"),
    ("mammal primate monkey", "370-382"),
    ("mammal primate", "383-384"),
    (
        "thing vehicle",
        "403-405 407-408 417 436 444 450 466 468 472 484 510-511 537 547 554-555 561 565 569 573 575-576 "
        "586 603 609 612 625 627-628 654 656 661 665 670-671 675 690 705 717 734 751 757 779-780 802-803 "
        "812 814 817 820 829 833 847 864 866-867 870-871 874 880 895 914",
    ),
    (
        "thing instrument",
        "401-402 420 432 486 513 541 546 558 566 577 579 593-594 641-642 683-684 687 699 776 822 875 881 889",
    ),
    (
        "thing clothing",
        "399-400 411 433 445 451-452 457 459 474 496 501-502 514-515 568 578 601 608 610 614 617 630 "
        "638-639 652 655 658 689 697 735 770 774-775 793 796 806 808 824 834 841-842 869 887 906",
    ),
    ("thing furniture", "423 431 453 493 495 516 520 526 532 559 564 703 765 831 857 894"),
    (
        "thing building",
        "415 424-425 437 449 454 467 483 497-498 500 509 580 582 624 634 663 668 698 727 743 762 788 832 "
        "860 865 900 915",
    ),
    ("thing ball", "429-430 522 574 722 768 805 852 890"),
    ("food dish", "924-935 959-965"),
    ("food vegetable", "936-947"),
    ("food fruit", "948-957"),
    ("food drink", "966-967 969"),
    ("landscape", "970 972-980"),
    ("person", "981-983"),
    ("plant flower", "984-986"),
    ("plant", "958 987-990 998"),
    ("fungus", "991-997"),
)
"""From the widest word to the narrowest, and the classes that stand there. What is missing is a thing."""


def place(id: str) -> tuple[str, ...]:
    """Where a class stands: ids of ``places``, the widest first; empty for a class of another data set."""
    number = id.removeprefix(PREFIX)
    if number == id or not number.isdecimal():
        return ()
    return _table().get(int(number), ("thing",))


@cache
def _table() -> dict[int, tuple[str, ...]]:
    table: dict[int, tuple[str, ...]] = {}
    for path, ranges in _PLACES:
        for one in ranges.split():
            first, _, last = one.partition("-")
            for number in range(int(first), int(last or first) + 1):
                if number in table:
                    raise ValueError(number)
                table[number] = tuple(path.split())
    return table
