r"""The terminal: standard output and error, to which no control character of a file name or text gets through.

A name such as `\x1b]0;…` could retitle the terminal, move its cursor or hide what was printed; U+202E reverses the
letters after it. Such characters are printed as escapes. What rich emits for colours and progress is not touched.
"""

import json
import re
from collections.abc import Iterable, Mapping

import click
from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

from index.facets import Estimate

# Controls, line and paragraph separators, marks and overrides of direction, lone surrogates, invisible tags.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_UNSAFE_IN_LINES = re.compile(_UNSAFE.pattern.replace("\x00-\x1f", "\x00-\x09\x0b-\x1f"))


def visible(text: str) -> str:
    """Return a text as one line, with escapes in place of what a terminal would act on."""
    return text if text.isprintable() else _UNSAFE.sub(_escaped, text)


def visible_lines(text: str) -> str:
    """Return a text with escapes in place of what a terminal would act on, except the ends of lines."""
    return text if text.isprintable() else _UNSAFE_IN_LINES.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


class SafeConsole(Console):
    """A console that prints escapes in place of the control characters of what it is given."""

    def render(self, renderable: RenderableType, options: ConsoleOptions | None = None) -> Iterable[Segment]:
        """Render as rich does, with all text made visible."""
        for segment in super().render(renderable, options):
            yield segment if segment.control else Segment(visible_lines(segment.text), segment.style)


out = SafeConsole(highlight=False)
err = SafeConsole(stderr=True, highlight=False)


def print_fields(fields: Iterable[str]) -> None:
    """Print the fields of one line with tabs between."""
    click.echo("\t".join(map(visible, fields)))


def print_json(fields: Mapping[str, object]) -> None:
    """Print one JSON object, with escapes for all control characters, as JSON writes them."""
    click.echo(_UNSAFE.sub(_escaped_in_json, json.dumps(fields, ensure_ascii=False)))


def _escaped_in_json(match: re.Match[str]) -> str:
    return json.dumps(match[0])[1:-1]


def pluralized(count: int, one: str, many: str) -> str:
    """Format a count with its noun: 1 story, 2 stories; of an estimate about 2,000 stories."""
    return f"{counted(count)} {one if count == 1 else many}"


def counted(count: int) -> str:
    """Format a count: 2,000; of an estimate about 2,000."""
    return f"{'about ' if isinstance(count, Estimate) else ''}{count:,}"
