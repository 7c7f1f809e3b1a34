"""Collation reports what a version kept, changed, cut and added, and the word diff between versions."""

from hypothesis import given
from hypothesis import strategies as st

from archive.copies.collation import AddedParagraph, ParagraphStatus, SplitPart, collate, side_by_side
from archive.copies.word_diff import MOST_WORDS, Change, diff_words

BASE = (
    "Utusan khusus Amerika Serikat akan mengunjungi Seoul pekan depan.",
    "Kunjungan itu untuk mendorong dimulainya kembali perundingan nuklir.",
    "Kementerian luar negeri menolak berkomentar mengenai rencana itu.",
    "Perundingan terhenti sejak pertemuan puncak di Hanoi tahun lalu.",
)
LOCAL = "Warga Indonesia di Seoul diminta tetap tenang oleh kedutaan."


def fates(version: tuple[str, ...]) -> list[ParagraphStatus]:
    return [cell.status for cell in collate(BASE, version).cells]


def test_a_version_that_says_the_same_has_only_the_same_paragraphs() -> None:
    assert fates(BASE) == [ParagraphStatus.SAME] * 4
    louder = tuple(f"  “{text.upper()}” " for text in BASE)
    assert fates(louder) == [ParagraphStatus.SAME] * 4


def test_cut_changed_and_added_paragraphs_are_told_apart() -> None:
    changed = BASE[1].replace("kembali", "lagi")
    found = collate(BASE, (BASE[0], changed, LOCAL, BASE[3]))
    assert [cell.status for cell in found.cells] == [
        ParagraphStatus.SAME,
        ParagraphStatus.CHANGED,
        ParagraphStatus.CUT,
        ParagraphStatus.SAME,
    ]
    assert found.added == (AddedParagraph(at=2, after=1),)
    assert found.numbers(ParagraphStatus.CUT) == (3,)


def test_a_paragraph_that_moved_is_the_same() -> None:
    assert fates((BASE[3], *BASE[:3])) == [ParagraphStatus.SAME] * 4


def test_paragraphs_merged_into_one_are_the_same_and_shown_as_one() -> None:
    merged = (f"{BASE[0]} {BASE[1]}", *BASE[2:])
    assert fates(merged) == [ParagraphStatus.SAME] * 4
    assert [pair.numbers for pair in side_by_side(BASE, merged)[0]] == [(1, 2), (3,), (4,)]
    longer = (f"{BASE[0]} {BASE[1]} Demikian kata juru bicara.", *BASE[2:])
    assert fates(longer)[:2] == [ParagraphStatus.CHANGED] * 2


def test_parts_of_a_paragraph_that_was_split_are_not_called_added() -> None:
    first, second = (
        "Utusan khusus Amerika Serikat akan mengunjungi Seoul",
        "pekan depan setelah singgah di Tokyo Jepang.",
    )
    assert collate((f"{first} {second}",), (first, second)).added == ()


def test_a_paragraph_before_the_first_is_added_before_it() -> None:
    found = collate(BASE, (LOCAL, *BASE))
    assert found.added == (AddedParagraph(at=0, after=-1),)
    assert side_by_side(BASE, (LOCAL, *BASE))[0][0].numbers == ()


def test_words_are_marked_as_removed_and_inserted() -> None:
    found = diff_words("Utusan khusus Amerika Serikat ke Seoul", "Utusan khusus AS ke Seoul")
    assert [(one.change, one.text) for one in found] == [
        (Change.KEPT, "Utusan khusus"),
        (Change.REMOVED, "Amerika Serikat"),
        (Change.INSERTED, "AS"),
        (Change.KEPT, "ke Seoul"),
    ]


_SAID = ["beras", "jagung", "naik", "turun", "harga", "pasar", "warga", "kota", "–", '"', "ya,"]
WORDS = st.lists(st.sampled_from(_SAID), max_size=12)
TEXTS = st.lists(WORDS.map(" ".join), max_size=6)


@given(TEXTS, TEXTS)
def test_every_paragraph_has_a_fate_and_no_word_is_lost(base: list[str], version: list[str]) -> None:
    found = collate(base, version)
    assert len(found.cells) == len(base)
    told = [pair.numbers for pair in side_by_side(base, version)[0]]
    assert sorted(number for numbers in told for number in numbers) == list(range(1, len(base) + 1))
    assert len([numbers for numbers in told if not numbers]) == len(found.added)


@given(WORDS, WORDS)
def test_differences_give_both_texts_back_but_for_punctuation(before: list[str], after: list[str]) -> None:
    found = diff_words(" ".join(before), " ".join(after))
    later = " ".join(one.text for one in found if one.change is not Change.REMOVED)
    assert later.split() == " ".join(after).split()


@given(TEXTS)
def test_a_text_beside_itself_is_all_the_same(base: list[str]) -> None:
    found = collate(base, base)
    assert {cell.status for cell in found.cells} <= {ParagraphStatus.SAME}
    assert found.added == ()


def test_a_paragraph_that_was_split_in_two_is_the_same_and_none_of_its_words_are_shown_as_removed() -> None:
    whole = (
        "Utusan khusus Amerika Serikat akan mengunjungi Seoul. Ia singgah di Tokyo Jepang sebelum pulang ke kotanya."
    )
    first, second = whole[: whole.index(" Ia")], whole[whole.index("Ia") :]
    found = collate((whole, BASE[3]), (first, second, BASE[3]))
    assert [cell.status for cell in found.cells] == [ParagraphStatus.SAME] * 2
    assert found.parts == (SplitPart(at=0 if found.cells[0].at else 1, of=0),)
    pairs, _ = side_by_side((whole, BASE[3]), (first, second, BASE[3]))
    assert {stretch.change for pair in pairs for stretch in pair.stretches} == {Change.KEPT}


def test_long_texts_are_compared_by_sentences_and_then_by_words() -> None:
    said = [f"Warga kota nomor {number} menanam padi." for number in range(MOST_WORDS)]
    later = [*said[:300], "Warga kota lain menanam padi.", *said[301:]]
    changed = [one for one in diff_words(" ".join(said), " ".join(later)) if one.change is not Change.KEPT]
    assert [(one.change, one.text) for one in changed] == [
        (Change.REMOVED, "nomor 300"),
        (Change.INSERTED, "lain"),
    ]


def test_a_text_of_nothing_but_repetitions_is_compared_all_the_same() -> None:
    found = diff_words("ya tidak " * 20_000, "tidak ya ya " * 13_000)
    later = " ".join(one.text for one in found if one.change is not Change.REMOVED)
    assert later.split() == ("tidak ya ya " * 13_000).split()


def test_texts_of_very_many_paragraphs_are_collated() -> None:
    base = [f"Warga kota {number} membersihkan tepi sungai bersama pemerintah setempat" for number in range(3_000)]
    version = [f"{text} kemarin" for text in base[1:]]
    found = collate(base, version)
    assert (found.numbers(ParagraphStatus.CUT), len(found.numbers(ParagraphStatus.CHANGED))) == ((1,), 2_999)
