"""What is promised of copies: the same stories whatever the order, the past runs, and the strangers beside them."""

import gzip
import json
import random
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.candidates import candidate_pairs
from archive.duplicates import Fingerprints, Stories
from archive.fingerprint_table import StaleFingerprintsError
from archive.fingerprints import SHINGLE_WORDS, fingerprint, shared_shingles
from archive.relations import Overlap, Relation, relation

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"
KNOWN_DIGEST = 17568448183993861897
KNOWN_SIGNATURE = [3557027682, 3381252183, 3266726174]

Archive = Mapping[str, str]


def words_of(seed: object, count: int) -> list[str]:
    chosen = random.Random(str(seed))
    return [f"kata{chosen.randrange(10**6)}" for _ in range(count)]


def with_other_words(words: list[str], *places: int) -> str:
    return " ".join(f"lain{place}" if place in places else word for place, word in enumerate(words))


def versions(theme: int) -> list[str]:
    """Texts of one theme: two copies, one edited a little, and two edited step by step until the last is far off."""
    words = words_of(theme, 120)
    edits: list[tuple[int, ...]] = [(), (), (0,), (20, 60), (20, 60, 100, 110)]
    return [with_other_words(words, *edit) for edit in edits]


TEXTS = [text for theme in range(3) for text in versions(theme)] + ["", "...", "Foto: Antara", "foto antara", "Tamat."]
archives = st.dictionaries(st.text("abcé/", min_size=1, max_size=3), st.sampled_from(TEXTS), max_size=14)


def no_text(article_id: str) -> list[str]:
    raise AssertionError(f"the text of {article_id} should not be needed")


def body(archive: Archive, article_id: str) -> list[str]:
    return [archive[article_id]]


def from_nothing(archive: Archive) -> Fingerprints:
    fingerprints = Fingerprints()
    for article_id, text in archive.items():
        fingerprints.add(article_id, fingerprint([text]))
    return fingerprints


def stories(archive: Archive) -> Stories:
    return from_nothing(archive).group(no_text)


def shingle_set(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[place : place + SHINGLE_WORDS]) for place in range(len(words) - SHINGLE_WORDS + 1)}


def jaccard(left: str, right: str) -> float:
    one, other = shingle_set(left), shingle_set(right)
    return len(one & other) / len(one | other)


@given(st.lists(st.sampled_from("abc"), min_size=5, max_size=60), st.lists(st.sampled_from("abc"), min_size=5))
def test_what_two_texts_share_is_exact(left: list[str], right: list[str]) -> None:
    one, other = fingerprint([" ".join(left)]).shingles, fingerprint([" ".join(right)]).shingles
    expected = [shingle_set(" ".join(words)) for words in (left, right)]
    assert (len(one), len(other)) == (len(expected[0]), len(expected[1]))
    assert shared_shingles(one, other) == len(expected[0] & expected[1])


@given(st.text(max_size=200))
def test_any_text_can_be_fingerprinted_the_same_each_time(text: str) -> None:
    once, again = fingerprint([text]), fingerprint(text.split("\n"))
    assert once.digest == again.digest
    assert (once.signature == again.signature).all()
    assert (np.diff(once.shingles.astype(object)) > 0).all()


def test_a_fingerprint_is_the_same_on_every_machine() -> None:
    known = fingerprint(["Presiden tiba di Padang, Sumatera Barat, Kamis pagi."])
    assert known.digest == KNOWN_DIGEST
    assert known.signature[:3].tolist() == KNOWN_SIGNATURE


def test_case_punctuation_white_space_and_paragraphs_do_not_matter() -> None:
    one = fingerprint(["JAKARTA (ANTARA) - Harga emas naik lagi", "hari ini."])
    assert fingerprint(["Jakarta, Antara — harga\u00a0emas naik: lagi hari ini! 😀"]).digest == one.digest


def test_the_order_of_words_matters() -> None:
    assert fingerprint(["anjing gigit orang"]).digest != fingerprint(["orang gigit anjing"]).digest


@pytest.mark.parametrize("size", [1, 4, 5])
def test_short_texts_are_copies_only_when_they_say_the_same(size: int) -> None:
    words = words_of("short", size)
    found = stories({"b": " ".join(words), "a": " ".join(words).upper(), "c": " ".join([*words[1:], "lain"])})
    assert found.of == {"a": "a", "b": "a"}


def test_texts_without_words_are_nobodys_copies() -> None:
    assert stories({"a": "", "b": "", "c": "--", "d": "\n"}).of == {}


@pytest.mark.parametrize(
    ("overlap", "expected"),
    [
        (Overlap(100, 100, 100), Relation.IDENTICAL),
        (Overlap(80, 80, 100), Relation.EDITED),
        (Overlap(79, 79, 100), Relation.NONE),
        (Overlap(8, 9, 9), Relation.EDITED),
        (Overlap(799_999, 800_000, 999_999), Relation.NONE),
        (Overlap(0, 3, 4), Relation.NONE),
    ],
)
def test_copies_share_four_fifths_of_what_either_says(overlap: Overlap, expected: Relation) -> None:
    assert relation(overlap) is expected


@pytest.mark.parametrize(("extra", "expected"), [(24, {"a": "a", "b": "a"}), (25, {})])
def test_an_article_is_a_copy_up_to_the_threshold_and_not_beyond(extra: int, expected: Archive) -> None:
    words = words_of("edge", 100 + extra)  # 96 shingles against 96 + extra: 96 / 120 is 0.8
    assert stories({"b": " ".join(words[:100]), "a": " ".join(words)}).of == expected


@settings(deadline=None)
@given(archives, st.randoms())
def test_stories_do_not_depend_on_the_order_of_files(archive: Archive, chance: random.Random) -> None:
    shuffled = list(archive.items())
    chance.shuffle(shuffled)
    assert stories(dict(shuffled)) == stories(archive)


@settings(deadline=None)
@given(archives, st.integers(1, 20))
def test_stories_stay_when_unrelated_articles_come(archive: Archive, count: int) -> None:
    strangers = {f"a{number}": " ".join(words_of(f"stranger {number}", 80)) for number in range(count)}
    assert stories({**strangers, **archive}).of == stories(archive).of


@settings(deadline=None)
@given(archives, archives)
def test_stories_are_those_of_comparing_every_pair(archive: Archive, other: Archive) -> None:
    archive = {**archive, **other}
    long = {article_id: text for article_id, text in archive.items() if len(text.split()) >= SHINGLE_WORDS}
    expected = {article_id: {article_id} for article_id in long}
    for left, right in combinations(long, 2):
        if jaccard(long[left], long[right]) >= 0.8:
            together = expected[left] | expected[right]
            expected.update(dict.fromkeys(together, together))
    assert stories(long).of == {name: min(story) for name, story in expected.items() if len(story) > 1}


@settings(deadline=None)
@given(st.lists(archives, min_size=2, max_size=4))
def test_changing_an_archive_gives_the_stories_of_building_it_from_nothing(
    tmp_path_factory: pytest.TempPathFactory, stages: list[Archive]
) -> None:
    path = tmp_path_factory.mktemp("runs") / "fingerprints.npz"
    before: Archive = {}
    fingerprints = Fingerprints()
    for archive in stages:
        for article_id, text in archive.items():
            if before.get(article_id) == text:
                fingerprints.keep(article_id)
            else:
                fingerprints.add(article_id, fingerprint([text]))
        assert fingerprints.group(partial(body, archive)) == stories(archive)
        fingerprints.save(path)
        fingerprints, before = Fingerprints.load(path), archive


def test_a_second_run_without_changes_needs_no_text(tmp_path: Path) -> None:
    archive = {str(number): text for number, text in enumerate(TEXTS)}
    first = from_nothing(archive)
    found = first.group(no_text)
    first.save(tmp_path / "fingerprints.npz")
    second = Fingerprints.load(tmp_path / "fingerprints.npz")
    for article_id in archive:
        second.keep(article_id)
    assert second.group(no_text) == found
    second.save(tmp_path / "again.npz")
    again, saved = (np.load(tmp_path / name) for name in ("again.npz", "fingerprints.npz"))
    with again, saved:
        assert all((again[name] == saved[name]).all() for name in saved.files)


def test_a_kept_article_must_be_held_and_an_article_comes_once() -> None:
    fingerprints = from_nothing({"a": "satu"})
    with pytest.raises(KeyError):
        fingerprints.keep("b")
    with pytest.raises(ValueError, match="'a' is fingerprinted twice"):
        fingerprints.add("a", fingerprint(["dua"]))


def test_a_kept_article_whose_text_is_another_is_noticed(tmp_path: Path) -> None:
    first, second, *_ = (with_other_words(words_of("kept", 120), *edit) for edit in ((), (20,)))
    from_nothing({"a": first}).save(tmp_path / "fingerprints.npz")
    fingerprints = Fingerprints.load(tmp_path / "fingerprints.npz")
    fingerprints.keep("a")
    fingerprints.add("b", fingerprint([second]))
    with pytest.raises(StaleFingerprintsError, match="run flask reindex --full"):
        fingerprints.group(lambda _: ["yang lain"])


def test_ten_thousand_identical_articles_are_one_story_without_comparing_any() -> None:
    text = fingerprint([" ".join(words_of("wire", 280))])
    fingerprints = Fingerprints()
    for number in range(10_000):
        fingerprints.add(f"{number:05}", text)
    found = fingerprints.group(no_text)
    assert set(found.of.values()) == {"00000"}
    assert len(found.of) == 10_000
    assert (found.stages.texts, found.stages.candidates, found.stages.stories) == (1, 0, 1)


def test_a_template_of_thousands_costs_in_proportion_to_its_size() -> None:
    words = words_of("template", 200)
    found = stories({f"{number:04}": " ".join([*words, *words_of(number, 8)]) for number in range(2000)})
    assert set(found.of.values()) == {"0000"}
    assert found.stages.candidates < 2000 * 100
    assert found.stages.joined == 1999


def test_candidates_are_few_where_all_differ() -> None:
    signatures = np.array([fingerprint([" ".join(words_of(number, 50))]).signature for number in range(300)])
    left, right = candidate_pairs(signatures, np.arange(300))
    assert len(left) == len(right) == 0


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    fingerprints = from_nothing({"satu": TEXTS[0], "dua": TEXTS[2], "tiga": "Tamat."})
    fingerprints.group(no_text)
    fingerprints.save(tmp_path / "fingerprints.npz")
    return tmp_path / "fingerprints.npz"


def test_a_damaged_file_is_an_error_with_its_remedy(saved: Path) -> None:
    whole = saved.read_bytes()
    payload = whole.index(b"NUMPY")
    damaged = [b"", b"not a file of ours", whole[: len(whole) // 2], whole[:-1]]
    damaged += [whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :] for place in (payload, payload + 130)]
    for content in damaged:
        saved.write_bytes(content)
        with pytest.raises(StaleFingerprintsError, match="run flask reindex --full"):
            Fingerprints.load(saved)


def test_no_changed_byte_is_taken_for_good_silently(saved: Path) -> None:
    whole = saved.read_bytes()
    original = Fingerprints.load(saved)
    for place in range(0, len(whole), 53):
        saved.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        try:
            read = Fingerprints.load(saved)
        except StaleFingerprintsError:
            continue
        for article_id in ("satu", "dua", "tiga"):  # what was changed was of no account, such as a time stamp
            read.keep(article_id)
            original.keep(article_id)
        assert read.group(no_text) == original.group(no_text)


def test_fingerprints_made_by_other_rules_are_refused(saved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.fingerprint_table.probe", lambda: b"other rules")
    with pytest.raises(StaleFingerprintsError, match="of another version"):
        Fingerprints.load(saved)


def real_articles(count: int) -> Iterator[tuple[str, list[str]]]:
    path = SHARED_DATA / "news.jsonl.gz"
    if not path.exists():
        pytest.skip("the shared news articles are not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for _, line in zip(range(count), lines, strict=False):
            article = json.loads(line)
            yield article["id"], article["text"].split("\n")


def test_no_real_copy_is_missed() -> None:
    articles = dict(real_articles(4000))
    edited = {f"{name}/salinan": [*body[:-1], body[-1] + " Laporan lengkap."] for name, body in articles.items()}
    prints = {name: fingerprint(body) for name, body in (articles | edited).items()}
    fingerprints = Fingerprints()
    for name, made in prints.items():
        fingerprints.add(name, made)
    found = fingerprints.group(no_text).of
    copies = missed = 0
    for name in articles:
        one, other = prints[name].shingles, prints[f"{name}/salinan"].shingles
        if relation(Overlap(shared_shingles(one, other), len(one), len(other))) is not Relation.NONE:
            copies += 1
            missed += found.get(name) is None or found[name] != found.get(f"{name}/salinan")
    assert copies > 3500
    assert missed <= 0.005 * copies
