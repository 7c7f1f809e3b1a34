"""The translation catalogues: every text is translated, no translation is unused, and all placeholders are kept."""

import re
import sys
from io import BytesIO
from subprocess import run

import pytest
from babel.messages import Catalog
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from tests import ROOT
from tests.web.sample_archive import app
from web.config import LANGUAGES

OTHERS = sorted(set(LANGUAGES) - {"id"})
PLACEHOLDER = re.compile(r"%\(\w+\)s")


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """All translatable texts of code and templates, in Indonesian."""
    template = tmp_path_factory.mktemp("texts") / "messages.pot"
    extract = ["extract", "-F", "web/babel.cfg", "-o", str(template), "web", "templates"]
    run([sys.executable, "-m", "babel.messages.frontend", "--quiet", *extract], cwd=ROOT, check=True, timeout=60)
    return read_po(BytesIO(template.read_bytes()))


def translated(language: str) -> Catalog:
    path = ROOT / "web" / "translations" / language / "LC_MESSAGES" / "messages.po"
    return read_po(BytesIO(path.read_bytes()), locale=language)


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_is_translated_and_nothing_is_left_over(said: Catalog, language: str) -> None:
    catalog = translated(language)
    wanted, given = ({str(m.id) for m in one if m.id} for one in (said, catalog))
    assert wanted - given == set(), "texts without a translation"
    assert given - wanted == set(), "translations of texts nobody says any more"
    assert not catalog.obsolete
    assert [m.id for m in catalog if m.id and (m.fuzzy or not all(_forms(m)))] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_value_of_a_text_stands_in_its_translation(language: str) -> None:
    for message in translated(language):
        said = message.id if isinstance(message.id, str) else message.id[-1]
        for form in _forms(message) if message.id else ():
            assert set(PLACEHOLDER.findall(form)) == set(PLACEHOLDER.findall(said)), form


@pytest.mark.parametrize("language", OTHERS)
def test_a_page_in_another_language_says_it_in_that_language(language: str) -> None:
    client = app().test_client()
    client.get(f"/?lang={language}")
    said = client.get("/help").get_data(as_text=True)
    assert f'<html lang="{language}"' in said
    assert "Cara mencari" not in said


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
