"""JSON: one object a line, or an array of objects, or a single one.

Lines are read one by one, so that a file may be larger than memory and a broken line costs one article. An array has
no lines to start again from: it is read up to its first error, which is named. Its members are counted, since all of
them may stand on one line, and laying the file out anew should rename none.
"""

import json
from collections.abc import Iterable, Iterator

from archive.reading.field_names import Draft, Flaw, Recognition

BLANKS = " \t\r\n"
BETWEEN = BLANKS + ","  # what stands between the values of an array
NAMES_SHOWN = 12


def from_lines(lines: Iterable[str], recognition: Recognition) -> Iterator[Draft | Flaw]:
    """The articles of JSON Lines; empty lines are passed over."""
    for number, line in enumerate(lines, 1):
        stripped = line.strip(BLANKS)
        if not stripped:
            continue
        try:
            value = json.loads(stripped)
        except (ValueError, RecursionError) as error:
            yield Flaw(f"the line is broken JSON ({_complaint(error)}); correct or remove it", number)
        else:
            yield _read(value, recognition, number)


def from_whole(text: str, recognition: Recognition) -> Iterator[Draft | Flaw]:
    """The articles of an array or of objects one after another, counted, or the one of a single object."""
    position = _skipped(text, 0, BLANKS)
    in_array = text.startswith("[", position)
    position = _skipped(text, position + in_array, BETWEEN)
    number, decoder = 0, json.JSONDecoder()
    while position < len(text) and not (in_array and text[position] == "]"):
        number += 1
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            reason = f"broken JSON ({_complaint(error)}{_line(text, error, position)})"
            yield Flaw(f"{reason}; nothing after it was read: correct it and read again", number)
            return
        position = _skipped(text, position, BETWEEN)
        alone = not in_array and number == 1 and position == len(text)
        yield _read(value, recognition, None if alone else number)
    if in_array and position == len(text):
        yield Flaw("the array has no end: the file was cut short", number or None)


def is_object(line: str) -> bool:
    """Whether a line by itself is a JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _read(value: object, recognition: Recognition, number: int | None) -> Draft | Flaw:
    if not isinstance(value, dict):
        return Flaw("not a JSON object; an article is written {“title”: …, “text”: …}", number)
    names = tuple(value)
    if not recognition.has("text", names):
        return Flaw(f"no text among its fields ({shown(names)}); name the one that holds it: --map text=FIELD", number)
    return Draft(recognition.fields(names, tuple(value.values())), number)


def shown(names: Iterable[str]) -> str:
    """Names of a file as a keeper can read them in one line, however many and long they are."""
    listed = [" ".join(name.split())[:40] or "(no name)" for name in names]
    more = f" and {len(listed) - NAMES_SHOWN} more" if len(listed) > NAMES_SHOWN else ""
    return (", ".join(listed[:NAMES_SHOWN]) or "none") + more


def _skipped(text: str, position: int, characters: str) -> int:
    while position < len(text) and text[position] in characters:
        position += 1
    return position


def _complaint(error: ValueError | RecursionError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()}, character {error.colno}"
    return "nested too deeply" if isinstance(error, RecursionError) else "a number too long"


def _line(text: str, error: ValueError | RecursionError, position: int) -> str:
    place = error.pos if isinstance(error, json.JSONDecodeError) else position
    return f", line {text.count(chr(10), 0, place) + 1}"
