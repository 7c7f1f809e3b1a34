"""The keeper's own synonyms: what a file of them may say, and what a query then finds."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.meanings.short_forms import ShortForms
from archive.meanings.synonyms import BadSynonyms, synonyms, use_synonyms
from index.answers.expansion_report import expansions
from index.expansion.query_expansion import ExpansionContext, expand
from index.query.language import parse
from index.query.request import Query
from tests.contract.engine_contract import an_article
from tests.contract.memory_engine import MemoryVocabulary, says
from web import create_app
from web.setting_values import BadSetting

ARTICLES = [
    an_article("a", "Angkot mogok."),
    an_article("b", "Angkutan kota mogok."),
    an_article("c", "Kota tanpa angkutan."),
    an_article("d", "Mikroletnya mogok."),
    an_article("e", "Mikrolet MKL lewat, mkl tidak"),
]


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "synonyms.tsv"
    use_synonyms(None)


def also(text: str, **wishes: object) -> list[tuple[str, bool]]:
    query = Query(text, **wishes)  # type: ignore[arg-type]  # wishes are Query's own fields
    tree = expand(query, parse(text), ExpansionContext(ShortForms([]), MemoryVocabulary(ARTICLES)))
    return [(one.also, one.off) for one in expansions(tree, text) if one.because == "synonym"]


def found(text: str) -> set[str]:
    tree = expand(Query(text), parse(text), ExpansionContext(ShortForms([]), MemoryVocabulary(ARTICLES)))
    return {article.id for article in ARTICLES if says(article, tree)}


def test_any_expression_of_a_group_finds_the_others(file: Path) -> None:
    file.write_text("# kendaraan\n\nangkot\tangkutan kota\tmikrolet\tMKL\n", "utf-8")
    use_synonyms(file)
    assert found("angkot") == found("mikrolet") == {"a", "b", "d", "e"}
    assert found("angkutan kota mogok") == found("mogok angkutan kota") == {"a", "b", "d"}
    assert also("sopir Angkot") == [("angkutan kota", False), ("mikrolet", False), ("MKL", False)]
    assert found('"angkot"') == found("=angkot") == {"a"}


def test_a_synonym_can_be_switched_off(file: Path) -> None:
    file.write_text("angkot\tmikrolet\n", "utf-8")
    use_synonyms(file)
    assert also("angkot", off=("mikrolet",)) == [("mikrolet", True)]
    assert also("angkot", expand=False) == []


def test_another_file_is_another_version(file: Path) -> None:
    versions = {synonyms().version}
    for text in ("a\tb\n", "a\tc\n"):
        file.write_text(text, "utf-8")
        use_synonyms(file)
        versions.add(synonyms().version)
    assert len(versions) == 3


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("angkot\n", "line 1: it must be two or more expressions"),
        ("a\tb\n\nangkot angkutan kota\n", "line 3: it must be two or more expressions"),
        ("a\t!!\n", "line 1: !! must be one to 10 words"),
        ("a\tA\n", "line 1: A is there twice"),
        ("a\t" + "b " * 11, "line 1: b b"),
    ],
)
def test_a_bad_line_is_named_with_its_number(file: Path, text: str, problem: str) -> None:
    file.write_text(text, "utf-8")
    with pytest.raises(BadSynonyms, match=problem):
        use_synonyms(file)
    with pytest.raises(BadSetting, match=f"KLIPING_SYNONYMS .*{problem}"):
        create_app({"KLIPING_SYNONYMS": file})


def test_a_file_that_is_named_must_be_there(file: Path) -> None:
    with pytest.raises(BadSetting, match="cannot be read"):
        create_app({"KLIPING_SYNONYMS": file})
