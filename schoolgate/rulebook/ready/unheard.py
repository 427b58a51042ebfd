"""The words of a clause that a ready rule knows nothing of: it never claims to say the whole of them."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.matching import unaccented
from schoolgate.rulebook.ready.model import Choice, ReadyRule, Role, Several, Values
from schoolgate.rulebook.yaml_text import plain

_WORD = re.compile(r"(?<!·)[^\W\d_]+")
"""A word; what is left of one whose beginning was heard is none."""
_FILE = Path(__file__).with_name("unheard.yaml")
_WORDS = plain(_FILE.read_bytes(), _FILE.name, words=True)
_ALIKE = tuple(frozenset(each.split()) for each in _WORDS["alike"])
"""Words that say the same: a rule that knows one of them knows the others."""
_NEUTRAL = frozenset(_WORDS["neutral"].split())
"""Words with which no clause asks for anything of its own."""
_OFFICES = frozenset(_WORDS["offices"].split())
"""The words of a role, where one was filled in."""


def unheard(ready: ReadyRule, says: str, values: Values) -> Iterator[int]:
    """Yield where in a sentence each word begins that this ready rule, filled in so, knows nothing of."""
    known = _known(ready.key) | _filled_in(ready, values)
    named = any(values.get(one) for one in ready.roles)
    for found in _WORD.finditer(says):
        word = unaccented(found[0])
        if named and found[0].isupper():
            continue  # a role in short, such as DSL
        if word not in known and word not in _NEUTRAL and not _other_ending(word, known):
            yield found.start()


def _other_ending(word: str, known: frozenset[str]) -> bool:
    doing = word.endswith("ing") and not known.isdisjoint((word[:-3], f"{word[:-3]}e", f"{word[:-3]}s"))
    return doing or (word.endswith("s") and word[:-1] in known) or f"{word}s" in known


@cache
def _known(key: str) -> frozenset[str]:
    ready = ready_rules()[key]
    return _with_alike(" ".join([*ready.words, ready.says, ready.title, ready.holds, ready.knows]))


def _with_alike(text: str) -> frozenset[str]:
    words = {*_WORD.findall(unaccented(text))}
    return frozenset(words.union(*(each for each in _ALIKE if each & words)))


def _filled_in(ready: ReadyRule, values: Values) -> frozenset[str]:
    """Return the words of what was filled in."""
    texts: list[str] = []
    named = False
    for name, field in ready.fields.items():
        value = values.get(name) or ""
        if isinstance(field, Role):
            texts.append(str(value))
            named = named or bool(value)
        elif isinstance(field, Choice | Several):
            chosen = value if isinstance(value, tuple) else (value,)
            each: list[Mapping[str, str]] = [field.options, field.said, field.hints]
            texts += [one.get(key, "") for key in chosen for one in each]
    return _with_alike(" ".join(texts)) | (_OFFICES if named else frozenset())
