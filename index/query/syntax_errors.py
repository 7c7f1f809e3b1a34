"""Syntax errors: turns a parser error into a `BadQuery` that names the one thing to fix.

The parser only knows which terminals it expected. This module looks at the terminals before the error and finds the
operator without an operand, the field without a value, or the unpaired quotation mark or parenthesis.
"""

from collections.abc import Iterable
from itertools import takewhile
from typing import Final

from lark import Token
from lark.exceptions import UnexpectedInput, UnexpectedToken

from index.query.errors import BadQuery, Problem

_OPERATORS: Final = frozenset({"_OR", "_AND", "NEAR", "NOT", "MINUS"})


def explain_syntax_error(text: str, error: UnexpectedInput, terminals: Iterable[Token]) -> BadQuery:
    """Return the error for a text that the parser rejected. `terminals` are all terminals of the text, in order."""
    if not isinstance(error, UnexpectedToken):  # only an unpaired quotation mark starts no terminal
        return BadQuery(Problem.UNCLOSED_QUOTE, error.pos_in_stream or 0)
    found = error.token
    position = len(text) if found.type == "$END" else _start(found)
    before = list(takewhile(lambda terminal: _start(terminal) < position, terminals))
    incomplete = _incomplete(found, before[-1] if before else None)
    if incomplete is None:
        return _unpaired(found, before)
    problem = Problem.MISSING_VALUE if incomplete.type == "FIELD" else Problem.DANGLING_OPERATOR
    return BadQuery(problem, _start(incomplete), incomplete)


def _incomplete(found: Token, previous: Token | None) -> Token | None:
    """The field without a value or the operator without an operand, if that is the error."""
    if previous is not None and previous.type == "FIELD":
        return previous
    if found.type in _OPERATORS:
        return found
    return previous if previous is not None and previous.type in _OPERATORS else None


def _unpaired(found: Token, before: list[Token]) -> BadQuery:
    """The error of a parenthesis that is not closed, not opened, or empty."""
    if found.type == "$END":
        return BadQuery(Problem.UNCLOSED_PARENTHESIS, _innermost_open(before))
    if before and before[-1].type == "_OPEN":
        return BadQuery(Problem.EMPTY_PARENTHESES, _start(before[-1]))
    return BadQuery(Problem.STRAY_PARENTHESIS, _start(found))


def _innermost_open(before: list[Token]) -> int:
    """The position of the innermost parenthesis that is still open."""
    opened: list[int] = []
    for terminal in before:
        if terminal.type == "_OPEN":
            opened.append(_start(terminal))
        elif terminal.type == "_CLOSE":
            opened.pop()
    return opened[-1]


def _start(terminal: Token) -> int:
    return terminal.start_pos or 0
