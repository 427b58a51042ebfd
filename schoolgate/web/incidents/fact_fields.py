"""A single fact as a field of a form: how it is asked, read, and shown again."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, cast, get_args, get_origin

from django import forms
from django.utils.translation import gettext as _
from pydantic import BaseModel

from schoolgate.core.models import Country, School
from schoolgate.core.models.directory import country_of
from schoolgate.core.subjects import person_key
from schoolgate.people.models import Person
from schoolgate.people.queries import roles_of
from schoolgate.rulebook import Book
from schoolgate.rulebook.facts import Attested
from schoolgate.rulebook.facts_read import words_read
from schoolgate.rulebook.messages import CHOICES, NEEDS, QUESTIONS
from schoolgate.web.frame.forms import YES_NO, DayField

NONE = "none_of_these"
LONGEST_NAME = 300
Read = Callable[[Any], Any]
Found = tuple[forms.Field, Read, Read]
"""A field, how its answer is read (None: not answered), and how an earlier answer is shown."""


@dataclass(frozen=True)
class Around:
    """Who fills in a form and when, and which people and roles there are to choose from."""

    by: Person
    now: datetime
    on: date
    book: Book
    people: Sequence[Person]

    def at_fact(self, key: str, path: str) -> Here:
        """Return the place of a fact of a situation."""
        return Here(self, key, path)


@dataclass(frozen=True)
class Here:
    """The place of a fact: its situation and its path."""

    around: Around
    key: str
    path: str

    def inside(self, name: str) -> Here:
        """Return the place of a fact of this part."""
        return Here(self.around, self.key, f"{self.path}.{name}")

    @property
    def own_words(self) -> tuple[str, ...]:
        """The policy's own words for it."""
        return words_read(self.around.book, self.key, self.path)


@dataclass(frozen=True)
class Asked:
    """A fact as it is asked. `title`: over several fields; `shown`: what an earlier answer fills in."""

    name: str
    title: str
    fields: Mapping[str, forms.Field]
    read: Callable[[Mapping[str, Any]], Any]
    shown: Callable[[Any], Mapping[str, Any]]


def single(name: str, label: str, field: forms.Field, read: Read, shown: Read) -> Asked:
    """Return a fact that is asked with one field."""
    field.label = label
    return Asked(
        name, label, {name: field}, lambda typed: read(typed.get(name)), lambda kept: {name: shown(kept)}
    )


def question(key: str, path: str) -> str:
    """Return the question about a fact in the active language."""
    found = QUESTIONS.get(f"{key}:{path}")
    if found is None:
        last = path.rpartition(".")[2]
        said = _(NEEDS.get(f"incident.{last}", last))
        return said[:1].upper() + said[1:]
    return _(found)


def choice(key: str, path: str, word: str) -> str:
    """Return an answer to choose in the active language."""
    if word == "local_authority":
        return local_authority()
    found = CHOICES.get(f"{key}:{path}={word}") or CHOICES.get(word)
    return _(found) if found else word


def local_authority(school: School | None = None) -> str:
    """Return the local authority in the terms of the school's country: only England has a LADO."""
    country = country_of(school)
    if country == Country.WALES:
        return _("The local authority’s social services (for the regional safeguarding board)")
    if country is None:
        return _("The local authority (in England the LADO, in Wales social services)")
    return _("The local authority (LADO)")


def ticks(key: str, path: str, words: Sequence[str]) -> forms.MultipleChoiceField:
    """Return boxes to tick, "None of these" last."""
    options = [*((word, choice(key, path, word)) for word in words), (NONE, _("None of these"))]
    return forms.MultipleChoiceField(choices=options, required=False, widget=forms.CheckboxSelectMultiple)


def ticked(typed: Any) -> list[str] | None:
    """Return the boxes that were ticked: an empty list for "None of these", None where none was."""
    chosen = [word for word in typed or () if word != NONE]
    return chosen or ([] if typed else None)


def one_field(here: Here, bare: Any, label: str) -> Found | None:
    """Return the field of a single fact of this type; None for one that no form asks."""
    if bare is Attested:
        return (
            _yes_no(label),
            lambda typed: attested(typed == "yes", here.around) if typed else None,
            as_typed,
        )
    if bare is bool:
        return _yes_no(label), {"yes": True, "no": False}.get, as_typed
    if words := words_of(bare):
        return (
            _options(label, [(word, choice(here.key, here.path, word)) for word in words]),
            as_text,
            as_typed,
        )
    if isinstance(bare, type) and issubclass(bare, date) and not issubclass(bare, datetime):
        return (
            DayField(label=label, required=False),
            lambda typed: typed.isoformat() if typed else None,
            as_typed,
        )
    if bare is not str:
        return None
    if here.path.endswith(".procedure_of"):
        return one_school(label), as_text, as_typed
    if here.path == "rank" and here.own_words:
        ranks = [*((word, word) for word in here.own_words), ("other", _("Less serious"))]
        return _options(label, ranks), as_text, as_typed
    return forms.CharField(label=label, max_length=LONGEST_NAME, required=False), as_text, as_typed


def one_school(label: str) -> forms.Field:
    """Return the choice of a school, by the short name that facts have."""
    schools = [(one.slug, one.name) for one in School.objects.order_by("name")]
    return forms.ChoiceField(label=label, choices=[("", "–"), *schools], required=False)


def lead(around: Around) -> Found:
    """Return the choice of a person, as facts have them: their connection and roles, and a key."""
    people = {str(one.pk): one for one in (around.by, *around.people)}
    options = [("", _("Not decided")), *((pk, one.name) for pk, one in people.items())]

    def read(typed: Any) -> Any:
        person = people.get(typed or "")
        if person is None:
            return None
        roles = roles_of(person, on=around.on, anywhere=True)
        return {"key": person_key(person.pk), "relation": person.relation, "roles": roles}

    return (
        forms.ChoiceField(choices=options, required=False),
        read,
        lambda kept: kept["key"].rpartition("-")[2],
    )


def attested(answer: bool, around: Around) -> dict[str, Any]:
    """Return a person's judgement as facts have it: of what there is now."""
    by = person_key(around.by.pk)
    return {"answer": answer, "by": by, "at": around.now.isoformat(), "of_this_version": True}


def as_text(typed: Any) -> Any:
    """Return a word or a text as an answer; None where it is empty."""
    return (typed or "").strip() or None


def as_typed(kept: Any) -> Any:
    """Return an answer as a field has it."""
    if isinstance(kept, Mapping) and "answer" in kept:
        kept = kept["answer"]
    if isinstance(kept, bool):
        return "yes" if kept else "no"
    return kept


def as_list(field: forms.Field) -> forms.Field:
    """Draw the choices of a field as a list to open, so that many of them stay short."""
    if isinstance(field.widget, forms.RadioSelect) and isinstance(field, forms.ChoiceField):
        options = [("", "–"), *list(cast("Iterable[Any]", field.choices))]
        return forms.ChoiceField(label=field.label, choices=options, required=False)
    return field


def is_part(bare: Any) -> bool:
    """Whether a type is a part with facts of its own."""
    return isinstance(bare, type) and issubclass(bare, BaseModel)


def words_of(bare: Any) -> tuple[str, ...]:
    """Return the words of a closed vocabulary; empty for any other type."""
    return tuple(map(str, get_args(bare))) if get_origin(bare) is Literal else ()


def _yes_no(label: str) -> forms.Field:
    return _options(label, YES_NO)


def _options(label: str, options: Sequence[tuple[str, Any]]) -> forms.Field:
    return forms.ChoiceField(label=label, choices=list(options), required=False, widget=forms.RadioSelect)
