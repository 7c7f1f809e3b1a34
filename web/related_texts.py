"""Related texts: articles that share passages with a story without being versions of it.

They are the other members of its loose group (texts of the same template, round-ups and the texts they contain), and
articles that share passages with one of its versions. Each related story is represented by one article, and at most
MAX_RELATED_TEXTS are returned.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from archive.article import Article
from archive.copies.relations import Relation
from archive.copies.relatives import Relative, is_longer, relatives
from archive.copies.stories import Stories
from index.answers.bounded_facts import bounded
from index.engine import Reader

MAX_RELATED_TEXTS = 12
MAX_GROUP_TEXTS_READ = 60  # per group: a daily template has thousands of texts
MOST_READ = 5_000_000  # characters of all candidates; after them, no further ones are read
MAX_VERSIONS_READ = 40  # per story: its versions mostly share passages with the same articles


def related(reader: Reader, versions: Sequence[Article]) -> tuple[Relative, ...]:
    """Return the texts related to a story: the loose group of its first version, then those that share passages."""
    stories = reader.relatives()
    candidates = chain(
        _companions(reader, stories, versions[0]), _sharing(reader, stories, versions[:MAX_VERSIONS_READ])
    )
    own, found, read = {article.id for article in versions}, dict[str, Relative](), 0
    for one, story in candidates:
        read += len(one.article.text)
        if one.article.id not in own:
            found.setdefault(story, one)
        if len(found) == MAX_RELATED_TEXTS or read > MOST_READ:
            break
    return tuple(found.values())


def _companions(reader: Reader, stories: Stories, first: Article) -> Iterator[tuple[Relative, str]]:
    """Yield the members of the loose group, by id, that are directly related to `first`, each with its story."""
    for article_id in stories.companions(first.id)[:MAX_GROUP_TEXTS_READ]:
        if held := reader.get(article_id):
            (one,) = relatives(stories, first, [bounded(held.article)])
            if one.relation is not Relation.NONE:
                yield one, held.story


def _sharing(reader: Reader, stories: Stories, versions: Sequence[Article]) -> Iterator[tuple[Relative, str]]:
    """Yield the articles that share passages with any version, most shared shingles first, each with its story."""
    links = [(link, version) for version in versions for link in stories.links_of(version.id)]
    for link, version in sorted(links, key=lambda pair: (-pair[0].shared, pair[0].article)):
        if held := reader.get(link.article):
            yield Relative(bounded(held.article), link.relation, is_longer(held.article, version)), held.story
