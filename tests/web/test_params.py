"""URL arguments: queries round-trip through URLs, and invalid arguments are rejected by name."""

from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qsl, urlencode

import pytest
from flask import url_for
from hypothesis import assume, given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from index.answers.expansion_report import WordForm, with_form_switched
from index.facets import FILTERS, KNOWN_VALUES
from index.query.date_ranges import days as range_of_days
from index.query.request import MAX_PAGE_SIZE, Choices, Copies, Lead, Query, Sort
from tests.web import sample_archive
from web.parameter_errors import BadParameter, ReversedDays, UnknownParameter
from web.params import (
    NAMES,
    NOT,
    PART,
    WITHIN,
    UrlBuilder,
    form_url_builder,
    read,
    require_known,
    url,
    without_tracking,
    write,
)
from web.paths import SCRIPT_ROOTS

APP = sample_archive.app()

years = st.integers(1000, 2999).map(str)
months = st.builds("{}-{:02}".format, years, st.integers(1, 12))
days = st.one_of(years, months, st.dates().map(str))
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)


def values(name: str) -> st.SearchStrategy[str]:
    if name in KNOWN_VALUES:
        return st.sampled_from(KNOWN_VALUES[name])
    return {"year": years, "month": months, "day": st.dates().map(lambda day: str(day)[5:])}.get(name, words)


def some_of(name: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values(name), min_size=1, max_size=3, unique=True).map(tuple)


choices: st.SearchStrategy[Choices] = st.fixed_dictionaries(
    {}, optional={name: some_of(name) for name in sorted(FILTERS)}
).map(MappingProxyType)
queries = st.builds(
    Query,
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60),
    chosen=choices,
    excluded=choices,
    since=st.none() | days,
    until=st.none() | days,
    sort=st.sampled_from(Sort),
    copies=st.sampled_from(Copies),
    lead=st.sampled_from(Lead),
    page=st.integers(1, 999_999_999),
    size=st.integers(1, MAX_PAGE_SIZE),
    expand=st.booleans(),
    off=st.lists(words, max_size=3, unique=True).map(tuple),
    on=st.lists(words, max_size=3, unique=True).map(tuple),
)


def goes_forward(query: Query) -> bool:
    first, last = range_of_days(query.since, query.until)
    return not (first and last) or first <= last


def from_address(address: str) -> Query:
    return read(MultiDict(parse_qsl(address, keep_blank_values=True)))


@given(queries.filter(goes_forward))
def test_a_query_written_into_an_address_is_read_back_unchanged(query: Query) -> None:
    assert from_address(urlencode(write(query))) == query


@given(queries, st.sampled_from(sorted(FILTERS)), words)
def test_addresses_made_for_many_values_are_those_made_for_each(query: Query, name: str, value: str) -> None:
    assume(value not in (*query.chosen.get(name, ()), *query.excluded.get(name, ())))
    with APP.test_request_context("/"):
        urls = UrlBuilder("pages.search", query)
        choosing, excluding = urls.adding(name), urls.adding(NOT + name)
        assert choosing(value) == url("pages.search", query.narrowed(name, value))
        assert excluding(value) == url("pages.search", query.without(name, value))
        assert urls.with_text(value) == url("pages.search", query.with_text(value))


@given(queries, words, st.booleans(), st.booleans())
def test_the_address_of_a_query_with_a_form_switched_is_that_of_the_switched_query(
    query: Query, form: str, off: bool, far: bool
) -> None:
    one = WordForm(form.casefold(), 1, off, far)
    with APP.test_request_context("/"):
        assert form_url_builder("pages.search", query)(one) == url("pages.search", with_form_switched(query, one))


def test_what_is_at_its_default_is_not_written() -> None:
    assert write(Query()) == []
    assert write(Query(text="Korut")) == [("q", "Korut")]


def test_every_argument_is_read() -> None:
    query = from_address(
        "q=Korut&expand=off&off=ditemui&off=Korea+Utara&on=penemuan"
        "&outlet=A&outlet=B&not.place=C&from=2018&to=2019-05&sort=oldest&copies=show&lead=longest&page=2&size=50"
    )
    assert query == Query(
        text="Korut",
        chosen={"outlet": ("A", "B")},
        excluded={"place": ("C",)},
        since="2018",
        until="2019-05",
        sort=Sort.OLDEST,
        copies=Copies.SHOW,
        lead=Lead.LONGEST,
        page=2,
        size=50,
        expand=False,
        off=("ditemui", "Korea Utara"),
        on=("penemuan",),
    )


def test_empty_and_repeated_arguments_change_nothing() -> None:
    assert from_address("q=&outlet=&from=&to=&sort=&page=&size=") == Query()
    assert from_address("outlet=A&outlet=A").chosen == {"outlet": ("A",)}


@pytest.mark.parametrize(
    ("name", "value", "valid"),
    [
        ("page", "0", "a whole number from 1"),
        ("page", "x", "a whole number from 1"),
        ("page", "٣", "a whole number from 1"),
        ("size", "1000", "a whole number from 1 to 100"),
        ("size", "-1", "a whole number from 1 to 100"),
        ("sort", "foo", "one of relevance, newest, oldest, copies, outlets, indexed"),
        ("copies", "maybe", "one of fold, loose, show"),
        ("lead", "first", "one of best, earliest, longest"),
        ("expand", "maybe", "one of on, off"),
        ("from", "2018-13", "YYYY, YYYY-MM or YYYY-MM-DD"),
        ("to", "2018-02-30", "YYYY, YYYY-MM or YYYY-MM-DD"),
        ("to", "yesterday", "YYYY, YYYY-MM or YYYY-MM-DD"),
        ("year", "18", "YYYY"),
        ("not.month", "2018-13", "YYYY-MM"),
        ("month", "0000-01", "YYYY-MM"),
        ("year", "0000", "YYYY"),
        ("precision", "week", "one of day, month, year, unknown"),
        ("not.basis", "rumour", "one of given, url, dateline, cue, copyright, copies, none"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name_and_what_would_be_right(name: str, value: str, valid: str) -> None:
    with pytest.raises(BadParameter) as caught:
        from_address(urlencode({name: value}))
    assert (caught.value.name, caught.value.value, caught.value.valid) == (name, value, valid)
    assert name in str(caught.value)
    assert valid in str(caught.value)


def test_a_misspelt_argument_is_refused_with_the_nearest_names() -> None:
    with pytest.raises(UnknownParameter) as plural:
        require_known(MultiDict({"outlts": "10+"}))
    assert plural.value.names[0] == "outlets"
    assert "outlet" not in plural.value.names
    require_known(MultiDict(dict.fromkeys(["q", "outlet", "not.outlet", "from"], "x")))
    with pytest.raises(UnknownParameter) as caught:
        require_known(MultiDict({"outlt": "Kompas"}))
    assert (caught.value.name, caught.value.value, caught.value.names) == ("outlt", "Kompas", ("outlet",))
    assert str(caught.value) == "The argument outlt is not known; it must be left out, or called outlet."


def test_an_argument_like_no_other_is_refused_with_all_names() -> None:
    with pytest.raises(UnknownParameter, match="The argument foo is not known") as caught:
        require_known(MultiDict({"foo": ""}))
    assert caught.value.names == NAMES


def test_what_is_on_anyway_is_not_written() -> None:
    assert write(from_address("q=Korut&expand=on&off=&off=a&off=a")) == [("q", "Korut"), ("off", "a")]


@pytest.mark.parametrize("name", ["q", "from", "to", "sort", "copies", "page", "size", "expand"])
def test_what_can_only_be_asked_once_is_refused_when_given_twice(name: str) -> None:
    with pytest.raises(BadParameter, match=f"The argument {name} is given several times") as caught:
        from_address(f"{name}=1&{name}=2")
    assert caught.value.name == name
    assert from_address("q=&q=Korut").text == "Korut"


@pytest.mark.parametrize(("since", "until"), [("2020", "2019"), ("2018-06", "2018-05"), ("2018-05-02", "2018-05-01")])
def test_a_range_that_ends_before_it_begins_is_refused(since: str, until: str) -> None:
    with pytest.raises(ReversedDays) as caught:
        from_address(f"from={since}&to={until}")
    assert since in str(caught.value)
    assert until in str(caught.value)


def test_a_range_may_lie_within_one_year_or_day() -> None:
    assert from_address("from=2019&to=2019").until == "2019"
    assert from_address("from=2019-05-01&to=2019").since == "2019-05-01"


def test_what_others_hang_on_links_is_left_out() -> None:
    kept = without_tracking(
        MultiDict([("q", "a"), ("utm_source", "surel"), ("fbclid", "1"), ("gclid", "2"), ("outlet", "b")])
    )
    assert list(kept.items(multi=True)) == [("q", "a"), ("outlet", "b")]


@given(words | st.text(alphabet="/%?#&;.\\ ü\u202f", min_size=1, max_size=8))
def test_the_path_of_an_article_is_the_one_the_router_would_build(article_id: str) -> None:
    with APP.test_request_context("/", base_url="http://localhost/arsip"):
        assume("\r" not in article_id)
        routes = (("pages.article", "article_id"), ("pages.story", "story_id"), ("pages.facet", "name"))
        for endpoint, name in routes:
            for value in (article_id, "kedua"):
                values: dict[str, Any] = {name: value}
                assert url(endpoint, Query(), **values) == url_for(endpoint, **values)


def test_further_arguments_follow_those_of_the_query() -> None:
    with APP.test_request_context("/"):
        query = Query("banjir besar", page=3)
        assert url("pages.article", query, (PART, ""), article_id="a/1") == "/article/a/1?q=banjir+besar&page=3"
        assert url("pages.article", query, (PART, "2"), article_id="a/1") == "/article/a/1?q=banjir+besar&page=3&part=2"
        assert url("pages.facet", Query(), (WITHIN, "an tara"), name="outlet") == "/facets/outlet?find=an+tara"


def test_paths_are_kept_for_each_script_root_within_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    made = sample_archive.app()
    for number in range(2 * SCRIPT_ROOTS):
        with made.test_request_context("/", environ_overrides={"SCRIPT_NAME": f"/arsip{number}"}):
            assert url("pages.article", Query("a b"), article_id="x/1?") == f"/arsip{number}/article/x/1%3F?q=a+b"
            monkeypatch.setattr("web.paths.url_for", None)  # asked once for a root, if it is kept
            again = url("pages.article", Query(), article_id="y")
            monkeypatch.undo()
            assert again == f"/arsip{number}/article/y"
    assert len(made.extensions["kliping.paths"]) == SCRIPT_ROOTS
