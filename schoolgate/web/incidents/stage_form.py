"""The form of a stage of a concern, made from the declarations of the facts that the policy in force reads.

A fact becomes one field, or a few that belong together. What is left empty stays unknown; "None of these" is
an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, get_args, get_origin

from crispy_forms_gds.layout import HTML, Field, Layout
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.incidents.actions.keeping import LONGEST_WORDS
from schoolgate.incidents.casefile import SUBJECT, CaseFile, given_by
from schoolgate.incidents.likely import likely_first
from schoolgate.incidents.said import SAYS
from schoolgate.incidents.stages import Stage
from schoolgate.rulebook.adviser.leaves import bare_of
from schoolgate.rulebook.facts import Attested, Given, Relation
from schoolgate.rulebook.facts import Person as InFacts
from schoolgate.rulebook.situations import situation
from schoolgate.web.frame.field_help import HelpedField
from schoolgate.web.frame.forms import Drawing, SchoolForm
from schoolgate.web.incidents.fact_fields import (
    NONE,
    Around,
    Asked,
    as_text,
    as_typed,
    choice,
    is_part,
    lead,
    one_field,
    one_school,
    question,
    single,
    ticked,
    ticks,
    words_of,
)
from schoolgate.web.incidents.fact_parts import listed, part

MOST_LIKELY = 3
TICKS = "wrong/_likely_first.html"


class StageForm(SchoolForm):
    """The answers of one stage, and a note. `asks`: the facts in order."""

    def __init__(self, data: Any = None, *, stage: Stage, case: CaseFile, around: Around) -> None:
        super().__init__(data)
        self.case = case
        self.missing: frozenset[str] = frozenset()
        self.asks: list[Asked] = []
        for name in stage.asks(around.book):
            asked = _asked(stage.situation, name, case, around)
            if asked is not None:
                self.asks.append(asked)
                self.fields.update(asked.fields)
                if name in case.answers:
                    self.initial.update(asked.shown(case.answers[name]))
        self.fields["words"] = forms.CharField(
            label=gettext_lazy("Note"),
            help_text=gettext_lazy("What you know, and who told you. Encrypted, and saved with your name."),
            max_length=LONGEST_WORDS,
            required=False,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    @property
    def helper(self) -> Drawing:
        """Draw each fact under its question, folded: open where it is missing or wrong."""
        drawn = Drawing(self)
        parts: list[Any] = []
        for one in self.asks:
            wrong = any(name in self.errors for name in one.fields) if self.is_bound else False
            begin = _begin(
                one, is_open=wrong or one.name in self.missing, answered=one.name in self.case.answers
            )
            parts += [HTML(begin), *map(_drawn, one.fields.items()), HTML("</details>")]
        drawn.layout = Layout(*parts, "words")
        return drawn

    def answers(self) -> dict[str, Any]:
        """Return the answers by the name of their fact, in the form that the situation's schema has; None for
        one that is empty."""
        return {one.name: one.read(self.cleaned_data) for one in self.asks}

    def missing_here(self, names: Iterable[str]) -> None:
        """Open the questions of these facts."""
        self.missing = frozenset(names)

    def field_of(self, name: str) -> str:
        """Return the first field of a fact, for a link to it; empty where it is not asked here."""
        return next((next(iter(one.fields)) for one in self.asks if one.name == name), "")


def _drawn(named: tuple[str, forms.Field]) -> Any:
    name, field = named
    return Field(name, template=TICKS) if isinstance(field, LikelyFirst) else name


def _begin(asked: Asked, *, is_open: bool, answered: bool) -> str:
    """Return the start of the fold of a question. A single field's own label stays for screen readers."""
    kind = "sg-ask sg-ask--one" if len(asked.fields) == 1 else "sg-ask"
    start = '<details class="sg-fold {}" open>' if is_open else '<details class="sg-fold {}">'
    said = format_html(' <span class="sg-quiet">{}</span>', _("Answered")) if answered else ""
    fold = format_html(f"{start}<summary>{{}}{{}}</summary>", kind, asked.title, said)
    return f"{{% verbatim %}}{fold}{{% endverbatim %}}"


def _asked(key: str, name: str, case: CaseFile, around: Around) -> Asked | None:
    """Return how a fact is asked; None for one that a form can't ask."""
    label, bare = question(key, name), bare_of(situation(key).facts.model_fields[name].annotation)
    if name in OF_THEIR_OWN:
        return OF_THEIR_OWN[name](key, label, case, around)
    if bare is InFacts:
        return _relation(key, name, label)
    if get_origin(bare) is tuple:
        inner = bare_of(get_args(bare)[0])
        if words := words_of(inner):
            return _some_of(key, name, label, words)
        return (
            listed(around.at_fact(key, name), label, inner) if is_part(inner) and inner is not Given else None
        )
    if is_part(bare) and bare is not Attested:
        return part(around.at_fact(key, name), label, bare)
    found = one_field(around.at_fact(key, name), bare, label)
    return single(name, label, *found) if found is not None else None


def _relation(key: str, name: str, label: str) -> Asked:
    """Ask what a person is to the school: a fact never says who it is."""
    options = [(word, choice(key, name, word)) for word in words_of(Relation) if word != "other"]
    field = forms.ChoiceField(
        choices=[("", _("Not known")), *options, ("other", _("Another person"))], required=False
    )
    return single(
        name, label, field, lambda typed: {"key": SUBJECT, "relation": typed} if typed else None,
        lambda kept: kept.get("relation"),
    )  # fmt: skip


def _some_of(key: str, name: str, label: str, words: tuple[str, ...]) -> Asked:
    return single(name, label, ticks(key, name, words), ticked, lambda kept: list(kept) or [NONE])


def _lead(_key: str, label: str, _case: CaseFile, around: Around) -> Asked:
    return single("lead", label, *lead(around))


def _handled_by(_key: str, label: str, _case: CaseFile, _around: Around) -> Asked:
    return single("handled_by", label, one_school(label), as_text, as_typed)


def _school(_key: str, label: str, case: CaseFile, _around: Around) -> Asked:
    field = one_school(label)
    field.initial = case.report.school.slug if case.report.school else None
    return single("school", label, field, as_text, as_typed)


class _Ticked(HelpedField):
    """Boxes as they are drawn, some of them folded."""

    @property
    def shows_others(self) -> bool:
        """Return whether one of the folded boxes is ticked."""
        ticked = set(self.value() or ())
        return any(word in ticked for word, _said in getattr(self.field, "others", ()))


class LikelyFirst(forms.MultipleChoiceField):
    """Boxes to tick, of which only the first are shown: the others are behind one fold."""

    bound_field_class = _Ticked

    def __init__(self, *, first: int, choices: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(choices=choices, **kwargs)
        self.first, self.others = choices[:first], choices[first:]


def _kinds(key: str, label: str, case: CaseFile, around: Around) -> Asked:
    """Ask what kind of thing it is: of many, the likely ones first."""
    words = words_of(get_args(bare_of(situation(key).facts.model_fields["kinds"].annotation))[0])
    known = case.report.answers.get("kinds") or ()
    said = [kind for line in case.report.said if line in SAYS for kind in SAYS[line].kinds]
    begun = case.steps[0].words.get("what", "") if case.steps else ""
    ordered = likely_first(words, ticked=[*known, *said], words=begun)
    boxes = [*((word, choice(key, "kinds", word)) for word in ordered), (NONE, _("None of these"))]
    field = LikelyFirst(choices=boxes, first=MOST_LIKELY, required=False, widget=forms.CheckboxSelectMultiple)
    return single("kinds", label, field, ticked, lambda kept: list(kept) or [NONE])


def _documents_broken(key: str, _label: str, _case: CaseFile, around: Around) -> Asked:
    words = around.at_fact(key, "documents_broken").own_words
    return _some_of(key, "documents_broken", _("Does it break one of these?"), words)


def _body_decisions(key: str, label: str, case: CaseFile, around: Around) -> Asked:
    """Ask about which people the governing body has decided. A body meets and doesn't sign in: its word
    counts as the body's own, and the record says who entered it."""
    body = around.at_fact(key, "body_decisions.roles").own_words
    words = tuple(case.answers.get("harmed_reputations") or ())
    field = ticks(key, "harmed_reputations", words)
    before = list(case.answers.get("body_decisions") or ())
    done = {word for one in before for word in one["covers"]}

    def read(typed: Any) -> Any:
        new = [word for word in ticked(typed) or () if word not in done]
        if not new:
            return before or None
        entered = given_by(around.by, case.report, at=around.now, covers=new)
        given = entered.model_copy(update={"roles": tuple(dict.fromkeys((*entered.roles, *body)))})
        return [*before, given.model_dump(mode="json")]

    return single("body_decisions", label, field, read, lambda _kept: sorted(done))


OF_THEIR_OWN: dict[str, Callable[[str, str, CaseFile, Around], Asked]] = {
    "kinds": _kinds,
    "lead": _lead,
    "handled_by": _handled_by,
    "school": _school,
    "documents_broken": _documents_broken,
    "body_decisions": _body_decisions,
}
"""Facts that are chosen from what is here: a person, a school, the policy's own documents, a decision of the
governing body."""
