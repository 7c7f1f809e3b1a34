"""Jinja for pages of some thousand small values: what its general runtime asks of each call and import, once.

A third of the time of a page is Jinja's. Its `Context.call` looks twice whether what is called wants the context, each
import of macros compares the names of all globals, though the globals of this app are the same in all its templates,
each of a thousand values becomes an object of its own before it is joined with the others, and each of two thousand
attributes is also looked for as an item.

Here `one.name` in a template is the attribute of a value, as in Python. One that is not there is an error, not an empty
text, and an item of a mapping is `one["name"]`.
"""

from collections.abc import MutableMapping
from types import CodeType
from typing import Any, cast

from flask.templating import Environment
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import Environment as AnyEnvironment
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape
from markupsafe import _escape_inner as escape_text  # type: ignore[attr-defined]  # what `escape` does to a string

PASSED = frozenset({"caller", "super", "self", "loop", "joiner", "cycler", "lipsum", "namespace"})  # Jinja's own
PASSES_MORE = "jinja_pass_arg"  # what `jinja2.pass_context` and the like set on a function


class LeanContext(Context):
    """A context that calls functions without looking for callable objects behind them."""

    def call(__self, __obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: N805  # Jinja's own names
        """Call a function or macro; functions that want the context, and absent ones, are left to Jinja."""
        kind = type(__obj)
        wants = __obj.__dict__.get(PASSES_MORE, None) if kind is _Function else getattr(__obj, PASSES_MORE, None)
        if wants is not None or not callable(__obj):
            return super().call(__obj, *args, **kwargs)
        kwargs.pop("_loop_vars", None)
        kwargs.pop("_block_vars", None)
        return __obj(*args, **kwargs)


_Function = type(lambda: None)


def escaped(value: object) -> str:
    """Escape what is no plain string for HTML; numbers need none."""
    return str(value) if type(value) is int else escape(value)


class LeanMacro(Macro):
    """A macro that is called with its arguments in their places without sorting them."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        plain = not (self.caller or self.catch_kwargs or self.catch_varargs)
        self._exact = self._argument_count if plain else None

    def __call__(self, *args: Any, **kwargs: Any) -> str:
        """Call it; arguments that are named, left out or too many are Jinja's to sort."""
        if kwargs or self._exact != len(args):
            return super().__call__(*args, **kwargs)
        return Markup(self._func(*args))  # noqa: S704  # made of values that were escaped


class SharedTemplate(Template):
    """A template whose macros are evaluated once, whichever template imports them."""

    @classmethod
    def from_code(
        cls,
        environment: AnyEnvironment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002  # Jinja's own name
        uptodate: Any = None,
    ) -> "SharedTemplate":
        """Make a template of compiled code, which uses this module's own for what it would import of Jinja's."""
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__.update(escape=escaped, escape_text=escape_text, Macro=LeanMacro)
        return cast("SharedTemplate", made)

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002  # see the module
        return super()._get_default_module()


class DirectCode(CodeGenerator):
    """Compiles calls, attributes and escaping into what Python does fastest.

    Jinja's own code asks the context for each call, and hands it the variables of the loop around it. That is left as
    it is for what is called by a name of Jinja's own, which may want the context, and for arguments that are unpacked.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        """Write an attribute of a value."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("(escape_text(shown) if (kind := type(shown := (")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_post(node, frame, finalize)
        else:
            self.write("))) is str else shown if kind is Markup else escape(shown))")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802
        """Write a call."""
        if node.dyn_args or node.dyn_kwargs or self._wants_more(node.node):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _wants_more(self, called: nodes.Expr) -> bool:
        if not isinstance(called, nodes.Name):
            return False
        known = self.environment.globals.get(called.name)
        return called.name in PASSED or getattr(known, PASSES_MORE, None) is not None


class LeanEnvironment(Environment):
    """The environment of the app's templates."""

    code_generator_class = DirectCode
    context_class = LeanContext
    template_class = SharedTemplate
