"""JSON parsing: JSON Lines, arrays of objects, concatenated objects and single objects.

JSON Lines is streamed: a file may be larger than memory, and a broken line costs one article. An array cannot be
resumed after an error: it is parsed up to the first error, which is reported. Articles of an array are numbered by
position, not by line, so that reformatting the file changes no id.
"""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import nullcontext

from archive.reading.bounds import MEBIBYTES
from archive.reading.decoding import OVERLONG, TOO_LONG
from archive.reading.field_names import BadRecord, FieldMapper, RawRecord, too_many
from archive.reading.memory_limit import limited_memory

WHITESPACE = " \t\r\n"
SPACES = re.compile(r"[ \t\r\n]*+")
SEPARATORS = re.compile(r"[ \t\r\n,]*+")  # between array members
NAMES_SHOWN = 12
LARGE = 1 << 20  # characters; smaller ones take little memory, whatever they hold


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
            yield _read(value, mapper, number)


def from_whole(text: str, mapper: FieldMapper, mebibytes: int = MEBIBYTES) -> Iterator[RawRecord | BadRecord]:
    """Parse an array or concatenated objects, whose articles are numbered, or a single object."""
    position = _skip(text, 0, SPACES)
    in_array = text.startswith("[", position)
    position = _skip(text, position + in_array, SEPARATORS)
    number, decoder = 0, json.JSONDecoder()
    while position < len(text) and not (in_array and text[position] == "]"):
        number += 1
        try:
            with limited_memory(mebibytes) if len(text) > LARGE else nullcontext():
                value, position = decoder.raw_decode(text, position)
        except MemoryError:
            yield BadRecord(f"{_too_large(mebibytes)}; nothing after it was read", number, broken=True)
            return
        except (ValueError, RecursionError) as error:
            reason = f"broken JSON ({_describe(error)}{_line(text, error, position)})"
            yield BadRecord(f"{reason}; nothing after it was read: correct it and read again", number, broken=True)
            return
        position = _skip(text, position, SEPARATORS)
        alone = not in_array and number == 1 and position == len(text)
        yield _read(value, mapper, None if alone else number)
    if in_array and position == len(text):
        yield BadRecord("the array has no end: the file was cut short", number or None, broken=True)


def is_object(line: str) -> bool:
    """Whether a line is a complete JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _read(value: object, mapper: FieldMapper, number: int | None) -> RawRecord | BadRecord:
    if not isinstance(value, dict):
        return BadRecord("not a JSON object; an article is written {“title”: …, “text”: …}", number)
    names = tuple(value)
    if reason := too_many(names):
        return BadRecord(reason, number)
    if not mapper.has("text", names):
        return BadRecord(
            f"no text among its fields ({list_names(names)}); name the one that holds it: --map text=FIELD", number
        )
    return RawRecord(mapper.fields(names, tuple(value.values())), number)


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
