"""The sample archive as a reader without cookies asks it."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.sample_archive import app


@pytest.fixture(scope="package")
def served() -> Flask:
    return app()


@pytest.fixture
def client(served: Flask) -> FlaskClient:
    """A client of its own for each test, with no cookies yet."""
    return served.test_client()
