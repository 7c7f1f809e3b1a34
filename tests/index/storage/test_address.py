"""Addresses: what they mean, what is refused, and that nothing shows the credentials in them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.storage.address import PASSWORD, USER, BadAddress, is_address, parse_address


def test_an_address_names_hosts_and_an_index_and_how_it_is_laid_out() -> None:
    found = parse_address("https://a:9201,b,[::1]:9202/berita-2?shards=3&replicas=1")
    assert found.hosts == (("a", 9201), ("b", 9200), ("[::1]", 9202))
    assert (found.scheme, found.name, found.shards, found.replicas) == ("https", "berita-2", 3, 1)
    plain = parse_address("http://a/berita")
    assert (plain.shards, plain.replicas, plain.user, plain.password) == (1, 0, None, None)


def test_credentials_come_from_the_address_or_else_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER, "other")
    monkeypatch.setenv(PASSWORD, "hidden")
    assert parse_address("http://a/berita").password == "hidden"  # noqa: S105  # a made-up one
    told = parse_address("http://me:p%40ss@a/berita")
    assert (told.user, told.password) == ("me", "p@ss")


@given(st.text("abcXYZ019._~-", min_size=4, max_size=12).map("Pw{}".format))
def test_nothing_that_is_shown_of_an_address_has_its_credentials(password: str) -> None:
    address = parse_address(f"http://someone:{password}@host/berita")
    assert address.password == password
    assert password not in f"{address} {address!r}"
    for rest in ("host/Ber", "ho st/berita", "host/berita?x=1", "host:0/berita", "host/"):
        with pytest.raises(BadAddress) as refused:
            parse_address(f"http://someone:{password}@{rest}")
        assert password not in str(refused.value)


@pytest.mark.parametrize("text", ["s3://bucket/berita", "http:/host/berita", "file:///tmp/index", "redis://a/berita"])
def test_an_address_of_another_kind_is_refused(text: str) -> None:
    assert is_address(text)
    with pytest.raises(BadAddress, match="kind that is not known"):
        parse_address(text)


@pytest.mark.parametrize("path", ["instance/index", "/srv/index", "C:/index", "a:b", "~/index", "http"])
def test_a_path_is_no_address(path: str) -> None:
    assert not is_address(path)


def test_a_file_of_certificates_must_be_there() -> None:
    with pytest.raises(BadAddress, match="no file of certificates"):
        parse_address("https://a/berita?ca=/nowhere/ca.pem")
