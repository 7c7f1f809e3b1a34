"""JSON parsing: JSON Lines, arrays of objects, concatenated objects and single objects.

JSON Lines is streamed: a file may be larger than memory, and a broken line costs one article. An array cannot be
resumed after an error: it is parsed up to the first error, which is reported. Objects one after the other are resumed
at the next that begins a line. Articles are numbered by position, not by line, so that reformatting the file changes no
id. Where the articles are inside a value is known to `archive.reading.fields.nesting`.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import replace
from itertools import chain, islice

from archive.reading.bounds import MEBIBYTES
from archive.reading.decoding import OVERLONG, TOO_LONG
from archive.reading.field_names import BadRecord, FieldMapper, RawRecord, too_many
from archive.reading.fields.nesting import articles_in, with_names
from archive.reading.memory_limit import limited_memory

WHITESPACE = " \t\r\n"
SPACES = re.compile(r"[ \t\r\n]*+")
SEPARATORS = re.compile(r"[ \t\r\n,]*+")  # between array members
NEXT_OBJECT = re.compile(r"\n(?=[{])")  # an object that begins a line, as those of a broken one do not
NAMES_SHOWN = 12  # names of columns that an error lists
LAST = "last"  # in place of the number of a record: that of the one before
LARGE = 1 << 20  # characters; smaller ones take little memory, whatever they hold
AT_ONCE = 1 << 16  # characters whose values are parsed under one limit of memory, which takes long to set


def from_lines(
    lines: Iterable[str], mapper: FieldMapper, mebibytes: int = MEBIBYTES
) -> Iterator[RawRecord | BadRecord]:
    """Parse the articles of JSON Lines; empty lines are skipped."""
    for number, line in enumerate(lines, 1):
        if line is OVERLONG:
            yield BadRecord(TOO_LONG, number)
            continue
        stripped = line.strip(WHITESPACE)
        if not stripped:
            continue
        try:
            with limited_memory(mebibytes) if len(stripped) > LARGE else nullcontext():
                value = json.loads(stripped)
        except MemoryError:
            yield BadRecord(_too_large(mebibytes), number)
        except (ValueError, RecursionError) as error:
            yield BadRecord(f"the line is broken JSON ({_describe(error)}); correct or remove it", number, broken=True)
        else:
            found = list(articles_in(value, mapper))
            for position, article in enumerate(found, 1):
                yield _read(article, mapper, f"{number}.{position}" if len(found) > 1 else number)


def from_whole(text: str, mapper: FieldMapper, mebibytes: int = MEBIBYTES) -> Iterator[RawRecord | BadRecord]:
    """Parse an array or concatenated objects, whose articles are numbered, or a single object."""
    values = with_names(_values(text, mebibytes), mapper)
    begin = list(islice(values, 2))
    alone = len(begin) == 1 and not text.startswith("[", _skip(text, 0, SPACES))
    count = 0
    for value in chain(begin, values):
        if isinstance(value, BadRecord):
            count += 0 if value.number == LAST else 1
            yield replace(value, number=count or None)
            continue
        articles = list(articles_in(value, mapper))
        for article in articles:
            count += 1
            yield _read(article, mapper, None if alone and len(articles) == 1 else count)


def _values(text: str, mebibytes: int) -> Iterator[object]:
    """The members of an array, or values one after the other; what cannot be parsed as a BadRecord."""
    position = _skip(text, 0, SPACES)
    in_array = text.startswith("[", position)
    position = _skip(text, position + in_array, SEPARATORS)
    while position < len(text) and not (in_array and text[position] == "]"):
        with limited_memory(mebibytes) if len(text) > LARGE else nullcontext():
            some, position, error = _some_values(text, position, in_array=in_array)
        yield from some
        if isinstance(error, MemoryError):
            yield BadRecord(f"{_too_large(mebibytes)}; nothing after it was read", broken=True)
            return
        if error is not None:
            reason = f"broken JSON ({_describe(error)}{_line(text, error, position)})"
            if in_array or not (pieces := NEXT_OBJECT.split(text[position:]))[1:]:
                reason += "; nothing after it was read: correct it and read again"
                yield BadRecord(reason, broken=True)
                return
            yield BadRecord(f"{reason}; correct or remove it", broken=True)
            yield from _pieces(pieces[1:], mebibytes)
            return
    if in_array and position == len(text):
        yield BadRecord("the array has no end: the file was cut short", LAST, broken=True)


def _some_values(
    text: str, position: int, *, in_array: bool
) -> tuple[list[object], int, ValueError | RecursionError | MemoryError | None]:
    """The values that begin in the next `AT_ONCE` characters, where the next one begins, and why it has no value."""
    decoder, values, stop = json.JSONDecoder(), [], min(len(text), position + AT_ONCE)
    try:
        while position < stop and not (in_array and text[position] == "]"):
            value, position = decoder.raw_decode(text, position)
            values.append(value)
            position = _skip(text, position, SEPARATORS)
    except (ValueError, RecursionError, MemoryError) as error:
        return values, position, error
    return values, position, None


def _pieces(pieces: Iterable[str], mebibytes: int) -> Iterator[object]:
    """The objects that follow a broken one, each in its own piece of the text, so that none is parsed twice."""
    for piece in pieces:
        try:
            with limited_memory(mebibytes) if len(piece) > LARGE else nullcontext():
                yield json.loads(piece.rstrip(WHITESPACE + ","))
        except MemoryError:
            yield BadRecord(_too_large(mebibytes))
        except (ValueError, RecursionError) as error:
            yield BadRecord(f"broken JSON ({_describe(error)}); correct or remove it", broken=True)


def is_object(line: str) -> bool:
    """Whether a line is a complete JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _read(value: object, mapper: FieldMapper, number: int | str | None) -> RawRecord | BadRecord:
    if not isinstance(value, dict):
        return BadRecord("not a JSON object; an article is written {“title”: …, “text”: …}", number)
    if reason := too_many(tuple(value)):
        return BadRecord(reason, number)
    value |= mapper.mapped_values(value)
    names = tuple(value)
    if not mapper.has("text", names):
        listed = list_names(_with_inner(value))
        return BadRecord(f"no text among its fields ({listed}); name the one that holds it: --map text=FIELD", number)
    return RawRecord(mapper.fields(names, tuple(value.values())), number)


def _with_inner(value: Mapping[str, object]) -> Iterator[str]:
    """The names of an object, those of the objects in it after their own: `data.title`."""
    for name, inner in value.items():
        if isinstance(inner, dict) and inner:
            yield from (f"{name}.{key}" for key in inner)
        else:
            yield name


def list_names(names: Iterable[str]) -> str:
    """Format field names for a message, shortened to fit one line."""
    listed = [" ".join(name.split())[:40] or "(no name)" for name in names]
    more = f" and {len(listed) - NAMES_SHOWN} more" if len(listed) > NAMES_SHOWN else ""
    return (", ".join(listed[:NAMES_SHOWN]) or "none") + more


def _skip(text: str, position: int, characters: re.Pattern[str]) -> int:
    skipped = characters.match(text, position)
    return skipped.end() if skipped else position


def _too_large(mebibytes: int) -> str:
    return f"it takes more than {mebibytes:,} MiB of memory to read; split it, or raise KLIPING_RECORD_MEMORY"


def _describe(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()}, character {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number too long"


def _line(text: str, error: ValueError | RecursionError, position: int) -> str:
    place = error.pos if isinstance(error, json.JSONDecodeError) else position
    return f", line {text.count(chr(10), 0, place) + 1}"
