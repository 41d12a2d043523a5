"""The sample photographs that ship with the app, each with its credit.

Made by ``experiments/build_samples.py``; ``assets/samples/LICENCES.md`` says the same in more words.
"""

from __future__ import annotations

from dataclasses import dataclass

from alexnet.data.uploads import Picture, decode
from alexnet.errors import ChoiceError, DataError
from alexnet.home import ASSETS
from alexnet.language import Language, text

FOLDER = ASSETS / "samples"


@dataclass(frozen=True)
class Credit:
    """Whose photograph it is, under what terms, and the page that says so."""

    author: str
    licence: str
    source: str


@dataclass(frozen=True)
class Sample:
    """A photograph: ``class_id`` is its true class; None: no network of the app knows it."""

    id: str
    class_id: str | None
    credit: Credit

    @property
    def file(self) -> str:
        """Its file in ``assets/samples``."""
        return f"{self.id}.webp"


_COMMONS = "https://commons.wikimedia.org/wiki/File:"
_CC0, _PUBLIC_DOMAIN = "CC0 1.0", "public domain"

SAMPLES: tuple[Sample, ...] = (
    Sample(
        "cat_face",
        "cat",
        Credit("Stéfan van der Walt", _CC0, "https://scikit-image.org/docs/stable/api/skimage.data.html"),
    ),
    Sample("kitten", "cat", Credit("Loliloli", _PUBLIC_DOMAIN, _COMMONS + "Spielendes_K%C3%A4tzchen.JPG")),
    Sample(
        "shepherd_dog",
        "dog",
        Credit("Hans Kemperman", _PUBLIC_DOMAIN, _COMMONS + "German-shepherd-4040871920._(2).jpg"),
    ),
    Sample("horses", "horse", Credit("Seth Zeigler", _CC0, _COMMONS + "Nokota_Horse_Stud_Band.jpg")),
    Sample("kingfisher", "bird", Credit("Frank-2.0", _CC0, _COMMONS + "Eisvogel_kingfisher.jpg")),
    Sample("duck", "bird", Credit("Bernard Spragg", _CC0, _COMMONS + "Aylesbury_Duck._(9373723157).jpg")),
    Sample("moose", "deer", Credit("Ryan Hagerty", _PUBLIC_DOMAIN, _COMMONS + "Male_Moose.jpg")),
    Sample("cow", None, Credit("Dohduhdah", _PUBLIC_DOMAIN, _COMMONS + "Cow-IMG_2050.JPG")),
    Sample(
        "coffee",
        None,
        Credit("Rachel Michetti", _CC0, "https://scikit-image.org/docs/stable/api/skimage.data.html"),
    ),
)
"""In the order in which they are offered."""


def sample_name(id: str, language: Language) -> str:
    """What the photograph shows, in a few words.

    Raises:
        LanguageError: The catalogue ``samples`` has no such id.
    """
    return text(f"samples.{id}", language)


def sample(id: str) -> Picture:
    """A sample, decoded as an upload would be.

    Raises:
        ChoiceError: sample_unknown.
        DataError: sample_missing, the file is not where it ships.
    """
    for candidate in SAMPLES:
        if candidate.id == id:
            path = FOLDER / candidate.file
            if not path.is_file():
                raise DataError("sample_missing", name=candidate.file)
            return decode(path.read_bytes(), candidate.file)
    raise ChoiceError("sample_unknown", id=id, known=", ".join(candidate.id for candidate in SAMPLES))
