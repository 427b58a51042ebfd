"""Forms for writing a federation's own policy: clause, rule, condition, example."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.policy.actions import ClauseText
from schoolgate.rulebook.clauses import Clause, Role
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.messages import NEEDS
from schoolgate.rulebook.packs.building import RELATIONS
from schoolgate.rulebook.rules.making import duties_in
from schoolgate.rulebook.rules.offered import Offered, beside, lists_in, offered, points_of
from schoolgate.rulebook.rules.step import VERBS
from schoolgate.rulebook.rules.tree import Compared
from schoolgate.web.frame.forms import REQUIRED, DayField, SchoolForm
from schoolgate.web.frame.rule_words import (
    COMPARED,
    capital,
    fact_label,
    fact_question,
    list_label,
    value_label,
)
from schoolgate.web.frame.rule_words import VERBS as VERB_WORDS
from schoolgate.web.frame.wording import plain, point_label

MODALITIES = {
    Modality.MUST: _("must: someone has to do it"),
    Modality.MUST_NOT: _("must not: it is not allowed"),
    Modality.SHOULD: _("should: it is advised"),
    Modality.SHOULD_NOT: _("should not: it is advised against"),
    Modality.MAY: _("may: it is allowed"),
    Modality.STATES: _("states: it says how something is"),
}
"""How strongly a clause can be worded."""
EVERYBODY = "staff"
"""Who a clause speaks to where it names no role, as packs write it."""
TURNED = "!"
"""Marks a comparison nested under `not`, in the value of a form."""
NEEDS_NOTHING = frozenset({"known", "empty"})
"""Comparisons without a value."""


class GrowingForm(SchoolForm):
    """A form whose fields depend on its subject."""

    def grow(self, name: str, field: forms.Field) -> None:
        """Add a field."""
        field.error_messages["required"] = REQUIRED
        self.fields[name] = field


class ClauseForm(SchoolForm):
    """A clause in the policy's words."""

    section = forms.CharField(
        label=_("Section"), help_text=_("Its heading and number, as in your policy."), max_length=120
    )
    says = forms.CharField(
        label=_("Text"),
        help_text=_("One sentence that asks for one thing. Write numbers as figures."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000,
    )
    modality = forms.ChoiceField(
        label=_("Strength"),
        choices=[(str(one), label) for one, label in MODALITIES.items()],
        widget=forms.RadioSelect,
    )
    actor = forms.ChoiceField(label=_("Who must follow it"))
    numbers = forms.CharField(
        label=_("Numbers written as words"),
        help_text=_("For example 2 for “two”. A rule can only use numbers that its clause names."),
        required=False,
        max_length=60,
    )

    def __init__(self, data: Any, *, roles: Sequence[Role], clause: Clause | None = None) -> None:
        initial: dict[str, Any] = {"modality": str(Modality.MUST)}
        if clause is not None:
            numbers = clause.parameters.get("numbers") or ()
            figures = [one for one in numbers if str(one) not in clause.says]
            initial = {
                "section": clause.section,
                "says": clause.says,
                "modality": str(clause.modality),
                "actor": clause.actor,
                "numbers": ", ".join(map(str, figures)),
            }
        super().__init__(data, initial=initial)
        names = [role.name for role in roles]
        others = [clause.actor] if clause is not None and clause.actor not in names else []
        actors = dict.fromkeys([EVERYBODY, *others, *names])
        labels = {EVERYBODY: _("all staff")}
        self.fields["actor"].choices = [(one, labels.get(one, one)) for one in actors]  # type: ignore[attr-defined]

    def clean_numbers(self) -> tuple[int, ...]:
        """The numbers, however they are divided."""
        words = self.cleaned_data["numbers"].replace(",", " ").split()
        if any(not (one.isascii() and one.isdigit() and len(one) <= 6) for one in words):
            raise forms.ValidationError(_("Enter figures separated by commas, such as 2, 24"))
        return tuple(int(one) for one in words)

    def words(self) -> ClauseText:
        """Return what was written."""
        said = self.cleaned_data
        return ClauseText(
            section=said["section"],
            says=said["says"],
            modality=Modality(said["modality"]),
            actor=said["actor"],
            numbers=said["numbers"],
        )


class ChangesForm(SchoolForm):
    """What a version in preparation changes."""

    words = forms.CharField(
        label=_("What has changed"),
        help_text=_("Write it so that everyone the policy applies to can understand it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=10_000,
        required=False,
    )


class SituationForm(SchoolForm):
    """What a rule is about, in the person's own words."""

    words = forms.CharField(
        label=_("What is the clause about?"),
        help_text=_("For example “posting a picture” or “a parent complains”."),
        max_length=300,
    )


class StartForm(SchoolForm):
    """At which question of a situation a rule speaks, what it does, and who it binds."""

    point = forms.ChoiceField(label=_("Which part of it?"))
    verb = forms.ChoiceField(label=_("What does the clause do?"), widget=forms.RadioSelect)
    each = forms.ChoiceField(
        label=_("Does it judge the whole, or each item separately?"),
        help_text=_("For example each person shown in a picture."),
        required=False,
    )
    bound = forms.MultipleChoiceField(
        label=_("Who does it apply to?"),
        help_text=_("Leave all unticked to include everyone."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any, *, situation: str) -> None:
        super().__init__(data)
        points = sorted((str(point_label(one)), one) for one in points_of(situation))
        verbs = [one for one in VERB_WORDS if one != "oblige" or duties_in(situation)]
        self.fields["point"].choices = [(one, label) for label, one in points]  # type: ignore[attr-defined]
        self.fields["verb"].choices = [  # type: ignore[attr-defined]
            (one, "{}: {}".format(*VERB_WORDS[one])) for one in verbs if one in VERBS
        ]
        lists = sorted((capital(list_label(one)), one) for one in lists_in(situation) if one in NEEDS)
        self.fields["each"].choices = [  # type: ignore[attr-defined]
            ("", _("The whole")),
            *((one, label) for label, one in lists),
        ]
        if not lists:
            del self.fields["each"]
        self.fields["bound"].choices = [  # type: ignore[attr-defined]
            (one, value_label(situation, None, one)) for one in sorted(RELATIONS)
        ]


class DetailForm(GrowingForm):
    """What some verbs need besides: what is needed and who supplies it, who decides, who has to do what."""

    def __init__(
        self, data: Any, *, situation: str, verb: str, roles: Sequence[Role], each: str = ""
    ) -> None:
        super().__init__(data)
        people = [(role.name, role.name) for role in roles]
        if verb == "need":
            facts = [one for one in offered(situation, each).values() if one.ask and one.ask.need]
            self.grow(
                "fact",
                forms.ChoiceField(
                    label=_("What is needed?"),
                    choices=[(one.path, capital(fact_label(situation, one))) for one in facts],
                ),
            )
            self.grow(
                "of",
                forms.ChoiceField(
                    label=_("Who can confirm or supply it?"),
                    choices=[("", _("The usual person")), *people],
                    required=False,
                ),
            )
        elif verb == "refer":
            self.grow("of", forms.ChoiceField(label=_("Who decides?"), choices=people))
        elif verb == "oblige":
            self.grow(
                "duty",
                forms.ChoiceField(
                    label=_("What must be done?"),
                    choices=[(one, capital(plain(one))) for one in duties_in(situation)],
                ),
            )
            self.grow("of", forms.ChoiceField(label=_("Who must do it?"), choices=people))


class ConditionForm(GrowingForm):
    """What must be true of one fact."""

    def __init__(
        self,
        data: Any,
        *,
        situation: str,
        fact: Offered,
        roles: Sequence[Role],
        now: Compared | None = None,
    ) -> None:
        self.fact = fact
        super().__init__(data, initial=_initial(fact, now))
        label, hint = capital(fact_label(situation, fact)), fact_question(situation, fact)
        if fact.kind == "yes_no":
            self.grow(
                "value",
                forms.ChoiceField(
                    label=label,
                    help_text=hint,
                    widget=forms.RadioSelect,
                    choices=[
                        ("yes", value_label(situation, fact, True)),
                        ("no", value_label(situation, fact, False)),
                    ],
                ),
            )
            return
        self.grow(
            "compare",
            forms.ChoiceField(
                label=label,
                help_text=hint,
                widget=forms.RadioSelect,
                choices=[
                    (_key(compare, turned), COMPARED[compare, turned])
                    for compare, turned in fact.comparisons
                    if compare not in ("earlier_than", "later_than", "same_as")
                    or beside(situation, fact.path, fact.of)
                ],
            ),
        )
        self.grow("value", _value_field(situation, fact, roles))

    def clean(self) -> dict[str, Any]:
        """Require a value for every comparison except those of NEEDS_NOTHING."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        compare = said.get("compare", "is").removesuffix(TURNED)
        missing = compare not in NEEDS_NOTHING and said.get("value") in (None, "", [])
        if missing and "value" not in self.errors:
            self.add_error("value", _("Choose what to compare it with"))
        return said

    def compared(self) -> Compared:
        """The comparison, written as a person would write it."""
        said = self.cleaned_data
        given = said.get("compare", "is")
        compare, turned = given.removesuffix(TURNED), given.endswith(TURNED)
        value: Any = said["value"]
        if self.fact.kind == "yes_no":
            return Compared(self.fact.path, "is", value == "yes")
        if compare in NEEDS_NOTHING:
            return Compared(self.fact.path, compare, True, turned)
        if isinstance(value, list) and len(value) == 1:
            alone = {"any_of": "is", "includes_any": "includes"}
            return Compared(
                self.fact.path, alone.get(compare, compare), value[0] if compare in alone else value, turned
            )
        return Compared(self.fact.path, compare, value, turned)


def _initial(fact: Offered, now: Compared | None) -> dict[str, Any]:
    if now is None:
        return {}
    if fact.kind == "yes_no":
        return {"value": "yes" if now.value is True else "no"}
    several = {"is": "any_of", "includes": "includes_any"}
    compare = (
        several.get(now.compare, now.compare) if fact.kind in ("word", "words", "roles") else now.compare
    )
    lists = fact.kind in ("word", "words", "roles")
    value = now.value if isinstance(now.value, list | tuple) or not lists else [now.value]
    return {"compare": _key(compare, now.turned), "value": value}


def _key(compare: str, turned: bool) -> str:
    return compare + (TURNED if turned else "")


def _value_field(situation: str, fact: Offered, roles: Sequence[Role]) -> forms.Field:
    label = _("Compared with")
    if fact.kind == "number":
        return forms.IntegerField(
            label=label,
            min_value=0,
            max_value=1_000_000,
            required=False,
            widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
        )
    if fact.kind == "day":
        days = [(one.path, fact_label(situation, one)) for one in beside(situation, fact.path, fact.of)]
        return forms.ChoiceField(label=label, choices=[("", "–"), *days], required=False)
    words: Iterable[tuple[str, Any]] = (
        [(role.name, role.name) for role in roles]
        if fact.kind == "roles"
        else [(one, value_label(situation, fact, one)) for one in fact.choices]
    )
    return forms.MultipleChoiceField(
        label=label, choices=list(words), widget=forms.CheckboxSelectMultiple, required=False
    )


class ExampleForm(GrowingForm):
    """A case: each fact is an answer, or not known."""

    def __init__(self, data: Any, *, situation: str, facts: Iterable[Offered], roles: Sequence[Role]) -> None:
        super().__init__(data)
        self.facts = {f"f{place}": one for place, one in enumerate(facts)}
        for name, fact in self.facts.items():
            self.grow(name, _example_field(situation, fact, roles))

    def values(self) -> Mapping[str, Any]:
        """The facts that were given, by path."""
        found: dict[str, Any] = {}
        for name, fact in self.facts.items():
            value = self.cleaned_data.get(name)
            if value in (None, "", []):
                continue
            found[fact.place] = value == "yes" if fact.kind == "yes_no" else value
        return found


def _example_field(situation: str, fact: Offered, roles: Sequence[Role]) -> forms.Field:
    label, unknown = capital(fact_label(situation, fact)), ("", _("Not known"))
    if fact.kind == "day":
        return DayField(label=label, required=False)
    if fact.kind == "number":
        return forms.IntegerField(label=label, min_value=0, max_value=1_000_000, required=False)
    if fact.kind == "roles":
        names = [(role.name, role.name) for role in roles]
        return forms.MultipleChoiceField(
            label=label, choices=names, widget=forms.CheckboxSelectMultiple, required=False
        )
    if fact.kind == "yes_no":
        answers = [("yes", value_label(situation, fact, True)), ("no", value_label(situation, fact, False))]
    else:
        answers = [(one, value_label(situation, fact, one)) for one in fact.choices]
    if fact.kind == "words":
        return forms.MultipleChoiceField(
            label=label, choices=answers, widget=forms.CheckboxSelectMultiple, required=False
        )
    return forms.ChoiceField(label=label, choices=[unknown, *answers], required=False)
