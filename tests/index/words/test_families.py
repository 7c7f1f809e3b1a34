"""Near and far relatives of a word: what the shipped table and list say, what a user overrules, how far is learned."""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from index.words import stemming
from index.words.families import relations, reviewed, table
from index.words.families.corpus import gather
from index.words.families.deciding import decide
from index.words.families.lexemes import Lexemes
from index.words.families.relations import far_forms
from index.words.roots.exceptions import BadExceptions
from index.words.roots.model import model
from index.words.stemming import stem


@pytest.mark.parametrize(
    "pair",
    [
        *("temu pertemuan", "kunjung mengunjungi", "tangkap penangkapan", "bangun pembangunan", "didik pendidikan"),
        *("tani pertanian", "pemerintah pemerintahan", "perintah memerintahkan", "kembang perkembangan"),
    ],
)
def test_forms_that_mean_the_same_are_near(pair: str) -> None:
    one, other = pair.split()
    assert far_forms(one, [other]) == far_forms(other, [one]) == ()


@pytest.mark.parametrize(
    "pair",
    [
        *("perintah pemerintah", "alam pengalaman", "uang beruang", "duduk penduduk", "harga penghargaan"),
        *("sakit penyakit", "uang keuangan", "usaha perusahaan", "pakai pakaian", "pertemuan penemuan"),
    ],
)
def test_forms_with_a_life_of_their_own_are_far(pair: str) -> None:
    one, other = pair.split()
    assert far_forms(one, [other]) == (other,)
    assert far_forms(other, [one]) == (one,)


@pytest.mark.parametrize("pair", ["harga berpenghargaan", "perintah kepemerintahannya", "sakit berpenyakit"])
def test_a_form_that_nobody_judged_is_as_far_as_the_one_it_is_built_on(pair: str) -> None:
    one, other = pair.split()
    assert far_forms(one, [other]) == (other,)
    assert far_forms(other, [one]) == (one,)


def test_voices_and_clitics_never_part_a_word() -> None:
    lexemes = Lexemes(model())
    for same in ("menemukan ditemukan temukan menemukannya", "memengaruhi mempengaruhi dipengaruhi", "beras berasnya"):
        assert len({lexemes.name(form) for form in same.split()}) == 1
    assert lexemes.name("menurut") != lexemes.name("turut")


def test_a_family_that_nobody_judged_is_near() -> None:
    assert far_forms("xyzzy", ["xyzzyan", "menxyzzykan"]) == ()


def test_every_reviewed_line_is_of_one_root_and_every_root_has_one_line() -> None:
    roots = [{stem(form) for sense in line for form in sense if form != "*"} for line in reviewed.shipped()]
    assert [found for found in roots if len(found) != 1] == []
    assert len(roots) == len(set().union(*roots))


@pytest.fixture
def overrule(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "exceptions.tsv"
    yield path
    stemming.use_exceptions(None)
    relations.use_exceptions(None)


def test_a_user_overrules_the_families_without_a_new_index(overrule: Path) -> None:
    before = relations.version(), stemming.version()
    overrule.write_text("~ alam *\n~ beras | berasnya\n~ tani | petani tani\n", encoding="utf-8")
    stemming.use_exceptions(overrule)
    relations.use_exceptions(overrule)
    assert far_forms("alam", ["pengalaman"]) == ()
    assert far_forms("tani", ["petani"]) == ()
    assert (relations.version() != before[0], stemming.version() == before[1]) == (True, True)


@pytest.mark.parametrize("line", ["~ alam beras", "~", "~ alam | | pengalaman", "~ *", "~ al4m"])
def test_a_line_on_families_that_makes_no_sense_is_told_with_its_number(overrule: Path, line: str) -> None:
    overrule.write_text(f"# ours\n{line}\n", encoding="utf-8")
    stemming.use_exceptions(overrule)
    with pytest.raises(BadExceptions, match=r"exceptions\.tsv, line 2: "):
        relations.use_exceptions(overrule)


def test_far_relatives_are_learned_from_the_company_they_keep(tmp_path: Path) -> None:
    pairs = decide(gather(articles()))
    assert set(pairs.by_root) == {"alam"}
    assert pairs.by_root["alam"] == {("-", "pe-…-an")}
    for path in (tmp_path / "one", tmp_path / "other"):
        table.save(pairs, path)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    assert table.load(tmp_path / "one") == pairs


def articles() -> Iterator[str]:
    """Texts in which alam and pengalaman keep other company, temu and pertemuan the same; alami is too rare to tell."""
    random = Random(1)
    letters = "bcdfghjklm", "npqrstvwxyzbcdfg"
    common, *topics = ([f"{kind}{a}{b}q" for a in letters[0] for b in letters[1]] for kind in "kmnp")
    for number in range(300):
        topic, asked = topics[number % 3], (("pengalaman",), ("alam",), ("temu", "pertemuan"))[number % 3]
        told = (random.choice(some) for _ in range(12) for some in (topic[:40], asked, topic[:40]))
        yield " ".join([*told, *common])
    yield "pengalamanku alami"
