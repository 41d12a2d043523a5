"""The sample photographs ship, can be read, are credited and named."""

import pytest

from alexnet.data.classes import CIFAR10
from alexnet.data.samples import FOLDER, SAMPLES, Sample, sample, sample_name
from alexnet.errors import ChoiceError, DataError
from alexnet.language import LANGUAGES, explain, keys

LICENCES = (FOLDER / "LICENCES.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("entry", SAMPLES, ids=lambda entry: entry.id)
def test_a_sample_is_a_photograph_of_at_least_300_pixels(entry: Sample) -> None:
    picture = sample(entry.id)
    assert min(picture.pixels.shape[:2]) >= 300
    assert len(set(map(tuple, picture.pixels[::7, ::7].reshape(-1, 3)))) > 1000
    assert picture.notes == ()


@pytest.mark.parametrize("entry", SAMPLES, ids=lambda entry: entry.id)
def test_a_sample_is_small_enough_to_ship(entry: Sample) -> None:
    assert (FOLDER / entry.file).stat().st_size < 150_000


@pytest.mark.parametrize("entry", SAMPLES, ids=lambda entry: entry.id)
def test_licences_say_whose_photograph_it_is_and_under_what_terms(entry: Sample) -> None:
    (row,) = [line for line in LICENCES.splitlines() if line.startswith(f"| `{entry.file}` |")]
    assert entry.credit.author in row
    assert entry.credit.licence in row
    assert entry.credit.source in row or "scikit-image" in entry.credit.source
    assert entry.credit.licence in {"CC0 1.0", "public domain"}


def test_every_file_in_the_folder_has_its_entry() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {entry.file for entry in SAMPLES} | {"LICENCES.md"}


def test_classes_are_cifar_10s_or_none_and_both_occur() -> None:
    classes = {entry.class_id for entry in SAMPLES}
    assert classes <= {*(one.id for one in CIFAR10), None}
    assert {"cat", "dog", None} <= classes


def test_every_sample_has_a_name_in_both_languages() -> None:
    for language in LANGUAGES:
        assert keys("samples", language) == {f"samples.{entry.id}" for entry in SAMPLES}
        assert all(sample_name(entry.id, language) for entry in SAMPLES)


def test_an_unknown_sample_is_refused_with_those_that_exist() -> None:
    with pytest.raises(ChoiceError) as caught:
        sample("unicorn")
    for language in LANGUAGES:
        assert "unicorn" in explain(caught.value, language)
        assert "kitten" in explain(caught.value, language)


def test_a_missing_file_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr("alexnet.data.samples.FOLDER", tmp_path)
    with pytest.raises(DataError) as caught:
        sample("kitten")
    for language in LANGUAGES:
        assert "kitten.webp" in explain(caught.value, language)
