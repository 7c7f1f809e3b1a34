"""Pathological texts are processed in moments, and no text is lost.

Each of them once took minutes: a regex was tried at every position of a long run of the same character.
"""

import pytest

from archive.article import Article
from archive.intake import article_from_record
from archive.record import Record

MANY = 100_000

NEWS = "Warga kota membersihkan tepi sungai, kata Deni, Senin (3/5)."


def article(text: str, **fields: str) -> Article:
    made = article_from_record(Record("a", "a.txt", text, **fields))
    assert isinstance(made, Article)
    return made


@pytest.mark.parametrize(
    "text",
    [
        f"{NEWS} {',' * MANY}ADVERTISEMENT",
        f"{NEWS} {', ' * MANY}Loading... Simak",
        f"Kata dia, Rabu (30/5) {' ' * MANY} Demikian",
        f"Jakarta ({' ' * MANY}) - {NEWS}",
        f"Laporan wartawan Tribun.com, {'A' * MANY} {NEWS}",
        f"{NEWS}\n{'Loading... ' * 19}x",
    ],
    ids=["commas", "commas and blanks", "blanks behind a day", "an empty credit", "a name of letters", "loading"],
)
def test_a_long_run_of_signs_is_read_through(text: str) -> None:
    made = article(text)
    assert "".join(made.text[p.start : p.end] for p in made.passages).replace(" ", "") == "".join(text.split())


@pytest.mark.parametrize("name", [" " * MANY + "x", "a." * MANY, "Ani," + "\t" * MANY + "Budi"])
def test_a_reporter_of_blanks_and_dots_is_read_through(name: str) -> None:
    assert set(article(NEWS, reporter=name, editor=name).reporters) <= {"X", "Ani", "Budi"}
