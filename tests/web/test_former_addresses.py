"""Old links, which name articles by file and row, lead to where the article is today or nowhere, never elsewhere."""

import json
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.opening import open_engine
from index.reindexing.pipeline import reindex
from index.reindexing.request import ReindexRequest
from web import create_app

ROWS = [{"isi": f"Berita nomor {n} dari desa Kaliwangi."} for n in range(3)]


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    """An archive of three rows, before which another was inserted after they had been read."""
    table = tmp_path / "berita.jsonl"
    for rows in (ROWS, [{"isi": "Sisipan."}, *ROWS]):
        table.write_text("".join(json.dumps(row) + "\n" for row in rows))
        reindex(open_engine(tmp_path / "index"), ReindexRequest((table,)))
    return create_app({"KLIPING_INDEX": tmp_path / "index"}).test_client()


@pytest.mark.parametrize(
    "address",
    ["/article/{}", "/article/{}/cite", "/story/{}", "/similar/{}", "/api/v1/articles/{}", "/api/v1/stories/{}"],
)
def test_an_old_link_leads_to_the_article_that_was_linked_to(client: FlaskClient, address: str) -> None:
    answer = client.get(address.format("berita:2") + "?q=desa")
    assert answer.status_code == 301
    today = answer.headers["Location"]
    assert today.endswith("?q=desa")
    assert "nomor 1" in client.get(today, follow_redirects=True).get_data(as_text=True)


@pytest.mark.parametrize(
    "address", ["/article/berita:9", "/article/lain:1", "/article/berita", "/api/v1/articles/berita:0"]
)
def test_what_is_not_known_is_not_found(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 404
