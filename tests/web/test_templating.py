"""The environment of the templates does what Jinja's own does, in less time."""

import pytest
from flask import Flask
from flask.templating import Environment
from jinja2 import DictLoader, UndefinedError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from web.serving.templating import LeanEnvironment, escaped

TEMPLATES = {
    "macros.html": "{% macro said(x) %}<b>{{ x }}</b>{{ caller() if caller }}{% endmacro %}",
    "page.html": (
        "{% from 'macros.html' import said %}"
        "{% for one in values %}{% set held = one %}{{ said(one) }}{{ named('held') }}{% endfor %}"
        "{% call said('c') %}{{ plain('<') }}{% endcall %}"
    ),
    "named.html": (
        "{% macro both(x, y='>', z='') %}{{ x }}{{ y }}{{ z }}{% endmacro %}"
        "{{ both('<') }}{{ both('<', 2) }}{{ both('<', 2, 3) }}{{ both(y=1, x=2) }}{{ both('<', z='&') }}"
    ),
    "absent.html": "{{ nothing() }}",
    "no-attribute.html": "{{ values.nothing }}",
    "no-function.html": "{{ values() }}",
}


@pass_context
def named(context: Context, name: str) -> str:
    """What the loop of the template calls so."""
    return f"[{context.get(name)}]"


def made(kind: type[Environment]) -> Environment:
    environment = kind(Flask(__name__), loader=DictLoader(TEMPLATES), autoescape=True)
    environment.globals.update(named=named, plain=lambda text: Markup("%s") % text)
    return environment


def test_macros_functions_and_those_that_want_the_context_are_called() -> None:
    lean, plain = (
        made(kind).get_template("page.html").render(values=["<", 2]) for kind in (LeanEnvironment, Environment)
    )
    assert lean == plain
    assert "<b>&lt;</b>[&lt;]<b>2</b>[2]<b>c</b>&lt;" in lean


def test_arguments_of_macros_may_be_named_and_left_out() -> None:
    lean, plain = (made(kind).get_template("named.html").render() for kind in (LeanEnvironment, Environment))
    assert lean == plain == "&lt;&gt;&lt;2&lt;2321&lt;&gt;&amp;"


class Title(str):
    """A text of another kind."""

    __slots__ = ()


class Bold:
    """A value that says itself how it is written in HTML."""

    def __html__(self) -> str:
        return "<b>&amp;</b>"


@pytest.mark.parametrize(
    "value", ["<a href='x'>&amp;\"</a>", "", Title("<"), Markup("<b>"), Bold(), 3, 2.5, None, True, ["<"], ("é", "&")]
)
def test_values_are_escaped_as_by_jinja(value: object) -> None:
    assert str(escaped(value)) == str(escape(value))
    lean, plain = (
        made(kind).from_string("{{ x }}{% set y %}{{ x }}{% endset %}{{ y }}")
        for kind in (LeanEnvironment, Environment)
    )
    assert lean.render(x=value) == plain.render(x=value)


@pytest.mark.parametrize(
    ("name", "kind"),
    [("absent.html", UndefinedError), ("no-function.html", TypeError), ("no-attribute.html", AttributeError)],
)
def test_what_is_not_there_is_an_error(name: str, kind: type[Exception]) -> None:
    with pytest.raises(kind):
        made(LeanEnvironment).get_template(name).render(values=[])
