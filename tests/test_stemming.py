"""Words to roots: which inflected forms are one word, and what becomes of the table of them."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index import sastrawi, stemming
from index.analysis import Token, tokens
from index.stemming import Stems, could_have, stem, stem_of


def roots(text: str) -> list[str]:
    return [stem_of(token.form, token.unit) for token in tokens(text)]


@pytest.mark.parametrize(
    ("words", "root"),
    [
        ("kunjungan berkunjung", "kunjung"),
        ("pertemuan bertemu Pertemuan", "temu"),
        ("perundingan berunding", "runding"),
        ("rumahnya rumahku rumahmu rumahpun", "rumah"),
        ("pergilah pergikah", "pergi"),
        ("anak-anak anak-anaknya", "anak"),
        ("meniru-nirukan", "tiru"),
        ("KTP-nya KTP-lah KTP", "ktp"),
        ("1990-an", "1990"),
    ],
)
def test_inflected_forms_have_one_root(words: str, root: str) -> None:
    assert set(roots(words)) == {root}


def test_each_part_of_a_name_keeps_its_own_stem() -> None:
    assert roots("Jong-un AS-Korea antar-pejabat") == ["jong", "un", "as", "korea", "antar", "jabat"]


def test_a_clitic_after_a_name_belongs_to_its_last_part() -> None:
    assert roots("Jong-un-nya") == ["jong", "un", "un"]


@pytest.mark.parametrize("word", ["12.000", "1,5", "covid19", "平壌", "pe" * 31])
def test_numbers_mixed_foreign_and_endless_words_stay_as_they_are(word: str) -> None:
    assert stem(word) == word


def test_a_doubled_word_of_a_query_has_the_stem_of_its_parts_in_a_text() -> None:
    for word in ("anak-anak", "KTP-nya", "meniru-nirukan", "1990-an"):
        assert set(roots(word)) == {stem(tokens(word)[0].unit)}


def test_a_table_saved_and_loaded_is_the_same_file(tmp_path: Path) -> None:
    table = filled("pertemuan anak-anak Jong-un")
    table.save(tmp_path / "stems.tsv")
    again = Stems.load(tmp_path / "stems.tsv")
    assert len(again) == len(table) == 5
    again.save(tmp_path / "again.tsv")
    assert (tmp_path / "again.tsv").read_bytes() == (tmp_path / "stems.tsv").read_bytes()


def test_a_loaded_table_does_not_stem_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled("pertemuan anak-anak").save(tmp_path / "stems.tsv")
    table = Stems.load(tmp_path / "stems.tsv")
    monkeypatch.setattr(stemming, "stemmer", lambda: pytest.fail("a word of the table was stemmed again"))
    assert [table.stem(token) for token in tokens("Pertemuan anak-anak")] == ["temu", "anak", "anak"]


def test_a_table_that_is_missing_damaged_or_of_another_version_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "stems.tsv"
    filled("pertemuan kunjungan").save(path)
    whole = path.read_bytes()
    damaged = [whole[:-10], whole.replace(b"\t", b" "), b"", b"\xff" + whole, whole.replace(b"pysastrawi", b"other")]
    for content in damaged:
        path.write_bytes(content)
        assert len(Stems.load(path)) == 0
    assert len(Stems.load(tmp_path / "none.tsv")) == 0


def test_a_limited_table_never_outgrows_its_limit() -> None:
    table = Stems(limit=3)
    for word in ("satu", "dua", "tiga", "empat", "lima"):
        assert table.stem_of(word, word) == word
        assert len(table) <= 3


def test_threads_may_share_a_table() -> None:
    table = Stems(limit=2)
    words = ["pertemuan", "kunjungan", "perundingan", "anak-anak"] * 50
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda word: table.stem_of(word, word), words))
    assert found == {"temu", "kunjung", "runding", "anak"}


def test_the_slow_namesake_of_the_stemmer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Slow:
        words: tuple[str, ...] = ()

    class Namesake:
        dictionary = Slow()

    class Factory:
        def create_stemmer(self) -> "Factory":
            return self

        delegatedStemmer = Namesake()  # noqa: N815  # Sastrawi's own spelling

    monkeypatch.setattr(sastrawi, "StemmerFactory", Factory)
    with pytest.raises(ImportError, match="pip install --force-reinstall PySastrawi"):
        sastrawi.plain_stemmer()


ROOTS = ["pukul", "tulis", "sapu", "kirim", "ajar", "nyanyi", "getar", "guruh", "kerja", "rumah", "anggap", "cat"]
PREFIXES = ["", "me", "mem", "men", "meng", "meny", "ber", "bel", "ter", "pe", "pem", "pen", "di", "ke", "memper"]
SUFFIXES = ["", "kan", "an", "i", "nya", "lah", "annya"]
AFFIXED = [prefix + root + suffix for root in ROOTS for prefix in PREFIXES for suffix in SUFFIXES]
CHANGED = ["memukul", "menulis", "menyapu", "mengirim", "belajar", "penyanyi", "gemetar", "gemuruh", "kinerja"]


@pytest.mark.parametrize("words", [AFFIXED, CHANGED, ["meniru-nirukan", "anak-anaknya", "berlari-larian", "ktp-nya"]])
def test_a_word_keeps_all_letters_of_its_stem_but_the_first(words: list[str]) -> None:
    table = Stems()
    for unit in words:
        assert could_have(unit, table.stem_of(unit, unit)), unit


def filled(text: str) -> Stems:
    table = Stems()
    for token in tokens(text):
        assert table.stem(Token(*token))
    return table
