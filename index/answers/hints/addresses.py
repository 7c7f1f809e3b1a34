"""Addresses: a query that is the address of an article finds this article.

Addresses are not indexed. Most end in the words of the title, so that the article is among the best hits for any of
these words; of those, the one with this very address is taken. An address that is a mere number is only found in a
small archive.
"""

from collections.abc import Iterator
from typing import Final

from archive.article import Article
from archive.web_address import plain_address
from index.engine import Reader
from index.query.errors import BadQuery
from index.query.leaf_parsing import is_address
from index.query.request import MAX_PAGE_SIZE, Copies, Query, Sort
from index.words.tokenizer import tokenize

CANDIDATES: Final = 60  # hits whose addresses are compared
SMALL: Final = 1_000  # articles of an archive in which all are compared: a tenth of a second
MOST_WORDS: Final = 12  # of an address; more are no better
SHORTEST: Final = 3  # letters of a word that says something


def article_with_address(reader: Reader, text: str) -> Article | None:
    """The article whose address a query text is; None if it is no address, or no article is found to have it."""
    text = text.strip()
    if not is_address(text):
        return None
    wanted = plain_address(text)
    found = (article for query in _queries(reader, wanted) for article in _articles(reader, query))
    return next((article for article in found if article.url and plain_address(article.url) == wanted), None)


def _queries(reader: Reader, address: str) -> Iterator[Query]:
    """The queries among whose hits the article is looked for: by its title, by its text, and in a small archive all."""
    words = dict.fromkeys(token.form for token in tokenize(address.partition("/")[2]) if _says_something(token.form))
    if words:
        chosen = " OR ".join(list(words)[-MOST_WORDS:])
        yield Query(f"title:({chosen})", size=CANDIDATES, copies=Copies.SHOW, expand=False)
        yield Query(chosen, size=CANDIDATES, copies=Copies.SHOW, expand=False)
    articles = reader.info().articles
    if articles <= SMALL:
        pages = range(1, articles // MAX_PAGE_SIZE + 2)
        yield from (Query(size=MAX_PAGE_SIZE, copies=Copies.SHOW, sort=Sort.NEWEST, page=page) for page in pages)


def _articles(reader: Reader, query: Query) -> Iterator[Article]:
    try:
        yield from (match.article for match in reader.find(query, facets=()).matches)
    except BadQuery:  # a word of the address may be none of the query language
        return


def _says_something(form: str) -> bool:
    return len(form) >= SHORTEST and form.isalpha()
