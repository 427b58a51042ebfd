"""YAML as plain data, from untrusted text: one clear error with file and line, and bounded memory.

Two readings of words: in packs `yes`, `no`, `on` and `off` mean what YAML says; in scenarios they stay
words, because `on` is the name of a fact, and days stay as written."""

from collections.abc import Sequence
from typing import Any

import yaml

from schoolgate.rulebook.errors import BadPack

LARGEST = 2_000_000
"""Bytes of one file. The largest policy that we know has a tenth of it."""
DEEPEST = 40
LONGEST_NUMBER = 18
"""Signs of a number. YAML counts 1:1:1:1 to the base of sixty, in quadratic time; of longer numbers thousands
can be found that a table of keys cannot tell apart quickly."""
MOST_DIRECTIVES = 10
"""Lines that begin with %TAG before the text: each is compared with all before it."""
_Safe: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"
_STR, _BOOL, _DAY = f"{_TAG}str", f"{_TAG}bool", f"{_TAG}timestamp"
_LIST, _MAPPING = f"{_TAG}seq", f"{_TAG}map"
_OF_ONE_WORD = frozenset({_BOOL, _DAY, f"{_TAG}int", f"{_TAG}float", f"{_TAG}null"})


class _NotUsual(Exception):
    """What few files have: anchors, tags, keys that are no words."""


class _Plain(_Safe):  # type: ignore[misc]
    """Plain data only; a repeated key in one mapping is an error, and the last one does not win."""

    def __init__(self, stream: Any) -> None:
        super().__init__(stream)
        self._looked_at: set[int] = set()

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Any:
        """Return the tag of a value written without one: the library's, without its extra checks."""
        if kind is not yaml.ScalarNode:
            return _LIST if kind is yaml.SequenceNode else _MAPPING
        if implicit[0]:  # without quotes
            for tag, pattern in self.yaml_implicit_resolvers.get(value[:1], ()):
                if pattern.match(value):
                    return tag
        return _STR

    def construct_document(self, node: Any) -> Any:
        """Words, lists and mappings at once, in half the time; where there is anything else, or something
        is wrong, as the library does it."""
        try:
            return self._usual(node, {})
        except (_NotUsual, yaml.YAMLError, RecursionError):
            return super().construct_document(node)

    def _usual(self, node: Any, made: dict[int, Any]) -> Any:
        """`made`: lists and mappings by their nodes, for aliases; nothing while one is being made."""
        if node.__class__ is yaml.ScalarNode:
            if node.tag == _STR:
                return node.value
            if node.tag in _OF_ONE_WORD:
                return self.yaml_constructors[node.tag](self, node)
            raise _NotUsual
        if id(node) in made:
            if made[id(node)] is None:
                raise _NotUsual
            return made[id(node)]
        made[id(node)] = None
        found: Any
        if node.tag == _LIST:
            found = [self._usual(one, made) for one in node.value]
        elif node.tag == _MAPPING:
            found = {}
            for key, value in node.value:
                if key.tag != _STR or key.value in found:
                    raise _NotUsual
                found[key.value] = self._usual(value, made)
        else:
            raise _NotUsual
        made[id(node)] = found
        return found

    def flatten_mapping(self, node: Any) -> None:
        if id(node) not in self._looked_at:  # before the values merged with << are put into it
            self._looked_at.add(id(node))
            scalars = [key for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
            keys = [key.value for key in scalars]
            for key in scalars:
                if key.tag == _BOOL:
                    why = f'write "{key.value}" in quotes: without them it is yes or no'
                    raise yaml.constructor.ConstructorError(None, None, why, key.start_mark)
            if len(set(keys)) != len(keys):
                raise yaml.constructor.ConstructorError(None, None, "a key stands twice", node.start_mark)
        super().flatten_mapping(node)


def _marked(name: str) -> None:
    """Report invalid values of this type (30 February, a number of a million digits) with their line."""
    tag = _TAG + name
    construct = _Plain.yaml_constructors[tag]

    def with_line(loader: Any, node: Any) -> Any:
        if name in ("int", "float") and len(node.value) > LONGEST_NUMBER:
            raise yaml.constructor.ConstructorError(None, None, "a number that long is none", node.start_mark)
        try:
            return construct(loader, node)
        except (ValueError, OverflowError) as error:
            raise yaml.constructor.ConstructorError(None, None, str(error), node.start_mark) from None

    _Plain.add_constructor(tag, with_line)


for _name in ("int", "float", "timestamp", "binary"):
    _marked(_name)


class _Words(_Plain):
    """The same, except that only true and false are yes and no, and that days stay text."""


_Words.yaml_implicit_resolvers = {
    first: [(tag, how) for tag, how in rules if tag != _DAY and (tag != _BOOL or first in "tTfF")]
    for first, rules in _Words.yaml_implicit_resolvers.items()
}


def plain(text: bytes, name: str, *, words: bool = False) -> Any:
    """What a file of ours says. `name`: the file, for the error. Raises BadPack with name and line."""
    try:
        return yaml.load(text, _Words if words else _Plain)  # noqa: S506 - both are safe loaders
    except (yaml.YAMLError, ValueError, TypeError, RecursionError) as error:
        raise BadPack(_where(name, error), _why(error)) from None


def guarded(text: bytes, name: str) -> Any:
    """Return the same for a file from elsewhere: text that is too long, too deep, or refers to itself (so
    that little text could become much) is refused before anything is built."""
    if len(text) > LARGEST:
        raise BadPack(name, f"more than {LARGEST // 1_000_000} MB")
    try:
        text.decode()
    except UnicodeDecodeError:
        raise BadPack(name, "its letters are not UTF-8") from None
    if text.count(b"%TAG") > MOST_DIRECTIVES:
        raise BadPack(name, "too many lines that begin with %TAG")
    depth = 0
    try:
        for event in yaml.parse(text, _Safe):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            elif isinstance(event, yaml.AliasEvent):
                raise BadPack(_line(name, event.start_mark), "aliases (*) are not taken: write it out")
            if depth > DEEPEST:
                raise BadPack(_line(name, event.start_mark), "nested too deeply")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        if isinstance(error, BadPack):
            raise
        raise BadPack(_where(name, error), _why(error)) from None
    return plain(text, name)


def line_of(text: bytes, way: Sequence[str | int]) -> int | None:
    """Return the line of a value; of its container where it is missing. None for empty text."""
    node = yaml.compose(text, _Safe)
    mark = node.start_mark if node is not None else None
    for step in way:
        if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
            mark = node.start_mark
        elif isinstance(node, yaml.MappingNode):
            found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
            if found is None:
                break
            mark, node = found[0].start_mark, found[1]
        else:
            break
    return mark.line + 1 if mark is not None else None


def _where(name: str, error: Exception) -> str:
    return _line(name, getattr(error, "problem_mark", None))


def _line(name: str, mark: Any) -> str:
    return f"{name}, line {mark.line + 1}" if mark is not None else name


def _why(error: Exception) -> str:
    parts = [getattr(error, "context", None), getattr(error, "problem", None)]
    said = ", ".join(part for part in parts if part)
    return said or " ".join(str(error).split())
