"""An address may name the index it was made from; if another one answers, that is told."""

import pytest
from flask.testing import FlaskClient

from tests.web.sample_archive import app


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return app().test_client()


@pytest.mark.parametrize(
    "path", ["/?q=hujan", "/trends?series=hujan", "/article/cuaca-3", "/help", "/api/v1/search?q=hujan"]
)
def test_another_index_is_told(client: FlaskClient, path: str) -> None:
    own = client.get("/api/v1/status").get_json()["index"]["id"]
    sign = "&" if "?" in path else "?"
    plain, same, other = (client.get(path + more) for more in ("", f"{sign}index={own}", f"{sign}index=0123abcd"))
    assert [one.status_code for one in (plain, same, other)] == [200, 200, 200]
    assert other.headers["X-Kliping-Other-Index"] == own
    assert "X-Kliping-Other-Index" not in same.headers
    if not path.startswith("/api"):
        assert "dibuat dari indeks 0123abcd" in other.get_data(as_text=True)
        assert "dibuat dari indeks" not in same.get_data(as_text=True)


def test_the_name_of_an_index_is_text(client: FlaskClient) -> None:
    html = client.get("/?q=hujan&index=<script>alert(1)</script>").get_data(as_text=True)
    assert "<script>alert" not in html


def test_printed_addresses_name_their_index(client: FlaskClient) -> None:
    own = client.get("/api/v1/status").get_json()["index"]["id"]
    assert f"index={own}" in client.get("/?q=hujan").get_data(as_text=True)
    assert f"index={own}" in client.get("/clippings?q=hujan").get_data(as_text=True)
