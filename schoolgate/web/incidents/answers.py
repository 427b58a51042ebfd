"""What was answered at a stage of a concern, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from schoolgate.core.days import stored_instant
from schoolgate.incidents.picture import KEPT, SITUATION
from schoolgate.incidents.queries import Shown
from schoolgate.incidents.stages import STAGES
from schoolgate.people.models import Person
from schoolgate.web.frame.field_help import answer_to
from schoolgate.web.frame.times import instant_in_words
from schoolgate.web.incidents.fact_fields import choice, question
from schoolgate.web.incidents.picture import COPIES, NONE, AboutPictureForm

SAID_ELSEWHERE = frozenset({"by", "at", "on", "of_this_version", "roles"})
"""Parts of an answer that the step itself says: who answered, and when."""


def answers_in_words(shown: Shown) -> list[tuple[str, str]]:
    """Return each question that was answered at a step, with its answer."""
    if isinstance(said := shown.words.get(KEPT), dict):
        return _about_picture(said)
    stage = next((one for one in STAGES.values() if one.step == shown.step.kind), None)
    facts = shown.words.get("facts")
    if stage is None or not isinstance(facts, dict):
        return []
    return [
        (asked, ", ".join(answer_to(asked, one) for one in _words(stage.situation, name, value)))
        for name, value in facts.items()
        if value is not None
        for asked in (question(stage.situation, name),)
    ]


def _about_picture(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return what was answered about a picture that was taken by mistake."""
    labels = {name: str(field.label) for name, field in AboutPictureForm.base_fields.items() if field.label}
    found = []
    for name, value in said.items():
        label = labels.get(name) or question(SITUATION, name)
        if name == "found_at":
            words = [instant_in_words(stored_instant(value))]
        elif isinstance(value, bool):
            words = [answer_to(label, _("Yes") if value else _("No"))]
        elif name == "copies_left":
            words = [str(COPIES[one]) for one in value or (NONE,)]
        else:
            words = list(value) or [_("No one yet")]
        found.append((label, ", ".join(words)))
    return found


def _words(situation: str, path: str, value: Any) -> Iterator[str]:
    if isinstance(value, bool):
        yield _("Yes") if value else _("No")
    elif isinstance(value, Mapping):
        yield from _parts(situation, path, value)
    elif isinstance(value, list):
        if not value:
            yield _("None of these")
        for one in value:
            yield "; ".join(_words(situation, path, one))
    else:
        yield choice(situation, path, str(value))


def _parts(situation: str, path: str, value: Mapping[str, Any]) -> Iterator[str]:
    """Yield what a thing is made of. Whose conduct it is has no name: only the connection with the school."""
    key = str(value.get("key", ""))
    if key.startswith("person-"):
        yield from Person.objects.filter(pk=int(key.partition("-")[2])).values_list("name", flat=True)
        return
    for name, inner in value.items():
        said_elsewhere = name in SAID_ELSEWHERE and (name != "on" or "by" in value)
        if inner is None or said_elsewhere or (name == "key" and key == "subject"):
            continue
        said = ", ".join(
            _words(situation, path if name in ("relation", "what", "answer") else f"{path}.{name}", inner)
        )
        yield (
            f"{question(situation, f'{path}.{name}')} {said}"
            if isinstance(inner, bool) and name != "answer"
            else said
        )
