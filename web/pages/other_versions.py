"""How many versions of the story of each hit stand elsewhere: folded copies are only those that match the search."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from index.answers.search import Hit
from index.engine import Reader
from index.query.request import Copies


class OtherVersions(NamedTuple):
    """The versions of a story in the whole archive, and how many of them the hit neither is nor has folded under it."""

    versions: int
    elsewhere: int


def other_versions(reader: Reader, hits: Iterable[Hit], copies: Copies) -> Mapping[str, OtherVersions]:
    """Return the other versions by the id of the article that a hit shows; hits without any are left out.

    What is folded loosely is not of the story alone, so that such a hit says nothing of what stands elsewhere.
    """
    told = [hit.match for hit in hits if copies is not Copies.LOOSE or not hit.match.copies]
    sizes = reader.story_sizes({match.story for match in told})
    found = {
        match.article.id: OtherVersions(sizes[match.story][0], sizes[match.story][0] - 1 - len(match.copies))
        for match in told
        if match.story in sizes
    }
    return {article: other for article, other in found.items() if other.elsewhere > 0}
