"""Short forms in an archive: which meanings its own counts let be searched unasked."""

import pytest

from archive.meanings.sense_selection import ShortForm, ShortFormKind
from archive.meanings.short_forms import ShortForms
from index.expansion.short_form_finder import ShortFormFinder
from tests.contract.engine_contract import an_article
from tests.contract.memory_engine import MemoryVocabulary

SMALL, CAPITALS = "Lampu merah menyala.", "Rapat MERAH dibuka."


def form(written: str, long: str, articles: int) -> ShortForm:
    words = tuple(long.split())
    return ShortForm(
        written.lower(), written, words, articles, 1.0, ShortFormKind.LEARNED, applied=True, capitals=False
    )


def finder(known: ShortForm, *texts: str) -> ShortFormFinder:
    articles = [an_article(str(number), text) for number, text in enumerate(texts)]
    return ShortFormFinder(ShortForms([known]), MemoryVocabulary(articles))


def use(found: ShortFormFinder, short: str) -> list[tuple[bool, bool]]:
    """For each meaning, whether it is searched unasked, and whether only for capitals."""
    return [(meaning.applied, meaning.capitals) for meaning in found.meanings(short)]


@pytest.mark.parametrize(
    ("small", "capitals", "defined", "expected"),
    [
        (0, 9, 3, (True, False)),  # always in capitals
        (20, 5, 3, (True, True)),  # another word in small letters
        (20, 5, 9, (True, False)),  # defined so often that the small word is the same
        (20, 0, 3, (False, True)),  # never in capitals
        (0, 90, 3, (False, False)),  # too few definitions for so frequent a word
        (0, 90, 9, (True, False)),
    ],
)
def test_the_counts_of_the_archive_decide_how_a_short_form_is_used(
    small: int, capitals: int, defined: int, expected: tuple[bool, bool]
) -> None:
    known = form("MERAH", "mesin rakit harian", defined)
    assert use(finder(known, *[SMALL] * small, *[CAPITALS] * capitals), "merah") == [expected]


def test_a_short_form_in_small_letters_that_is_a_root_word_is_another_word() -> None:
    known = form("Wali", "waralaba dan lisensi", 2)
    assert use(finder(known, *["Para wali datang."] * 12), "wali") == [(False, True)]
    assert use(finder(form("Poltekkes", "politeknik kesehatan", 2), *["Poltekkes buka."] * 12), "poltekkes") == [
        (True, False)
    ]


def test_what_is_shipped_needs_no_definitions() -> None:
    known = form("Korut", "korea utara", 0)
    assert use(finder(known, *["Korut menguji rudal."] * 60), "korut") == [(True, False)]


def test_a_name_with_a_slip_is_no_meaning() -> None:
    known = form("PER", "price earning ration", 2)
    texts = ["Angka price earning ration (PER) naik."] * 2 + ["Angka ratio naik."] * 40
    assert use(finder(known, *texts), "per") == []
    often = ["Laba price earning ratio naik."] * 3
    assert use(finder(known, *texts[:2], *often), "per") == []
    assert len(use(finder(known, *texts[:2]), "per")) == 1


def test_names_and_short_forms_of_several_words_are_found_in_a_run_of_words() -> None:
    found = finder(form("Satpol PP", "satuan polisi pamong praja", 2), "Satpol PP, satuan polisi pamong praja")
    runs = (["petugas", "satpol", "pp"], ["satuan", "polisi", "pamong", "praja", "kota"])
    assert [[(start, end) for start, end, _ in found.names(run)] for run in runs] == [[(1, 3)], [(0, 4)]]
