"""Matched words: which words of an article a query matched, as they stand there, and how often."""

from collections import Counter
from typing import Final

from archive.article import Article
from index.answers.marking.highlighting import Highlighter, find_marks

LONGEST_READ: Final = 200_000  # characters of an article; as many as a snippet is made of


def matched_words(article: Article, highlighter: Highlighter, most: int) -> list[tuple[str, int]]:
    """Return the words and phrases that matched, whatever their case, the most frequent first."""
    counts: Counter[str] = Counter()
    read = 0
    for text in (*(() if article.title_derived else (article.title,)), *article.paragraphs):
        counts.update(text[mark.start : mark.end].casefold() for mark in find_marks(text, highlighter))
        read += len(text)
        if read > LONGEST_READ:
            break
    return counts.most_common(most)
