"""What the policy in force says about a field, folded beside it: its own clauses, never another policy's.
And yes and no in Welsh, which has no one word for either: the answer takes up the verb of the question.

A form names for a field where a policy may speak of it, `{"text": (at("post.publish", "tone"),)}`. Shown
are the clauses behind the rules of the policy in force there; nothing where it has none. The law and
Schoolgate's own rules are left out, because they are not the policy's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, cast

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from schoolgate.core.tenancy import in_scope
from schoolgate.policy.queries import book_in_force
from schoolgate.rulebook import Book
from schoolgate.rulebook.kinds import Basis
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from

PLAIN = ("Ie", "Na")
"""What the catalogue has for "Yes" and "No"."""
VERBS: Mapping[str, tuple[str, str]] = {
    "yw": ("Ydy", "Nac ydy"),
    "ydy": ("Ydy", "Nac ydy"),
    "ydynt": ("Ydyn", "Nac ydyn"),
    "ydyn": ("Ydyn", "Nac ydyn"),
    "ydych": ("Ydw", "Nac ydw"),
    "oes": ("Oes", "Nac oes"),
    "oedd": ("Oedd", "Nac oedd"),
    "fydd": ("Bydd", "Na fydd"),
    "fyddwch": ("Byddaf", "Na fyddaf"),
    "fyddech": ("Byddwn", "Na fyddwn"),
    "fyddai": ("Byddai", "Na fyddai"),
    "all": ("Gall", "Na all"),
    "allai": ("Gallai", "Na allai"),
    "ellir": ("Gellir", "Na ellir"),
    "ellid": ("Gellid", "Na ellid"),
    "gaiff": ("Caiff", "Na chaiff"),
    "ddylai": ("Dylai", "Na ddylai"),
    "ddylid": ("Dylid", "Na ddylid"),
}
ASKING = re.compile(r"(?:a )?(\w+?)(?:['’](?:n|r|ch))?\b", re.IGNORECASE)
PAST = re.compile(r"a (?:\w{3,}(?:odd|wyd|och|aed|aeth|asant)|aeth|wnaethant|wnaeth|wnaed)\b", re.IGNORECASE)
ABOUT_WHICH = re.compile(r"ai\b", re.IGNORECASE)


def yes_and_no(question: str) -> tuple[str, str]:
    """Return the words for yes and no that answer a question asked in Welsh; "Ie" and "Na" where its verb
    isn't known."""
    asked = question.strip()
    if ABOUT_WHICH.match(asked):
        return ("Ie", "Nage")
    if PAST.match(asked):
        return ("Do", "Naddo")
    found = ASKING.match(asked)
    return VERBS.get(found[1].lower(), PLAIN) if found else PLAIN


def answers_to(question: str, choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """Return the choices of a question with the words for yes and no that answer it; others, and all on a
    page that isn't in Welsh, as they are."""
    return [(value, answer_to(question, label)) for value, label in choices]


def answer_to(question: str, answer: Any) -> Any:
    """Return one answer to a question, as `answers_to` does."""
    if get_language() != "cy" or str(answer) not in PLAIN:
        return answer
    return yes_and_no(question)[PLAIN.index(str(answer))]


CHOOSE_AGAIN = _("Choose the file again. It wasn’t kept, because something in the form needs changing.")
OF_THE_POLICY = (Basis.POLICY, Basis.CHOSEN)


@dataclass(frozen=True)
class At:
    """Where a policy may speak of a field: at these points of a situation."""

    situation: str
    points: tuple[str, ...]


PolicyHelp = Mapping[str, tuple[At, ...]]
"""The name of a field -> where a policy may speak of it. "person-*-named" matches several fields."""


@dataclass(frozen=True)
class ShownWords:
    """One clause: its words and the language they are in, empty for the page's own."""

    says: str
    language: str


@dataclass(frozen=True)
class ShownSection:
    """Clauses of one section. `whose`: whether the words are the policy's own or our restatement."""

    basis: str
    heading: str
    whose: str
    words: tuple[ShownWords, ...]


class HelpedField(forms.BoundField):
    """A field of a form as it is drawn, which knows what the policy says about it, and whose yes and no
    answer its question in Welsh too."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        if type(field) is forms.ChoiceField:
            field.choices = answers_to(str(self.label), cast("Iterable[tuple[Any, Any]]", field.choices))

    @property
    def help_text(self) -> Any:
        """The field's own help, and that a file must be chosen again: no browser sends one a second time."""
        help_text = self.field.help_text or ""
        form = self.form
        if not (isinstance(self.field, forms.FileField) and self.html_name in form.files and form.errors):
            return help_text
        return format_html("{} <strong>{}</strong>", help_text, CHOOSE_AGAIN)

    @help_text.setter
    def help_text(self, _given: Any) -> None:
        """Django gives each field that is drawn its own help; it is read from the field each time."""

    @cached_property
    def policy(self) -> list[ShownSection]:
        """Return what the policy in force says about this field; empty where it says nothing, or none is in
        force."""
        where = asked_at(getattr(self.form, "policy_help", {}), self.name)
        found = book_in_force() if where and in_scope() else None
        return sections_of(found, where) if found is not None else []

    @property
    def policy_id(self) -> str:
        """The id of the line that unfolds it; empty where there is none."""
        return f"{self.auto_id}_policy" if self.policy else ""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: forms.Widget | None = None) -> dict[str, Any]:
        """Django's own, with the line named among what describes the field. A group of choices has no place
        for it: there the line follows, and names the question."""
        built: dict[str, Any] = super().build_widget_attrs(attrs, widget)
        drawn = widget or self.field.widget
        if self.policy_id and not drawn.is_hidden and not self.use_fieldset:
            before = built.get("aria-describedby") or drawn.attrs.get("aria-describedby", "")
            built["aria-describedby"] = f"{before} {self.policy_id}".strip()
        return built


def at(situation: str, *points: str) -> At:
    """Return where a policy may speak of a field."""
    return At(situation, points)


def asked_at(helped: PolicyHelp, name: str) -> tuple[At, ...]:
    """Return where a policy may speak of this field of a form; empty where the form names nothing for it."""
    return next((where for given, where in helped.items() if fnmatchcase(name, given)), ())


def clauses_at(book: Book, where: tuple[At, ...]) -> dict[str, Basis]:
    """The policy's own clauses that its rules rest on there, each once, in the order of the points."""
    found: dict[str, Basis] = {}
    for one in where:
        for point in one.points:
            for bound in book.bound(one.situation):
                if bound.point == point and bound.basis in OF_THE_POLICY:
                    found.update((clause, bound.basis) for clause in bound.clauses if clause not in found)
    return found


def sections_of(book: Book, where: tuple[At, ...]) -> list[ShownSection]:
    """These clauses as they are shown, by section; an empty list where the policy says nothing there."""
    federation, quote = federation_of(book.key), quote_from(book)
    heads: dict[tuple[str, str, str], list[ShownWords]] = {}
    for clause, basis in clauses_at(book, where).items():
        shown = clause_shown(clause, basis=basis, federation=federation, quote=quote)
        words = heads.setdefault((shown.basis, shown.heading, shown.whose), [])
        words.append(ShownWords(shown.words, shown.language))
    return [ShownSection(*head, words=tuple(words)) for head, words in heads.items()]
