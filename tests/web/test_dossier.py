"""Articles chosen by their ids are printed with their texts, by date."""

import re

import pytest
from flask.testing import FlaskClient

from tests.web.sample_archive import KALSEL, app
from web.pages.clippings import MOST_CHOSEN


@pytest.fixture(scope="module")
def client() -> FlaskClient:
    return app().test_client()


def test_chosen_articles_are_printed_by_date_and_missing_ones_told(client: FlaskClient) -> None:
    ids = f"tempo/1\r\nlongs\r\n{KALSEL}\r\ngone\r\nhostile\r\ntempo/1"
    html = client.post("/clippings", data={"ids": ids}).get_data(as_text=True)
    assert re.findall(r'data-clipping="([^"]+)"', html) == ["longs", KALSEL, "tempo/1", "hostile"]
    assert "4 artikel dari kliping Anda" in html
    assert "1 artikel tidak lagi ada di arsip" in html


@pytest.mark.parametrize(
    "sent", [{}, {"ids": " "}, {"ids": "x", "note": "rahasia"}, {"ids": "\n".join(map(str, range(MOST_CHOSEN + 1)))}]
)
def test_what_cannot_be_printed_is_refused(client: FlaskClient, sent: dict[str, str]) -> None:
    assert client.post("/clippings", data=sent).status_code == (200 if not sent else 400)


def test_the_page_of_clippings_has_nothing_of_a_reader(client: FlaskClient) -> None:
    first = client.get("/collection").get_data()
    client.post("/clippings", data={"ids": KALSEL})
    assert client.get("/collection").get_data() == first
