"""Related texts: what has passages of a story without being one of its versions.

They are the other members of its loose group (fillings of the same form, round-ups and what they round up), and what
shares passages with one of its versions. One text stands for each other story, and of very many only some are named.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from archive.article import Article
from archive.copies.relations import Relation
from archive.copies.relatives import Relative, relatives
from archive.copies.stories import Stories
from index.engine import Engine

MOST_RELATED = 12
LOOKED_AT = 60  # of the texts of a group, at most: a daily form is filled in by the thousand
VERSIONS_ASKED = 40  # of a story: what they share with others they mostly share all


def related(engine: Engine, versions: Sequence[Article]) -> tuple[Relative, ...]:
    """What is related to the versions of a story: the loose group of the first, then what shares passages with any."""
    stories = engine.relatives()
    candidates = chain(_companions(engine, stories, versions[0]), _sharing(engine, stories, versions[:VERSIONS_ASKED]))
    own, found = {article.id for article in versions}, dict[str, Relative]()
    for one, story in candidates:
        if one.article.id not in own:
            found.setdefault(story, one)
        if len(found) == MOST_RELATED:
            break
    return tuple(found.values())


def _companions(engine: Engine, stories: Stories, first: Article) -> Iterator[tuple[Relative, str]]:
    """The others of a loose group that have something in common with the first itself, by id, each with its story."""
    for article_id in stories.companions(first.id)[:LOOKED_AT]:
        if held := engine.get(article_id):
            (one,) = relatives(stories, first, held[:1])
            if one.relation is not Relation.NONE:
                yield one, held[1]


def _sharing(engine: Engine, stories: Stories, versions: Sequence[Article]) -> Iterator[tuple[Relative, str]]:
    """What shares passages with any of some versions, the most first, each with its story."""
    links = [(link, version) for version in versions for link in stories.links_of(version.id)]
    for link, version in sorted(links, key=lambda pair: (-pair[0].shared, pair[0].article)):
        if held := engine.get(link.article):
            yield Relative(held[0], link.relation, held[0].words > version.words), held[1]
