"""Pages of other sites read the API only if the keeper says so, and an address makes as many requests as allowed."""

import pytest
from flask.testing import FlaskClient

from tests.web.sample_archive import compile_translations, engine
from web import create_app
from web.setting_values import BadSetting

LAB = "https://lab.example:8443"
SEARCH = "/api/v1/search?q=hujan"


def client(**settings: str) -> FlaskClient:
    compile_translations()
    return create_app({"TESTING": True, **settings}, engine=engine()).test_client()


def test_nobody_else_reads_the_api_unless_told() -> None:
    answer = client().get(SEARCH, headers={"Origin": LAB})
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(("setting", "told"), [(LAB, LAB), (f"http://a.example, {LAB}", LAB), ("*", "*")])
def test_named_origins_read_the_api_and_no_pages(setting: str, told: str) -> None:
    browser = client(KLIPING_CORS=setting)
    answer = browser.get(SEARCH, headers={"Origin": LAB})
    assert answer.headers["Access-Control-Allow-Origin"] == told
    assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in answer.headers
    assert ("Origin" in answer.headers["Vary"]) == (told != "*")
    assert "Access-Control-Allow-Origin" not in browser.get("/?q=hujan", headers={"Origin": LAB}).headers
    stranger = browser.get(SEARCH, headers={"Origin": "https://lab.example.evil.example"}).headers
    assert stranger.get("Access-Control-Allow-Origin") == ("*" if told == "*" else None)


def test_a_preflight_request_is_answered_for_named_origins() -> None:
    browser = client(KLIPING_CORS=LAB)
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answer = browser.options("/api/v1/batch", headers={"Origin": LAB, **asked})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (204, LAB)
    assert "Content-Type" in answer.headers["Access-Control-Allow-Headers"]
    other = browser.options("/api/v1/batch", headers={"Origin": "http://x.example", **asked})
    assert "Access-Control-Allow-Methods" not in other.headers


def test_errors_are_read_by_named_origins_too() -> None:
    answer = client(KLIPING_CORS=LAB).get("/api/v1/search?nothing=1", headers={"Origin": LAB})
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (400, LAB)


def test_too_many_requests_are_told_when_to_come_back() -> None:
    browser = client(KLIPING_RATE_LIMIT="3 per minute")
    for left in (2, 1, 0):
        answer = browser.get(SEARCH)
        assert (answer.status_code, answer.headers["X-RateLimit-Remaining"]) == (200, str(left))
    refused = browser.get(SEARCH)
    assert (refused.status_code, refused.mimetype) == (429, "application/problem+json")
    assert "than 3 per 1 minute" in refused.get_json()["detail"]
    assert 0 < int(refused.headers["Retry-After"]) <= 60
    page = browser.get("/?q=hujan")
    assert page.status_code == 429
    assert "Terlalu banyak permintaan" in page.get_data(as_text=True)
    assert browser.get("/healthz").status_code == 200
    assert browser.get("/static/kliping.css").status_code == 200
    assert browser.get(SEARCH, environ_base={"REMOTE_ADDR": "10.1.2.3"}).status_code == 200


@pytest.mark.parametrize(
    ("name", "value"),
    [("KLIPING_CORS", "lab.example"), ("KLIPING_CORS", "https://x.example/path"), ("KLIPING_RATE_LIMIT", "many")],
)
def test_settings_that_cannot_be_are_told(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        create_app({name: value}, engine=engine())
