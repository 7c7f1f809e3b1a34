"""The title of a page: what its heading, its metadata and its title element agree on, without the name of the site."""

import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

LONGEST_SITE = 40  # characters of the name of a site; a longer one is the title again
MOST_BESIDE = 16  # letters of a channel beside the name of a site: "News", "Berita Nasional"
SHORTEST = 8  # characters of a title; shorter headings name a channel

_SEPARATED = re.compile(r"(?<!\s)\s++(?:[-–—|»•:]|::)\s++|(?:(?<!\s)\s++)?\|\s*+|:\s++(?=\S)")
_PAGES = re.compile(
    r"(?:(?<!\s)\s++)?(?:[-–|]\s*+)?\(?(?:halaman|page|hal\.?)\s*+(?:all|\d{1,3})\)?\s*$", re.IGNORECASE
)
_SITE = re.compile(
    r"\b(?:[a-z0-9-]+\.(?:com|co\.id|co|id|net|tv)|detik\w+|okezone|sindonews|republika|antara ?news|cnn indonesia)\b",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"[\W_]+")
_LABELS = re.compile(r"\b(?:com|co|id|net|tv|www|news|online|berita)\b")


def headline(tree: HtmlElement, stated: Sequence[str], site: Iterable[str]) -> str | None:
    """The title of the article in a page. `stated` are titles in its metadata; `site` are names and hosts of its site.

    A heading that begins a stated title is the title: the site's name stands after it there. Otherwise the site's name
    is taken off the first stated title.
    """
    titles = [*stated, *map(_text, tree.xpath("//head/title | //title[not(ancestor::svg)]")[:1])]
    titles = [_PAGES.sub("", title) for title in titles if title]
    headings = [_text(element) for element in tree.xpath("//h1 | //*[@itemprop='headline']")]
    keys = [_key(title) for title in titles]
    agreed = [one for one in headings if len(one) >= SHORTEST and any(key.startswith(_key(one)) for key in keys)]
    names = {key for name in site if len(name) <= LONGEST_SITE for key in _name_keys(name)}
    if agreed:
        return _without_site(max(agreed, key=len), names)
    cut = [_without_site(title, names) for title in titles]
    return next((title for title in cut if len(title) >= SHORTEST), None) or next(iter(headings), None)


def site_in_title(tree: HtmlElement) -> str | None:
    """The site that the title element names at its end, for a page that says nothing else of it."""
    for element in tree.xpath("//head/title")[:1]:
        title = _PAGES.sub("", _text(element)).strip()
        parts = [*_SEPARATED.finditer(title)]
        end = title[parts[-1].end() :] if parts else ""
        if len(end) <= LONGEST_SITE and _SITE.search(end):
            return end
    return None


def _without_site(title: str, names: set[str]) -> str:
    """A title without the name of its site at either end."""
    title = _PAGES.sub("", title).strip()
    while True:
        parts = [*_SEPARATED.finditer(title)]
        if parts and _names_site(title[parts[-1].end() :], names):
            title = _PAGES.sub("", title[: parts[-1].start()]).strip()
        elif parts and _names_site(title[: parts[0].start()], names) and len(title[parts[0].end() :]) >= SHORTEST:
            title = title[parts[0].end() :].strip()
        else:
            return title


def _names_site(words: str, names: set[str]) -> bool:
    key = _key(words)
    beside = min((len(key) - len(name) for name in names if name in key), default=LONGEST_SITE)
    return len(words) <= LONGEST_SITE and beside <= MOST_BESIDE


def _name_keys(name: str) -> set[str]:
    """What shows a name of a site in other spellings of it: `kompas` for `bola.kompas.com` and `KOMPAS.com`."""
    words = _LABELS.sub(" ", name.lower().replace(".", " ").replace("-", ""))
    return {key for word in words.split() if len(key := _key(word)) >= 4} | (
        {_key(name)} if len(_key(name)) >= 4 else set()
    )


def _key(words: str) -> str:
    return _SIGNS.sub("", words).casefold()


def _text(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
