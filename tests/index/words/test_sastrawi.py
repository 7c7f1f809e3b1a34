"""Only the root list of Sastrawi is used, and only that of the package PySastrawi."""

from importlib.metadata import PackageNotFoundError

import pytest

from index.words import sastrawi


def test_the_list_holds_plain_roots_and_no_inflected_forms() -> None:
    listed = sastrawi.root_words()
    assert {"temu", "berita", "kunjung", "selalu", "topi"} <= listed
    assert listed.isdisjoint({"pertemuan", "mengunjungi", "kupu-kupu", "bali", ""})
    assert all(word.isascii() and word.isalpha() and word.islower() for word in listed)


def test_a_namesake_in_place_of_the_package_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(sastrawi, "version", missing)
    with pytest.raises(ImportError, match="pip install PySastrawi"):
        sastrawi.installed_version()
