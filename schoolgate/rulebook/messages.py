"""Every sentence that a decision can speak: message key -> English template with named arguments.

The interfaces translate a template before its arguments are filled in:
`gettext(SENTENCES[key]).format(**args)`. Names of the policy's own roles and days come as arguments.
Nothing here knows Django; `gettext_noop` only marks the templates. The tables are gathered from the files
of `sentences/`: each may have SENTENCES, NEEDS, SOURCES and POINTS."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from schoolgate.rulebook import sentences
from schoolgate.rulebook.discover import modules_of
from schoolgate.rulebook.situations import SITUATIONS
from schoolgate.rulebook.situations.base import declared


def _of_facts() -> tuple[dict[str, str], dict[str, str]]:
    """Return the words of NEEDS and of QUESTIONS that are declared with the facts themselves."""
    needs: dict[str, str] = {}
    questions: dict[str, str] = {}
    for one in SITUATIONS.values():
        for path, ask in declared(one.facts):
            if ask.phrase:
                needs[ask.need] = ask.phrase
            if ask.question:
                questions[f"{one.key}:{path}"] = ask.question
    return needs, questions


def _gather(table: str, declared_with_facts: Mapping[str, str] = MappingProxyType({})) -> dict[str, str]:
    gathered = dict(declared_with_facts)
    for module in modules_of(sentences):
        more: Mapping[str, str] = getattr(module, table, {})
        for key, text in more.items():
            if gathered.setdefault(key, text) != text:
                NAMED_TWICE.append(f"{table} {key}: {gathered[key]!r} and, in {module.__name__}, {text!r}")
    return gathered


NAMED_TWICE: list[str] = []
"""Keys with two different texts. There are none: a test checks, lint reports them."""


_NEEDS, _QUESTIONS = _of_facts()

SENTENCES: Mapping[str, str] = _gather("SENTENCES")
"""message key of a finding -> template"""

NEEDS: Mapping[str, str] = _gather("NEEDS", _NEEDS)
"""key of what is still needed, or of a duty -> a phrase such as "the leaving date" """

SOURCES: Mapping[str, str] = _gather("SOURCES")
"""key of the source of a need, where that is not a role of the policy -> a phrase such as "the author" """

POINTS: Mapping[str, str] = _gather("POINTS")
"""point -> its label on a page"""

QUESTIONS: Mapping[str, str] = _gather("QUESTIONS", _QUESTIONS)
"""situation and fact ("contact.accept:other.left_on") -> the question that a person is asked about it"""

CHOICES: Mapping[str, str] = _gather("CHOICES")
"""an answer to choose ("pupil"), or situation, fact and answer where it is called otherwise there -> its
label"""


def in_english(key: str, args: Mapping[str, Any]) -> str:
    """Return the English sentence for a message key; days are written out."""
    return (
        SENTENCES[key].format(**{name: plain(value) for name, value in args.items()})
        if args
        else SENTENCES[key]
    )


def plain(value: object) -> str:
    """Return an argument as English text: days written out, lists with commas, keys as their phrases."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, tuple | list):
        return ", ".join(plain(part) for part in value)
    text = str(value)
    return NEEDS.get(text, SOURCES.get(text, text))
