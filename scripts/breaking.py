"""Finds places in a program's code that can be broken, and writes code in which each can be, by its number.

A place is one condition, one returned value, one call or the whole body of a function. The code that is
written asks `struck(NUMBER)` there (reached.py): where that says yes, it does something else than before. So
one copy of the program serves all places, whether tests are recorded or a place is broken, and the same place
is broken in the same way in another state of the program, where the function is the same.

Left out is what no test needs to notice: types, words for people, the log, and what changes nothing.
"""

from __future__ import annotations

import ast
import copy
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

Function = ast.FunctionDef | ast.AsyncFunctionDef
NEGATED, SWAPPED, BOUNDARY = "condition negated", "`and` and `or` swapped", "boundary moved"
RETURNED, LEFT_OUT, EMPTIED = "returned value changed", "call left out", "body emptied"
SPEAKS = frozenset(
    {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy", "npgettext"}
)
SAYS = frozenset({"log", "logger", "messages", "warnings", "stdout", "stderr"})
"""Objects whose methods only report."""
TELLS = frozenset({"print", "echo", "say", "sleep", "cache_clear", "close", "flush", "collect"})
SHOWN = frozenset({"__repr__", "__str__", "__hash__"})
DECLARED = frozenset({"abstractmethod", "overload"})
MOVED = {ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt}


@dataclass(frozen=True)
class Break:
    """One way to break a function: `was` is replaced by `becomes`."""

    kind: str
    node: ast.AST
    was: str
    becomes: str


@dataclass(frozen=True)
class Cut:
    """A number, and the break that it stands for."""

    number: int
    function: str
    index: int


def functions_of(module: ast.Module) -> dict[str, Function]:
    """Return the functions of a module by their dotted names, but not those that share one."""
    found = [*_functions(module, "")]
    often = Counter(name for name, _node in found)
    return {name: node for name, node in found if often[name] == 1}


def _functions(node: ast.AST, within: str) -> Iterator[tuple[str, Function]]:
    for each in ast.iter_child_nodes(node):
        if isinstance(each, Function | ast.ClassDef):
            name = f"{within}{each.name}"
            if isinstance(each, Function):
                yield name, each
            yield from _functions(each, f"{name}.")
        elif isinstance(each, ast.stmt | ast.excepthandler):
            yield from _functions(each, within)


def same_functions(one: ast.Module, other: ast.Module) -> Iterator[tuple[str, list[Break]]]:
    """Yield the functions that are the same in two states of a module, with the ways to break each."""
    there = functions_of(other)
    for name, node in functions_of(one).items():
        if name in there and ast.dump(node) == ast.dump(there[name]) and (ways := breaks_of(node)):
            yield name, ways


def breaks_of(function: Function) -> list[Break]:
    """Return the ways to break a function, always in the same order."""
    if function.name in SHOWN or DECLARED & {*_names(*function.decorator_list)}:
        return []
    found = [each for node in _own_nodes(function) for each in _breaks_at(node, function)]
    return [*found, *_emptied(function)]


def _own_nodes(function: Function) -> Iterator[ast.AST]:
    """What stands in a function itself, not in one within it; no text with values in it, whose places Python
    does not know."""
    rest: list[ast.AST] = list(reversed(function.body))
    while rest:
        node = rest.pop()
        if not isinstance(node, Function | ast.ClassDef | ast.JoinedStr):
            yield node
            rest += reversed([*ast.iter_child_nodes(node)])


def _breaks_at(node: ast.AST, function: Function) -> Iterator[Break]:
    for condition in _conditions(node):
        yield Break(NEGATED, condition, ast.unparse(condition), f"not ({ast.unparse(condition)})")
    if isinstance(node, ast.BoolOp):
        other = copy.deepcopy(node)
        other.op = ast.And() if isinstance(node.op, ast.Or) else ast.Or()
        yield Break(SWAPPED, node, ast.unparse(node), ast.unparse(other))
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in MOVED:
        moved = copy.deepcopy(node)
        moved.ops = [MOVED[type(node.ops[0])]()]
        yield Break(BOUNDARY, node, ast.unparse(node), ast.unparse(moved))
    if isinstance(node, ast.Return) and node.value is not None and not _is_nothing(node.value, function):
        text = ast.unparse(node.value)
        truth = isinstance(function.returns, ast.Name) and function.returns.id == "bool"
        yield Break(RETURNED, node.value, text, f"not ({text})" if truth else "None")
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call) and not _only_tells(node.value):
        yield Break(LEFT_OUT, node.value, ast.unparse(node.value), "None")


def _conditions(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.If) and not all(_is_word(each) for each in (*node.body, *node.orelse)):
        yield node.test
    if isinstance(node, ast.IfExp) and not _speaks(node):
        yield node.test
    if isinstance(node, ast.comprehension):
        yield from node.ifs


def _is_word(statement: ast.stmt) -> bool:
    """Whether a statement only reports."""
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Constant) or (isinstance(call, ast.Call) and _only_tells(call))


def _only_tells(call: ast.Call) -> bool:
    owner = call.func.value if isinstance(call.func, ast.Attribute) else None
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    return name in TELLS or bool(owner is not None and SAYS & {*_names(owner)}) or _speaks(call)


def _is_nothing(value: ast.expr, function: Function) -> bool:
    """Whether a returned value is none already, is words for people, or is not what the caller gets."""
    none = isinstance(value, ast.Constant) and value.value is None
    return none or _speaks(value) or _yields(function)


def _emptied(function: Function) -> Iterator[Break]:
    statements = [each for each in function.body if not _is_docstring(each)]
    returned = [node.value for node in _own_nodes(function) if isinstance(node, ast.Return) and node.value]
    does_something = not all(isinstance(each, ast.Pass | ast.Raise) or _is_word(each) for each in statements)
    returns_none = len(statements) == 1 and isinstance(statements[0], ast.Return) and not returned
    if (
        does_something
        and not returns_none
        and not any(map(_speaks, returned))
        and statements[0].lineno > function.lineno
    ):
        yield Break(EMPTIED, statements[0], f"{function.name}: {len(statements)} statements", "return")


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _yields(function: Function) -> bool:
    return any(isinstance(node, ast.Yield | ast.YieldFrom) for node in _own_nodes(function))


def _speaks(node: ast.AST) -> bool:
    return bool(SPEAKS & {*_names(node)})


def _names(*nodes: ast.AST) -> Iterator[str]:
    for each in nodes:
        for node in ast.walk(each):
            if isinstance(node, ast.Name):
                yield node.id
            elif isinstance(node, ast.Attribute):
                yield node.attr


def breakable(source: str, cuts: list[Cut], asked: str) -> str:
    """Return a module's source in which each of these places can be broken; `asked`: the file of `struck`."""
    module, data = ast.parse(source), source.encode()
    functions, starts = functions_of(module), _line_starts(data)
    edits = [_edit(data, starts, breaks_of(functions[cut.function])[cut.index], cut.number) for cut in cuts]
    heading = (
        f'exec(__import__("pathlib").Path({asked!r}).read_text(), _places := {{"__file__": {asked!r}}})\n'
    )
    edits.append((starts[_first(module) - 1], starts[_first(module) - 1], heading))
    for start, end, text in sorted(edits, reverse=True):
        data = data[:start] + text.encode() + data[end:]
    compile(data, "the broken module", "exec")
    return data.decode()


def _line_starts(data: bytes) -> list[int]:
    starts = [0]
    for line in data.split(b"\n"):
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _edit(data: bytes, starts: list[int], one: Break, number: int) -> tuple[int, int, str]:
    node: ast.expr | ast.stmt = one.node  # type: ignore[assignment]
    start = starts[_line_of(node) - 1] + (node.col_offset if one.kind != EMPTIED else 0)
    asks = f'_places["struck"]({number})'
    if one.kind == EMPTIED:
        return start, start, f"{' ' * node.col_offset}if {asks}: return\n"
    end = starts[(node.end_lineno or node.lineno) - 1] + (node.end_col_offset or 0)
    return start, end, f"(({one.becomes}) if {asks} else ({data[start:end].decode()}))"


def _line_of(node: ast.expr | ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", [])
    return min([node.lineno, *(each.lineno for each in decorators)])


def _first(module: ast.Module) -> int:
    """The line of the first statement that may have one before it."""
    for each in module.body:
        if not _is_docstring(each) and not (isinstance(each, ast.ImportFrom) and each.module == "__future__"):
            return _line_of(each)
    return len(module.body) + 1
