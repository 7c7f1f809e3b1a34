"""The root model: readings are complete, weights are learned from counts alone, exceptions override them."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.words.roots import exceptions, weights
from index.words.roots.counting import Counts, count, count_pairs
from index.words.roots.exceptions import BadExceptions, settled
from index.words.roots.explaining import steps
from index.words.roots.fitting import fit
from index.words.roots.learn import main
from index.words.roots.model import model
from index.words.roots.readings import bases, readings
from index.words.roots.reduplication import reduplicated_root
from index.words.roots.weighing import RootModel
from index.words.sastrawi import root_words

LETTERS = st.text("abdegikmnprstuy", max_size=20)


@pytest.mark.parametrize(
    ("word", "root", "path"),
    [
        ("memukul", "pukul", "me-…"),
        ("menulis", "tulis", "me-…"),
        ("mengirimkan", "kirim", "me-…-kan"),
        ("menyapu", "sapu", "me-…"),
        ("mengecat", "cat", "me-…"),
        ("mengkaji", "kaji", "me*-…"),
        ("pengrajin", "rajin", "pe*-…"),
        ("petinju", "tinju", "pe*-…"),
        ("berenang", "renang", "ber-…"),
        ("bekerja", "kerja", "ber-…"),
        ("pembelajaran", "ajar", "pe-ber-…-an"),
        ("ketidakpastian", "pasti", "ke-tidak-…-an"),
        ("gerakan", "gerak", "…-an"),
        ("bebatuan", "batu", "ré-…-an"),
    ],
)
def test_the_right_reading_is_among_those_made(word: str, root: str, path: str) -> None:
    assert (root, path, "") in readings(word, root_words())


def test_clitics_are_read_apart_from_what_makes_words() -> None:
    assert ("berita", "pe-…-an", "-nya-lah") in readings("pemberitaannyalah", root_words())


@given(LETTERS)
def test_readings_are_those_bases_that_are_roots_and_letters_come_from_the_word(word: str) -> None:
    possible = set(bases(word))
    found = readings(word, possible)
    assert {reading.root for reading in found} <= possible
    assert all(reading.root[1:] in word for reading in found)


@given(LETTERS)
def test_every_step_is_shorter_than_the_one_before(word: str) -> None:
    looked_at = [step.word for step in steps(word, model())]
    assert [len(one) for one in looked_at] == sorted({len(one) for one in looked_at}, reverse=True)
    assert looked_at[-1] == model().root(word)


NEWS = ["Ia menfitur berita. Fitur itu, kata dia, difitur dan memfitur berita di Bandari, kota Bandari."] * 30
NEWS += ["Surat itu ditulis, lalu ia menulis, dan nasi dimakan, lalu ia memakan nasi."] * 10
NEWS += ["Mereka bertanggung jawab, dan mempertanggungjawabkan berita, lalu pemberitaan diberitakan."] * 10


def test_names_are_told_by_capitals_inside_sentences() -> None:
    counts = count(lambda: NEWS)
    assert (counts.capitals["bandari"], counts.small["bandari"], counts.seen["fitur"]) == (60, 0, 30)
    assert counts.names("bandari")
    assert not counts.names("fitur")
    assert not Counts().names("")


def test_only_wanted_pairs_of_neighbours_are_counted() -> None:
    assert dict(count_pairs(lambda: NEWS, {"tanggung": {"jawab"}, "dan": {"lalu"}})) == {}
    assert dict(count_pairs(lambda: NEWS, {"bertanggung": {"jawab"}})) == {("bertanggung", "jawab"): 10}


def test_roots_that_the_list_lacks_are_learned_and_names_stay_whole() -> None:
    fitted = fit(lambda: NEWS)
    roots = RootModel(fitted, {word: word for word in fitted.whole})
    assert "fitur" in fitted.learned
    assert roots.root("difitur") == roots.root("memfitur") == "fitur"
    assert roots.root("pemberitaan") == roots.root("diberitakan") == "berita"
    assert roots.root("bandari") == "bandari"


def test_the_command_writes_the_same_weights_from_the_same_articles(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text("\n".join(NEWS), encoding="utf-8")
    for name in ("one", "other"):
        main(["--data", str(tmp_path / "news.txt"), "--to", str(tmp_path / name)])
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()
    assert weights.load(tmp_path / "one") == fit(lambda: ["\n".join(NEWS)])


def test_the_shipped_weights_are_small_and_hold_no_texts() -> None:
    shipped = weights.load()
    assert weights.FILE.stat().st_size < 400_000
    assert all(word.isalpha() for held in (shipped.entries, shipped.learned, shipped.whole) for word in held)


def test_weights_that_are_none_are_refused(tmp_path: Path) -> None:
    (tmp_path / "weights.gz").write_bytes(b"")
    with pytest.raises(ValueError, match="unpack"):
        weights.load(tmp_path / "weights.gz")


@pytest.mark.parametrize(
    "halves", ["anak anak", "anak anaknya", "meniru nirukan", "sayur mayur", "tali temali", "g guru"]
)
def test_a_word_said_twice_is_known_by_its_halves(halves: str) -> None:
    first, second = halves.split()
    assert reduplicated_root(first, second, model()) in {"anak", "tiru", "sayur", "tali", "guru"}


@pytest.mark.parametrize("halves", ["suka duka", "korea jepang", "jong un", "as korea"])
def test_two_words_joined_by_a_hyphen_are_two(halves: str) -> None:
    first, second = halves.split()
    assert reduplicated_root(first, second, model()) is None


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef")))
def test_no_root_of_settled_words_has_another_root(given: dict[str, str]) -> None:
    found = settled(given)
    assert set(given) <= set(found)
    assert all(found[root] == root for root in found.values())


def test_every_shipped_exception_is_needed_and_has_a_reason() -> None:
    plain = RootModel(weights.load(), {word: word for word in weights.load().whole})
    for line in exceptions.SHIPPED.read_text(encoding="utf-8").splitlines()[1:]:
        word, root, reason = line.split("\t")
        assert reason
        assert model().root(word) == root
        assert plain.root(word) != root, f"{word} needs no exception"


@pytest.mark.parametrize(
    "line", ["satu", "satu\t", "\tdua", "satu dua\ttiga", "s4tu\tdua", "a-b\tc", "satu\tdua\nsatu\ttiga"]
)
def test_a_file_of_exceptions_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "exceptions.tsv"
    path.write_text(f"# note\n\n{line}\n", encoding="utf-8")
    with pytest.raises(BadExceptions, match=r"exceptions\.tsv, line [34]"):
        exceptions.read(path)


def test_a_file_of_exceptions_that_is_no_text_or_not_there_is_refused(tmp_path: Path) -> None:
    (tmp_path / "junk").write_bytes(b"\xff\xfe\x00")
    for name in ("junk", "nothing"):
        with pytest.raises(BadExceptions, match="cannot be read"):
            exceptions.read(tmp_path / name)
