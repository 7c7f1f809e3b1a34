"""Patterns are looked for only where their signs are, which misses nothing: the answers are those without the signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.dating import fact_checks, years

EVERYWHERE = ("",)  # as a sign

AROUND_YEARS = (
    "UU|RUU|PP|Perppu|Perda|Perpres|Keppres|Inpres|Permendag|No. |nomor|Pasal|undang-undang|Peraturan|Keputusan"
    "|instruksi|ketetapan|Surat Edaran|tahun|Tahun|thn.|bulan|pada|Pada|di|dalam|sejak|SEMENJAK|awal|akhir|pertengahan"
    "|silam|lahir|2016|1998|2019-|2014/|/|-|–|. |\n| | | "
)
AROUND_CHECKS = (
    "[SALAH]|(hoaks)|[Hoax|Penipuan]|(disinformasi]|[misinformasi]|klarifikasi)|(|[|turn back|hoax|MAFINDO|cek|Periksa"
    "|fakta|fakta atau hoaks|hoaks atau fakta|Disadur dari|artikel|situs|laman|. | | | "
)
around_years = st.lists(st.sampled_from(AROUND_YEARS.split("|")), max_size=12).map("".join)
around_checks = st.lists(st.sampled_from(AROUND_CHECKS.split("|")), max_size=8).map("".join)


@given(around_years)
def test_no_year_of_a_law_or_of_the_past_is_missed(body: str) -> None:
    found = years.past_years((body,), 3000), years.likely_years((body,))
    with pytest.MonkeyPatch.context() as patch:
        for signs in ("LAW_WORDS", "PAST_ENDINGS", "SINCE_ENDINGS"):
            patch.setattr(years, signs, EVERYWHERE)
        assert (years.past_years((body,), 3000), years.likely_years((body,))) == found


@given(around_checks, around_checks)
def test_no_fact_check_is_missed(title: str, body: str) -> None:
    found = fact_checks.is_fact_check(title, (body,))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(fact_checks, "_SIGNS", EVERYWHERE)
        assert fact_checks.is_fact_check(title, (body,)) == found
