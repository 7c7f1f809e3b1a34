"""Article scores and order match the formula in `index.ranking`, computed for one article at a time in plain Python."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.article import Article
from index.embedded.columnar.adapter.lengths import quantized
from index.embedded.evaluating import paging
from index.engine import Engine
from index.opening import open_engine
from index.query.request import Copies, Query, Sort
from index.query.tree import Alternative, And, Expanded, ExpansionReason, Node, Not, Or, Phrase, Span, Wildcard, Word
from index.ranking import (
    COORDINATION,
    EXPRESSION,
    FUNCTION,
    K1,
    NEAR,
    NEAR_WORTH,
    PAIR,
    QUESTION,
    SURFACE,
    TITLE,
    B,
    Expression,
    WordPair,
    expressions,
    has_content_terms,
    weight,
)
from index.words.stemming import stem, stem_of
from index.words.tokenizer import is_all_caps, tokenize
from tests.contract.engine_contract import an_article, build, ids

HERE = Span(0, 1)
WORDS = ["beras", "berasnya", "harga", "pertemuan", "bertemu", "yang", "siapa", "KPK", "kpk", "anak-anak"]
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
asked = st.recursive(
    st.sampled_from([*WORDS, '"harga beras"', '"beras"', "ber*", "title:harga", "title:KPK", "hilang"]),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=4).map(lambda parts: f"({' OR '.join(parts)})"),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: f"({' '.join(parts)})"),
        st.tuples(inner, st.sampled_from(WORDS)).map(lambda two: f"({two[0]} -{two[1]})"),
    ),
    max_leaves=6,
)


@st.composite
def corpora(draw: st.DrawFn) -> list[Article]:
    texts, titles = draw(st.lists(sentences, min_size=1, max_size=12)), st.none() | sentences
    return [titled(f"{number:02}", text, draw(titles)) for number, text in enumerate(texts)]


def titled(id_: str, text: str, title: str | None) -> Article:
    article = an_article(id_, text)
    return article if title is None else replace(article, title=title, title_derived=False)


class Plain:
    """The scoring formula over a plain list of articles, as an oracle."""

    def __init__(self, articles: Sequence[Article]) -> None:
        self.articles = articles
        self.stretches = {a.id: [[] if a.title_derived else words(a.title), words(a.text)] for a in articles}
        self.texts = {id_: title + text for id_, (title, text) in self.stretches.items()}
        self.titles = {a.id: words(a.title) for a in articles}
        self.fields = {
            f"{part}{name}": {id_: Counter(term for word in said for term in word[name]) for id_, said in held.items()}
            for part, held in (("", self.texts), ("title_", self.titles))
            for name in ("exact", "stem", "capitals")
        }

    def scores(self, tree: Node) -> dict[str, float]:
        asking = has_content_terms(tree)
        found = {article.id: self.of(tree, article.id, asking=asking) for article in self.articles}
        return {id_: score + self.gained(tree, id_, asking=asking) for id_, (said, score) in found.items() if said}

    def of(self, node: Node, id_: str, *, asking: bool) -> tuple[bool, float]:
        """Whether an article matches, and its score."""
        match node:
            case And(parts):
                found = [self.of(part, id_, asking=asking) for part in parts]
                said = all(said for said, _ in found)
                return said, sum(score for _, score in found) if said else 0
            case Or(parts):
                return self.any_of(parts, id_, asking=asking)
            case Expanded(asked=part, also=also):
                found = [self.of(one, id_, asking=asking) for one in (part, *(other.leaf for other in also))]
                return any(said for said, _ in found), max(score for _, score in found)
            case Not(part):
                return not self.of(part, id_, asking=asking)[0], 0
            case Word():
                return self.word(node, id_, weight(node, asking=asking))
            case Phrase() | Wildcard():
                return self.bm25("exact", self.counts(node), id_, len(getattr(node, "forms", "1")))
        raise AssertionError(node)

    def counts(self, leaf: Phrase | Wildcard) -> dict[str, int]:
        """How often each article has a phrase, or words that match a wildcard."""
        if isinstance(leaf, Phrase):
            return {id_: following(said, leaf.forms) for id_, said in self.stretches.items()}
        begin = leaf.pattern.rstrip("*")
        held = self.fields["exact"].items()
        return {id_: sum(n for term, n in said.items() if term.startswith(begin)) for id_, said in held}

    def any_of(self, parts: Sequence[Node], id_: str, *, asking: bool) -> tuple[bool, float]:
        found = [(*self.of(part, id_, asking=asking), self.worth(part, asking=asking)) for part in parts]
        whole, held = sum(worth for *_, worth in found), sum(worth for said, _, worth in found if said)
        share = held / whole if whole else 1
        return any(said for said, *_ in found), sum(s for *_, s, _ in found) * (1 - COORDINATION * (1 - share))

    def word(self, word: Word, id_: str, factor: float) -> tuple[bool, float]:
        before = "title_" if word.field else ""
        said, score = self.bm25(before, self.having(word, before), id_, 1)
        if not word.capitals and word.form not in word.without:
            exact = {other: held[word.form] for other, held in self.fields[before + "exact"].items()}
            score += SURFACE * self.bm25(before, exact, id_, 1)[1]
        if said and not word.field:
            score += TITLE * self.bm25("title_", self.having(word, "title_"), id_, 1)[1]
        return said, score * factor if said else 0

    def having(self, word: Word, before: str) -> dict[str, int]:
        """How often each article has a word in a field, without the forms that are switched off."""
        root = stem(word.form)
        if word.without:
            held = self.fields[before + "exact"].items()
            return {
                id_: sum(n for form, n in said.items() if stem(form) == root and form not in word.without)
                for id_, said in held
            }
        kind, term = ("capitals", word.form) if word.capitals else ("stem", root)
        return {id_: said[term] for id_, said in self.fields[before + kind].items()}

    def bm25(self, field: str, counts: dict[str, int], id_: str, times: float) -> tuple[bool, float]:
        held = self.titles if field.startswith("title") else self.texts
        average = sum(map(len, held.values())) / len(held)
        (length,) = quantized([len(held[id_])]).tolist()  # type: ignore[arg-type]  # a list will do
        tf, df = counts[id_], sum(map(bool, counts.values()))
        norm = K1 * (1 - B + B * length / average)
        return tf > 0, times * self.idf(df) * (K1 + 1) * tf / (tf + norm)

    def idf(self, df: int) -> float:
        return log(1 + (len(self.articles) - df + 0.5) / (df + 0.5))

    def worth(self, node: Node, *, asking: bool) -> float:
        match node:
            case And(parts) | Or(parts):
                return sum(self.worth(part, asking=asking) for part in parts)
            case Not():
                return 0
            case Word():
                having = self.having(node, "title_" if node.field else "")
                return weight(node, asking=asking) * self.idf(sum(map(bool, having.values())))
            case Phrase() | Wildcard():
                return len(getattr(node, "forms", "1")) * self.idf(sum(map(bool, self.counts(node).values())))
        raise AssertionError(node)

    def gained(self, tree: Node, id_: str, *, asking: bool) -> float:
        return sum(self.gained_by(expression, id_, asking=asking) for expression in expressions(tree))

    def gained_by(self, expression: Expression, id_: str, *, asking: bool) -> float:
        worths = {pair: self.pair_worth(pair, whole=expression.whole, asking=asking) for pair in expression.pairs}
        held, titled = 0.0, 0.0
        for pair, worth in worths.items():
            forms = pair.left.form, pair.right.form
            gap = smallest_gap(self.stretches[id_], forms)
            if gap == 1 or any(self.of(other, id_, asking=asking)[0] for other in pair.instead):
                held += worth
            elif expression.whole and pair.near and gap and gap <= NEAR:
                held += NEAR_WORTH * worth
            if (smallest_gap([self.titles[id_]], forms) or NEAR + 1) <= NEAR:
                titled += worth
        if not expression.whole:
            return held
        return held**2 / sum(worths.values()) + TITLE * titled if any(worths.values()) else 0

    def pair_worth(self, pair: WordPair, *, whole: bool, asking: bool) -> float:
        weights = [weight(word, asking=asking) for word in (pair.left, pair.right)]
        if whole:
            exact = self.fields["exact"].values()
            both = sum(pair.left.form in said and pair.right.form in said for said in exact)
            return EXPRESSION * min(weights) * self.idf(both)
        worth = [self.worth(word, asking=asking) for word in (pair.left, pair.right)]
        return PAIR * sum(worth) if all(worth) else 0


def words(text: str) -> list[dict[str, list[str]]]:
    """The term of each word of a text in each field."""
    return [
        {
            "exact": [token.form],
            "stem": [stem_of(token.form, token.unit)],
            "capitals": [token.form] if is_all_caps(text[token.start : token.end]) else [],
        }
        for token in tokenize(text)
    ]


def following(stretches: Sequence[Sequence[dict[str, list[str]]]], forms: Sequence[str]) -> int:
    """How often forms are adjacent, in the title or in the text."""
    exact = [[word["exact"][0] for word in said] for said in stretches]
    return sum(said[at : at + len(forms)] == list(forms) for said in exact for at in range(len(said)))


def smallest_gap(stretches: Sequence[Sequence[dict[str, list[str]]]], forms: tuple[str, str]) -> int | None:
    """The smallest distance from one form to the other after it, in one stretch."""
    exact = [[word["exact"][0] for word in said] for said in stretches]
    pairs = ((left, right, said) for said in exact for left in range(len(said)) for right in range(left + 1, len(said)))
    return min((right - left for left, right, said in pairs if (said[left], said[right]) == forms), default=None)


def everything(engine: Engine, text: str, **wishes: Any) -> list[tuple[str, float]]:
    found = engine.find(Query(text, copies=Copies.SHOW, size=100, expand=False, **wishes))
    return [(match.article.id, match.score) for match in found.matches]


@settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(corpora(), st.lists(asked, min_size=8, max_size=12), st.sampled_from([(), ("berasnya",), ("bertemu", "harga")]))
def test_every_score_is_that_of_the_formula(articles: list[Article], texts: list[str], off: tuple[str, ...]) -> None:
    plain = Plain(articles)
    with TemporaryDirectory() as folder:
        engine = open_engine(Path(folder))
        for portion in (articles[::2], articles[1::2]):
            build(engine, *portion)
        for text in texts:
            tree = engine.find(Query(text, expand=False, off=off)).tree
            found, scores = everything(engine, text, off=off), plain.scores(tree)
            assert dict(found) == pytest.approx(scores, rel=1e-4, abs=1e-4), text
            assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
            assert dict(everything(engine, text, sort=Sort.NEWEST, off=off)) == pytest.approx(dict(found), rel=1e-5)


@settings(max_examples=12, suppress_health_check=list(HealthCheck))
@given(articles=corpora(), text=asked, size=st.integers(1, 3), at_once=st.sampled_from([0, paging.AT_ONCE]))
def test_the_order_is_the_same_on_pages_of_any_size_and_however_it_is_found(
    monkeypatch: pytest.MonkeyPatch, articles: list[Article], text: str, size: int, at_once: int
) -> None:
    with TemporaryDirectory() as folder:
        engine = open_engine(Path(folder))
        build(engine, *articles, stories={"00": "00", "01": "00", "02": "00"})
        one_by_one = everything(engine, text)
        folded = [m.article.id for m in engine.find(Query(text, size=100, expand=False)).matches]
        for name in ("HANDFUL", "SPARE"):
            monkeypatch.setattr(paging, name, 0)
        monkeypatch.setattr(paging, "AT_ONCE", at_once)
        pages = range(1, len(articles) + 2)
        shown = [Query(text, copies=Copies.SHOW, size=size, page=page, expand=False) for page in pages]
        assert [(m.article.id, m.score) for one in shown for m in engine.find(one).matches] == one_by_one
        leads = [replace(query, copies=Copies.FOLD) for query in shown]
        assert [m.article.id for one in leads for m in engine.find(one).matches] == folded


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_engine(tmp_path / "index")


def test_question_words_find_but_do_not_rank(engine: Engine) -> None:
    build(engine, an_article("a", "siapa siapa siapa siapa"), an_article("b", "presiden dan siapa dan lain lain"))
    assert ids(engine, "siapa OR presiden") == ["b", "a"]
    assert [score for _, score in everything(engine, "siapa OR presiden")][1] == QUESTION
    assert all(score for _, score in everything(engine, "siapa"))


def test_function_words_count_half(engine: Engine) -> None:
    build(engine, an_article("a", "dengan"), an_article("b", "beras"))
    (_, beras), (_, dengan) = everything(engine, "beras")[0], everything(engine, "dengan")[0]
    assert dengan == pytest.approx(FUNCTION * beras)


def test_the_form_that_was_typed_comes_before_other_inflections(engine: Engine) -> None:
    build(engine, an_article("a", "mereka bertemu"), an_article("b", "sebuah pertemuan"), an_article("c", "lain"))
    assert ids(engine, "bertemu") == ["a", "b"]
    assert ids(engine, "pertemuan") == ["b", "a"]


def test_a_word_without_one_of_its_forms_keeps_its_weight_in_titles(engine: Engine) -> None:
    build(
        engine,
        titled("a", "anak mendidik", "Berita lain"),
        titled("b", "anak lain", "Berita mendidik"),
        titled("c", "terdidik sekali kata banyak orang tua", "Lain"),
    )
    for off in ((), ("terdidik",)):
        (first, most), (second, less) = everything(engine, "didik", off=off)[:2]
        assert (first, second) == ("b", "a")
        assert most > less
    assert {id_ for id_, _ in everything(engine, "didik", off=("terdidik",))} == {"a", "b"}


def test_words_side_by_side_in_the_query_are_better_side_by_side_in_the_text(engine: Engine) -> None:
    build(engine, an_article("a", "negeri luar beras menteri"), an_article("b", "beras menteri luar negeri"))
    assert ids(engine, "menteri luar negeri") == ["b", "a"]


def test_more_of_the_words_of_an_or_is_better_than_one_of_them_often(engine: Engine) -> None:
    others = [an_article(f"z{number}", "lain sekali") for number in range(8)]
    build(engine, an_article("a", "beras beras beras beras"), an_article("b", "beras jagung kedelai ubi"), *others)
    assert ids(engine, "beras OR jagung OR kedelai")[0] == "b"


def test_a_name_and_its_short_form_are_one_thing_said_twice(engine: Engine) -> None:
    build(
        engine,
        an_article("a", "kpk komisi padi"),
        an_article("b", "kpk padi padi"),
        an_article("c", "komisi padi padi"),
    )
    word, other = Word("kpk", HERE), Word("komisi", HERE)
    both = Expanded(word, (Alternative(other, ExpansionReason.LONG_FORM, "komisi"),), HERE)
    evaluator = engine.snapshot()._evaluator  # type: ignore[attr-defined]
    found = {node: evaluator.evaluate(node) for node in (both, word, other)}
    scores = {
        node: dict(zip(one.documents.tolist(), one.scores().tolist(), strict=True)) for node, one in found.items()
    }
    assert scores[both] == {0: max(scores[word][0], scores[other][0]), 1: scores[word][1], 2: scores[other][2]}


def test_forms_that_are_switched_off_are_neither_found_nor_counted(engine: Engine) -> None:
    build(
        engine, an_article("a", "bertemu"), an_article("b", "pertemuan"), an_article("c", "bertemu pertemuan ditemui")
    )
    evaluator = engine.snapshot()._evaluator  # type: ignore[attr-defined]
    found = evaluator.evaluate(Word("bertemu", HERE, without=("pertemuan",)))
    assert found.documents.tolist() == [0, 2]
    assert evaluator.evaluate(Word("bertemu", HERE, without=("pertemuan", "bertemu"))).documents.tolist() == [2]
    assert (
        evaluator.evaluate(Word("bertemu", HERE, without=("bertemu", "pertemuan", "ditemui"))).documents.tolist() == []
    )
