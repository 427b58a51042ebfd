"""Forms for writing a federation’s own policy: clause, version, and the first choices of a rule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.policy.importing.roles import numbers_in_words
from schoolgate.policy.own_policy import ClauseText
from schoolgate.rulebook.adviser import SUBJECTS
from schoolgate.rulebook.clauses import Clause, Role
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.messages import NEEDS
from schoolgate.rulebook.packs.building import RELATIONS
from schoolgate.rulebook.rules.making import due_at_once, duties_in, step_begun, with_supplier
from schoolgate.rulebook.rules.offered import Offered, about, lists_in, points_of
from schoolgate.rulebook.rules.step import VERBS, Verb
from schoolgate.web.frame.forms import REQUIRED, SchoolForm
from schoolgate.web.frame.paging import small_in
from schoolgate.web.frame.rule_words import VERBS as VERB_WORDS
from schoolgate.web.frame.rule_words import capital, fact_labels, list_label, value_label
from schoolgate.web.frame.wording import plain, point_label

MODALITIES = {
    Modality.MUST: _("must: someone has to do it"),
    Modality.MUST_NOT: _("must not: it is not allowed"),
    Modality.SHOULD: _("should: it has to be done, unless someone with that role permits otherwise"),
    Modality.SHOULD_NOT: _("should not: it is not allowed, unless someone with that role permits it"),
    Modality.ADVISED: _("advised, urged, preferably: nothing waits for it"),
    Modality.ADVISED_NOT: _("advised against, discouraged: nothing stops it"),
    Modality.MAY: _("may: it is allowed"),
    Modality.STATES: _("states: it says how something is"),
}
"""How strongly a clause can be worded."""
EVERYBODY = "staff"
"""Who a clause speaks to where it names no role, as packs write it."""
GROUPS = {
    EVERYBODY: _("all staff"),
    "pupils": _("pupils"),
    "parents and carers": _("parents and carers"),
    "volunteers": _("volunteers"),
    "the school": _("the school"),
    "everyone": _("everyone"),
}
"""Groups that a clause can speak to without a role, as an import writes them."""


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
    number = forms.CharField(
        label=_("Number of the clause"), help_text=_("For example 2.1."), required=False, max_length=12
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
    read_at = forms.MultipleChoiceField(
        label=_("Always shown with questions about"),
        help_text=_(
            "“May I ...?” finds a clause by its words. Tick where it must be read whatever its words are."
        ),
        choices=[(subject, _(name)) for subject, name in SUBJECTS.items()],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
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
            read = numbers_in_words(clause.says)  # these are read afresh from other words
            figures = [one for one in numbers if str(one) not in clause.says and one not in read]
            initial = {
                "section": clause.section,
                "number": clause.number,
                "says": clause.says,
                "modality": str(clause.modality),
                "actor": clause.actor,
                "read_at": list(clause.read_at),
                "numbers": ", ".join(map(str, figures)),
            }
        super().__init__(data, initial=initial)
        names = [role.name for role in roles]
        others = [clause.actor] if clause is not None and clause.actor not in names else []
        actors = dict.fromkeys([*GROUPS, *others, *names])
        self.fields["actor"].choices = [(one, GROUPS.get(one, one)) for one in actors]  # type: ignore[attr-defined]

    def clean_numbers(self) -> tuple[int, ...]:
        """The numbers, however they are divided."""
        found = [small_in(one) for one in self.cleaned_data["numbers"].replace(",", " ").split()]
        if None in found:
            raise forms.ValidationError(_("Enter figures separated by commas, such as 2, 24"))
        return tuple(one for one in found if one is not None)

    def words(self) -> ClauseText:
        """Return what was written."""
        said = self.cleaned_data
        return ClauseText(
            section=said["section"],
            says=said["says"],
            modality=Modality(said["modality"]),
            actor=said["actor"],
            numbers=said["numbers"],
            number=said["number"],
            read_at=tuple(said["read_at"]),
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
        label=_("Does the rule judge everything together, or each item separately?"),
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
        self.fields["point"].choices = [(one, label) for label, one in points]  # type: ignore[attr-defined]
        self.fields["verb"].choices = verbs_for(situation)  # type: ignore[attr-defined]
        lists = sorted((capital(list_label(one)), one) for one in lists_in(situation) if one in NEEDS)
        self.fields["each"].choices = [  # type: ignore[attr-defined]
            ("", _("The whole")),
            *((one, label) for label, one in lists),
        ]
        if not lists:
            del self.fields["each"]
        self.fields["bound"].choices = [  # type: ignore[attr-defined]
            (one, value_label(None, None, one)) for one in sorted(RELATIONS)
        ]


def verbs_for(situation: str) -> list[tuple[str, str]]:
    """Return what a rule about this situation can do, as choices."""
    verbs = [one for one in VERB_WORDS if one != "oblige" or duties_in(situation)]
    return [(one, "{}: {}".format(*VERB_WORDS[one])) for one in verbs if one in VERBS]


class StepForm(SchoolForm):
    """What one more step of a rule does."""

    verb = forms.ChoiceField(label=_("What does this step do?"), widget=forms.RadioSelect)

    def __init__(self, data: Any, *, situation: str) -> None:
        super().__init__(data)
        verbs = [(one, label) for one, label in verbs_for(situation) if one != "read"]
        self.fields["verb"].choices = verbs  # type: ignore[attr-defined]


class ExceptionForm(SchoolForm):
    """The clauses to which a rule is an exception."""

    clauses = forms.MultipleChoiceField(
        label=_("Clauses it takes precedence over"),
        help_text=_("Leave all unticked if the rule isn’t an exception."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any, *, offered: Iterable[Clause], now: Sequence[str]) -> None:
        super().__init__(data, initial={"clauses": list(now)})
        self.fields["clauses"].choices = [  # type: ignore[attr-defined]
            (one.id, f"{one.section}: {one.says}") for one in offered
        ]


class DetailForm(GrowingForm):
    """What some verbs need besides: what is needed and who supplies it, who decides, who has to do what."""

    def __init__(
        self, data: Any, *, clause: Clause, situation: str, verb: Verb, roles: Sequence[Role], each: str = ""
    ) -> None:
        super().__init__(data)
        self.verb, self.here = verb, about(situation, *filter(None, [each]))
        self.since = due_at_once(clause, situation)
        people = [(role.name, role.name) for role in roles]
        if verb == "need":
            here = self.here
            facts = [one for one in here.facts.values() if one.ask and one.ask.need and not one.stated]
            labels = map(capital, fact_labels(here, facts))
            self.grow(
                "fact",
                forms.ChoiceField(
                    label=_("What is needed?"),
                    choices=[*zip((one.path for one in facts), labels, strict=True)],
                ),
            )
            self.grow(
                "of",
                forms.ChoiceField(
                    label=_("Who can confirm or supply it?"),
                    choices=[("", _("The person usually asked")), *people],
                    required=False,
                ),
            )
        elif verb == "refer":
            self.grow("of", forms.ChoiceField(label=_("Who decides?"), choices=[("", _("Choose")), *people]))
        elif verb == "oblige":
            self.grow(
                "duty",
                forms.ChoiceField(
                    label=_("What must be done?"),
                    help_text=_("Due at once, as the clause says.") if self.since else "",
                    choices=[(one, capital(plain(one))) for one in duties_in(situation)],
                ),
            )
            self.grow(
                "of", forms.ChoiceField(label=_("Who must do it?"), choices=[("", _("Choose")), *people])
            )

    @property
    def _fact(self) -> Offered | None:
        """Return what is needed."""
        return self.here.facts.get(self.cleaned_data.get("fact", ""))

    def step(self) -> dict[str, Any]:
        """Return the step that was chosen."""
        said = self.cleaned_data
        return step_begun(
            self.verb, fact=self._fact, of=said.get("of", ""), duty=said.get("duty", ""), at_once=self.since
        )

    def supplied(self, rule: Mapping[str, Any]) -> dict[str, Any]:
        """Return a rule that has the step, with the role that supplies what it needs."""
        return with_supplier(rule, self._fact, self.cleaned_data["of"]) if self._fact else dict(rule)
