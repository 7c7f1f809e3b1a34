"""JSON: one object a line, or an array of objects, or a single one.

Lines are read one by one, so that a file may be larger than memory and a broken line costs one article. An array has
no lines to start again from: it is read up to its first error, which is named.
"""

import json
from collections.abc import Iterable, Iterator

from archive.fields import Draft, Flaw, Recognition

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
    """The articles of an array, of objects one after another, or the one of a single object, which needs no line."""
    position = _skipped(text, 0, BLANKS)
    in_array = text.startswith("[", position)
    position = _skipped(text, position + in_array, BETWEEN)
    line, counted, decoder = 1, 0, json.JSONDecoder()
    while position < len(text) and not (in_array and text[position] == "]"):
        line, counted = line + text.count("\n", counted, position), position
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError) as error:
            yield Flaw(f"broken JSON ({_complaint(error)}); nothing after it was read: correct it and read again", line)
            return
        position = _skipped(text, position, BETWEEN)
        alone = not in_array and not counted and position == len(text)
        yield _read(value, recognition, None if alone else line)
    if in_array and position == len(text):
        yield Flaw("the array has no end: the file was cut short", line)


def is_object(line: str) -> bool:
    """Whether a line by itself is a JSON object."""
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _read(value: object, recognition: Recognition, line: int | None) -> Draft | Flaw:
    if not isinstance(value, dict):
        return Flaw("not a JSON object; an article is written {“title”: …, “text”: …}", line)
    names = tuple(value)
    if not recognition.has("text", names):
        return Flaw(f"no text among its fields ({shown(names)}); name the one that holds it: --map text=FIELD", line)
    return Draft(recognition.fields(names, tuple(value.values())), line)


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
