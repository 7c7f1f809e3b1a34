"""The stemmer: which inflected forms have one root, how stems are cached, and user exceptions."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

from index.storage import identity
from index.words import stemming
from index.words.families import relations
from index.words.stemming import StemCache, Stemmer, may_have_stem, stem, stem_of
from index.words.tokenizer import tokenize


def roots(text: str) -> list[str]:
    return [stem_of(token.form, token.unit) for token in tokenize(text)]


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
        ("a-apa apa", "apa"),
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
        assert set(roots(word)) == {stem(tokenize(word)[0].unit)}


def test_a_limited_table_never_outgrows_its_limit() -> None:
    table = StemCache(limit=3)
    for word in ("satu", "dua", "tiga", "empat", "lima"):
        assert table.stem_of(word, word) == word
        assert len(table) <= 3


def test_threads_may_share_a_table() -> None:
    table = StemCache(limit=2)
    words = ["pertemuan", "kunjungan", "perundingan", "anak-anak"] * 50
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(lambda word: table.stem_of(word, word), words))
    assert found == {"temu", "kunjung", "runding", "anak"}


@pytest.mark.parametrize(
    "family",
    [
        "berita pemberitaan memberitakannya",
        "kunjungan mengunjungi berkunjung pengunjung",
        "bertemu pertemuan ditemui",
        "memasuki masuk pemasukan",
        "gerakan gerak pergerakan",
        "kerusakan rusak perusakan",
        "perbankan bank",
        "berikan beri memberi",
        "ditandatangani menandatangani penandatanganan",
        "mempertanggungjawabkan bertanggungjawab pertanggungjawaban",
        "undang2 undang-undang undang undang2nya",
        "memperhatikan perhatian",
        "peralatan alat alat-alat",
        "Balinya Bali",
        "gerak-gerik gerak bergerak",
    ],
)
def test_the_forms_of_a_family_meet(family: str) -> None:
    assert len(set(roots(family))) == 1


@pytest.mark.parametrize(
    "pair",
    [
        "bali bal",
        "bekasi bekas",
        "kediri diri",
        "maluku malu",
        "milan mil",
        "taliban talib",
        "anya a",
        "mekah me",
        "suka-duka suka",
        "kawasan pengawasan",
    ],
)
def test_words_and_names_that_only_look_related_stay_apart(pair: str) -> None:
    one, other = pair.split()
    assert stem(one) != stem(other)


UNITS = (
    st.text() | st.text("abegikmnptu-2", max_size=12) | st.from_regex(r"(me|pe|ber|di|ke)?[a-z]{2,9}(kan|an|i|nya)?")
)


@given(UNITS)
def test_whatever_is_stemmed_has_a_stem_which_is_its_own(unit: str) -> None:
    assert stem(stem(unit)) == stem(unit)
    assert bool(stem(unit)) == bool(unit)


@given(UNITS)
def test_a_unit_is_never_passed_over_for_a_stem_it_has(unit: str) -> None:
    assert may_have_stem(unit, stem(unit))


def test_a_unit_keeps_all_letters_of_its_stem_but_the_first_with_every_affix() -> None:
    table = StemCache()
    for prefix, root, suffix in product(PREFIXES, ROOTS, SUFFIXES):
        unit = prefix + root + suffix
        for written in (unit, f"{unit}-{root}{suffix}"):
            assert may_have_stem(written, table.stem_of(written, written)), written


ROOTS = ["pukul", "tulis", "sapu", "kirim", "ajar", "nyanyi", "getar", "guruh", "kerja", "rumah", "anggap", "cat"]
PREFIXES = ["", "me", "mem", "men", "meng", "meny", "ber", "bel", "ter", "pe", "pem", "pen", "di", "ke", "memper"]
SUFFIXES = ["", "kan", "an", "i", "nya", "lah", "annya"]


@pytest.fixture
def overruled(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "exceptions.tsv"
    path.write_text("# ours\njkt\tjakarta\tshort for it\nrambutan\trambutan\n", encoding="utf-8")
    stemming.use_exceptions(path)
    yield path
    stemming.use_exceptions(None)


def test_exceptions_of_the_reader_overrule_the_model_until_they_are_gone(overruled: Path) -> None:
    assert roots("Jkt jakarta Jkt-nya rambutannya") == ["jakarta"] * 4 + ["rambutan"]
    assert may_have_stem("jkt", "jakarta")
    stemming.use_exceptions(None)
    assert stem("jkt") == "jkt"


def test_an_index_made_with_other_exceptions_is_of_another_version(overruled: Path) -> None:
    ours = stemming.version(), identity.version()
    stemming.use_exceptions(None)
    assert all(one != other for one, other in zip(ours, (stemming.version(), identity.version()), strict=True))


def test_other_processes_follow_the_exceptions_of_the_reader(overruled: Path) -> None:
    words = [f"{letters}a" for letters in map("".join, product("bcdfghjklmnpqrstvwxyz", repeat=4))][:40_000]
    table = StemCache()
    table.learn([(word, word) for word in (*words, "jkt", "rambutannya")])
    assert (table.stem_of("jkt", "jkt"), table.stem_of("rambutannya", "rambutannya")) == ("jakarta", "rambutan")


@pytest.fixture
def by_sastrawi() -> Iterator[None]:
    stemming.use_stemmer(Stemmer.SASTRAWI)
    yield
    stemming.use_stemmer(Stemmer.ROOTS)


@pytest.mark.usefixtures("by_sastrawi")
@pytest.mark.parametrize("text", ["mengunjungi kunjungan Bali Bekasi", "anak-anaknya meniru-nirukan", "U-23 menurut"])
def test_every_word_gets_the_stem_of_pysastrawi(text: str) -> None:
    plain = StemmerFactory().create_stemmer()
    for token in tokenize(text):
        parts = token.unit.split("-")
        expected = plain.stem(token.unit) if all(map(str.isalpha, parts)) else token.form
        assert stem_of(token.form, token.unit) == expected


@pytest.mark.usefixtures("by_sastrawi")
def test_sastrawi_has_no_far_relatives_and_is_told_in_the_version() -> None:
    assert stem("pemerintah") == stem("perintah") == "perintah"
    assert relations.far_forms("perintah", ["pemerintah"]) == ()
    mine = stemming.version()
    stemming.use_stemmer(Stemmer.ROOTS)
    assert mine != stemming.version()


@pytest.mark.usefixtures("by_sastrawi")
@given(st.text("abdegikmnprstuy", min_size=1, max_size=14))
def test_no_unit_is_passed_over_for_the_stem_that_sastrawi_gives_it(unit: str) -> None:
    assert may_have_stem(unit, stem(unit))
