"""Words of the program that people read in English alone, because nothing translates them."""

import ast
import re
from collections.abc import Iterable, Iterator

from tests.gates.next_steps import called

GETTEXT = {"_"} | {
    f"{kind}gettext{ending}" for kind in ("", "n", "p", "np") for ending in ("", "_lazy", "_noop")
}
SENTENCE = re.compile(r"[A-Z][a-z’]+(?: [\w’,:;“”()–-]+){2,}")
"""Three words, of which the first begins with a capital: no name of the code does."""
SHORT = re.compile(r"[A-Z][a-z]")
"""Where people read whatever is given, one word is enough."""
TELL = {
    *("AlreadyDone", "BadInput", "NotAllowed", "NotFound", "NotNow", "Refused", "SchoolgateError"),
    *("ValidationError", "add_error", "add_message", "error", "info", "success", "warning"),
}
TOLD = {"empty_label", "heading", "help_text", "hint", "label", "lead", "message", "next_step", "title"}
OTHER_PROGRAMS_READ_IT = "Schoolgate ("
"""The name with which we fetch a page of another server."""


def untranslated(nodes: Iterable[ast.AST]) -> Iterator[tuple[int, str]]:
    """Yield the line and the words of each sentence, label or message of a module that is told without
    gettext; docstrings are none."""
    nodes = [*nodes]
    calls = [node for node in nodes if type(node) is ast.Call]
    short = {id(text) for call in calls for text in _texts(_told(call))}
    found = [
        node
        for node in nodes
        if type(node) is ast.Constant and type(node.value) is str and SHORT.match(node.value)
        if id(node) in short or SENTENCE.match(node.value)
        if not node.value.startswith(OTHER_PROGRAMS_READ_IT)
    ]
    if found:
        translated = {id(text) for call in calls if called(call) in GETTEXT for text in _texts(call.args)}
        translated |= {id(node.value) for node in nodes if type(node) is ast.Expr}
        yield from ((node.lineno, node.value) for node in found if id(node) not in translated)


def _told(call: ast.Call) -> list[ast.expr]:
    told = [word.value for word in call.keywords if word.arg in TOLD]
    return [*call.args, *told] if called(call) in TELL else told


def _texts(given: Iterable[ast.expr]) -> Iterator[ast.Constant]:
    """The texts that are written out, those within a mapping or a list too; not what is called for."""
    rest: list[ast.AST] = [*given]
    while rest:
        node = rest.pop()
        if isinstance(node, ast.Constant):
            yield node
        elif isinstance(node, ast.JoinedStr | ast.Dict | ast.List | ast.Tuple | ast.BinOp | ast.IfExp):
            rest += node.values if isinstance(node, ast.Dict | ast.JoinedStr) else ast.iter_child_nodes(node)
