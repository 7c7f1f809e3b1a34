"""The values of the page of a story."""

from typing import Any

from archive.article import Article
from index.answers.marking.highlighting import build_highlighter
from index.query.request import Query
from index.query.tree import Node
from web import params, story_versions
from web.pages.story.matrix import added_openings, columns
from web.pages.story.sentences import letters, sentences
from web.pages.story.time_axis import axis
from web.pages.story.titles import titles
from web.pages.story.word_by_word import blocks
from web.story_versions import Comparison, Story


def shown_story(story: Story, compared: Comparison | None, tree: Node | None) -> dict[str, Any]:
    """Return what the template shows of a story, with the hits of the query tree that the reader comes from."""
    named = letters(story)
    return {
        "story": story,
        "letters": named,
        "earliest": _earliest_known(story),
        "axis": axis(story, named),
        "titles": titles(story),
        "columns": columns(story),
        "added_openings": added_openings,
        "sentences": sentences(story),
        "compared": compared,
        "blocks": blocks(compared, build_highlighter(tree) if tree else None) if compared else (),
        "base_address": params.url("pages.article", Query(), article_id=story.base.id),
        "versions": story_versions,
    }


def _earliest_known(story: Story) -> Article | None:
    """The version that comes first by its date; None if none has one."""
    first = story.versions[0].article
    return first if first.date.last else None
