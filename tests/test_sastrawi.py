"""The fast stemmer gives the stem that Sastrawi gives, whatever the word; real words are tried where there are some."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.sastrawi import plain_stemmer, stemmer

PLAIN = plain_stemmer()
WORDS = Path(__file__).parents[2] / "shared" / "data" / "stemming"
PREFIXES = ["", "di", "ke", "se", "ber", "bel", "ter", "te", "me", "mem", "mempe", "men", "meng", "menge", "meny", "pe"]
PREFIXES += ["pel", "pem", "pen", "peng", "penge", "peny", "per", "ku", "kau", "memper", "diper", "keber"]
ROOTS = [
    "ajar",
    "beri",
    "gerigi",
    "gelembung",
    "kinerja",
    "makan",
    "pukul",
    "rasa",
    "sapu",
    "tulis",
    "ubah",
    "lihat",
    "xyz",
]
SUFFIXES = [
    "",
    "i",
    "an",
    "kan",
    "is",
    "isme",
    "isasi",
    "nya",
    "ku",
    "mu",
    "lah",
    "kah",
    "tah",
    "pun",
    "kannya",
    "anlah",
]


@given(
    st.sampled_from(PREFIXES),
    st.sampled_from(ROOTS) | st.text("aeioubcdfgmnprst", max_size=8),
    st.sampled_from(SUFFIXES),
)
def test_built_words_have_the_stems_that_sastrawi_gives(prefix: str, root: str, suffix: str) -> None:
    word = prefix + root + suffix
    for asked in (word, f"{word}-{root}{suffix}"):
        assert stemmer().stem_word(asked) == PLAIN.stem_word(asked)


@pytest.mark.parametrize("name", ["ndetc", "unimorph"])
def test_real_words_have_the_stems_that_sastrawi_gives(name: str) -> None:
    if not WORDS.is_dir():
        pytest.skip("the shared words are not here")
    lines = (WORDS / f"{name}.tsv").read_text(encoding="utf-8").lower().splitlines()[::7]
    words = {line.split("\t")[0] for line in lines}
    words = {word for word in words if word.replace("-", "").isalpha() and word.isascii()}
    assert {word: stemmer().stem_word(word) for word in words} == {word: PLAIN.stem_word(word) for word in words}
