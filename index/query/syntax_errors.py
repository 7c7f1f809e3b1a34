"""Why the grammar refuses a text, told from the terminals up to the one it stopped at.

The parser knows only what it could have gone on with. A reader is helped by the one sign to mend: the operator without
a part, the field without a value, the quotation mark or parenthesis without its fellow.
"""

from collections.abc import Iterable
from itertools import takewhile
from typing import Final

from lark import Token
from lark.exceptions import UnexpectedInput, UnexpectedToken

from index.query.errors import BadQuery, Problem

_OPERATORS: Final = frozenset({"_OR", "_AND", "NOT", "MINUS"})


def explained(text: str, error: UnexpectedInput, terminals: Iterable[Token]) -> BadQuery:
    """What a reader can do about a refused text; `terminals` are all of the text's, in order."""
    if not isinstance(error, UnexpectedToken):  # only a quotation mark without its fellow begins no terminal
        return BadQuery(Problem.UNCLOSED_QUOTE, error.pos_in_stream or 0)
    found = error.token
    position = len(text) if found.type == "$END" else _start(found)
    before = list(takewhile(lambda terminal: _start(terminal) < position, terminals))
    lacking = _lacking(found, before[-1] if before else None)
    if lacking is None:
        return _unpaired(found, before)
    problem = Problem.MISSING_VALUE if lacking.type == "FIELD" else Problem.DANGLING_OPERATOR
    return BadQuery(problem, _start(lacking), lacking)


def _lacking(found: Token, previous: Token | None) -> Token | None:
    """The field without a value or operator without a part, if one is at fault."""
    if previous is not None and previous.type == "FIELD":
        return previous
    if found.type in _OPERATORS:
        return found
    return previous if previous is not None and previous.type in _OPERATORS else None


def _unpaired(found: Token, before: list[Token]) -> BadQuery:
    """The parenthesis that is not closed, not opened, or empty."""
    if found.type == "$END":
        return BadQuery(Problem.UNCLOSED_PARENTHESIS, _opened(before))
    if before and before[-1].type == "_OPEN":
        return BadQuery(Problem.EMPTY_PARENTHESES, _start(before[-1]))
    return BadQuery(Problem.STRAY_PARENTHESIS, _start(found))


def _opened(before: list[Token]) -> int:
    """Where the innermost parenthesis that is still open stands."""
    opened: list[int] = []
    for terminal in before:
        if terminal.type == "_OPEN":
            opened.append(_start(terminal))
        elif terminal.type == "_CLOSE":
            opened.pop()
    return opened[-1]


def _start(terminal: Token) -> int:
    return terminal.start_pos or 0
