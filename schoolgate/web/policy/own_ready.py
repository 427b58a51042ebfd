"""Ready rules for a federation's own policy: their list, and a page for each with its fields and examples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.people.assignments import all_holders
from schoolgate.policy import rules, setting_ready
from schoolgate.policy.ready import all_set, changed_by_hand, set_in
from schoolgate.policy.writing import Writing, clause_of, named_in, writing
from schoolgate.rulebook.clauses import Clause, Role
from schoolgate.rulebook.named_times import shown
from schoolgate.rulebook.ready import ready_rules
from schoolgate.rulebook.ready.bound import PEOPLE, called_staff
from schoolgate.rulebook.ready.exceptions import AGREED, made_in, says_who_agrees
from schoolgate.rulebook.ready.filling import asked, sentence
from schoolgate.rulebook.ready.held import not_held
from schoolgate.rulebook.ready.matching import likely, nearest
from schoolgate.rulebook.ready.model import Choice, Exceptions, Number, ReadyRule, Several, Values
from schoolgate.rulebook.ready.model import Role as RoleField
from schoolgate.rulebook.ready.taking import taken_from
from schoolgate.rulebook.ready.trying import examples_for, tried
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.shown import due_in_words
from schoolgate.web.frame.wording import KINDS, answer_in_short
from schoolgate.web.policy.own_rules import edition_of

LONG_BEFORE = datetime(2020, 1, 1, tzinfo=UTC)
"""From when the times of examples are told, so that none of them is overdue."""


LONGEST_ROLE = 100
NEW = "new"
"""The field by which a new clause is wanted beside those that may say the same."""


class ReadyForm(SchoolForm):
    """What is filled in for a ready rule."""

    def __init__(
        self,
        data: Any,
        *,
        ready: ReadyRule,
        roles: Sequence[Role],
        initial: Values,
        said: bool = False,
        new_roles: bool = False,
    ) -> None:
        """`said`: a clause of the policy may say it already, so that a new one has to be wanted; `new_roles`:
        a role that isn't among these may be named."""
        super().__init__(data, initial=_without_what_is_not_asked(ready, initial))
        self.ready = ready
        for name, field in ready.fields.items():
            self.fields[name] = field_of(field, roles)
            if isinstance(field, RoleField) and new_roles:
                self.fields[f"{NEW}_{name}"] = forms.CharField(
                    label=gettext_lazy("Another role, as your policy calls it"),
                    max_length=LONGEST_ROLE,
                    required=False,
                )
        if not roles and not new_roles:
            self._leave_out_agreement()
        if said:
            self.fields[NEW] = forms.BooleanField(
                label=gettext_lazy("None of these clauses says this. Add a new one."), required=False
            )

    def _leave_out_agreement(self) -> None:
        """Leave out the exception that no role could be chosen for."""
        for name, field in self.ready.fields.items():
            if isinstance(field, RoleField) and field.agrees:
                del self.fields[name]
            elif isinstance(field, Exceptions):
                options = [(key, _(label)) for key, label in field.options.items() if key != AGREED]
                self.fields[name].choices = options  # type: ignore[attr-defined]
                if not options:
                    del self.fields[name]

    def values(self) -> dict[str, Any]:
        """Return what was filled in; for a number that isn't asked for, what the form begins with."""
        said = {name: self.cleaned_data.get(name) for name in self.ready.fields}
        said = {name: tuple(one) if isinstance(one, list) else one for name, one in said.items()}
        return {name: self.ready.defaults[name] if value is None else value for name, value in said.items()}

    def new_roles(self) -> list[str]:
        """Return the roles that were named beside those to choose from."""
        said = self.cleaned_data
        return [said[name] for name in self.ready.roles if said.get(f"{NEW}_{name}")]

    def clean(self) -> dict[str, Any]:
        """Ask for a role where one is needed, and for the number where the other fields leave one open."""
        said = super().clean() or {}
        for name, role in self.ready.roles.items():
            said[name] = " ".join((said.get(f"{NEW}_{name}") or said.get(name) or "").split())
            needed = asked(self.ready, name, said) if role.agrees else not role.optional
            said[name] = said[name] if needed or not role.agrees else ""
            if not said[name] and needed and name not in self.errors:
                self.add_error(name, gettext_lazy("Choose a role."))
        if NEW in self.fields and self.data.get("act") == "save" and not said.get(NEW):
            self.add_error(NEW, gettext_lazy("Choose the clause above that says this, or tick here."))
        for name, field in self.ready.fields.items():
            if not isinstance(field, Number) or said.get(name) is not None or name in self.errors:
                continue
            if asked(self.ready, name, said):
                if field.clock:
                    self.add_error(name, gettext_lazy("Enter a time."))
                else:
                    self.add_error(name, gettext_lazy("Enter a number"))
        return said


class ClockField(forms.TimeField):
    """A time of day, as the number that a rule has for it."""

    widget = forms.TimeInput(attrs={"type": "time"})

    def prepare_value(self, value: Any) -> Any:
        """Return 08:00 for 800."""
        return shown(value).zfill(5) if isinstance(value, int) else value

    def clean(self, value: Any) -> int | None:
        """Return 800 for 08:00."""
        time = super().clean(value)
        return None if time is None else time.hour * 100 + time.minute


def field_of(field: Any, roles: Sequence[Any]) -> forms.Field:
    """Return the field of a form for one of a ready rule. `roles`: those to choose from, by their `name`."""
    if isinstance(field, Number) and field.clock:
        return ClockField(label=_(field.label), required=False)
    if isinstance(field, Number):
        return forms.IntegerField(label=_(field.label), min_value=1, max_value=field.most, required=False)
    if isinstance(field, Choice):
        choices = [(key, _(label)) for key, label in field.options.items()]
        return forms.ChoiceField(label=_(field.label), choices=choices, widget=forms.RadioSelect)
    if isinstance(field, Several):
        options = [(key, _(label)) for key, label in field.options.items()]
        return forms.MultipleChoiceField(
            label=_(field.label), choices=options, widget=forms.CheckboxSelectMultiple,
            required=not isinstance(field, Exceptions) and field is not PEOPLE,
            help_text=_("Tick only what your policy’s clause says."),
        )  # fmt: skip
    people = [(role.name, role.name) for role in roles]
    first = ("", _("No one else") if field.optional else _("Choose a role"))
    return forms.ChoiceField(label=_(field.label), choices=[first, *people], required=False)


@page(place="policy", check=rules.check_may_own)
def ready_list(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List the ready rules by subject, with the clauses that have them; for a clause, the likeliest first."""
    now, about = writing(visit.on), request.GET.get("clause", "")
    there = all_set(now)
    clause = clause_of(now.about(about).pack, about) if about else None
    groups: dict[str, list[dict[str, Any]]] = {}
    for ready in ready_rules().values():
        clauses = [clause_of(now.about(one.clause).pack, one.clause) for one in there.get(ready.key, [])]
        groups.setdefault(_(ready.group), []).append(
            {"ready": ready, "title": _(ready.title), "clauses": clauses}
        )
    context = {
        "groups": list(groups.items()),
        "count": len(ready_rules()),
        "set": len(there),
        "clause": clause,
        "likely": [{"ready": one, "title": _(one.title)} for one in likely(clause.says)] if clause else [],
    }
    return render(request, "policy/own/ready_list.html", context)


@dataclass(frozen=True)
class At:
    """The page of a ready rule. `clause`: the clause that says it; None where one is to be added."""

    now: Writing
    ready: ReadyRule
    clause: Clause | None
    set_as: Values | None

    @property
    def begins(self) -> Values:
        """What the form begins with: what is set, or what the clause's words say."""
        if self.set_as is not None or self.clause is None:
            return self.set_as or self.ready.defaults
        pack, says = self.now.pack, self.clause.says
        named = named_in(pack, says)
        staff = called_staff(one.says for one in pack.clauses.values())
        numbers, roles = named.get("numbers", ()), named.get("roles", ())
        return taken_from(self.ready, says, numbers, roles, pack.role_words, staff=staff)


def _without_what_is_not_asked(ready: ReadyRule, values: Values) -> dict[str, Any]:
    """Return what a form begins with, no number beside a choice with which none is asked (*At once*)."""
    quiet = [
        name
        for name, one in ready.fields.items()
        if isinstance(one, Number) and not asked(ready, name, values)
    ]
    return {**values, **dict.fromkeys(quiet)}


@page(place="policy", check=rules.check_may_own)
def ready(request: HttpRequest, visit: Visit, key: str) -> HttpResponseBase:
    """One ready rule: its fields, its examples, and the buttons that set it or take it out."""
    here = _at(visit, key, request.GET.get("clause", ""))
    clause = here.clause.id if here.clause else ""
    if request.POST.get("act") == "remove" and clause:
        setting_ready.remove_ready_rule(
            by=visit.person, at=visit.at, key=key, clause=clause, edition=edition_of(request)
        )
        return done(request, _("Rule removed from the next interpretation."), "own-clause", clause)
    form = ReadyForm(
        request.POST or None, ready=here.ready, roles=_roles_to_choose(here), initial=here.begins,
        said=here.clause is None and bool(_clauses_for(here)),
        new_roles=here.clause is None or (here.now.ahead and not _agrees_no_one(here)),
    )  # fmt: skip
    if request.POST.get("act") == "save" and form.is_valid():
        try:
            saved = setting_ready.keep_ready_rule(
                by=visit.person, at=visit.at, key=key, values=form.values(), clause=clause,
                edition=edition_of(request), seen=request.POST.get("seen", ""), new_roles=form.new_roles(),
            )  # fmt: skip
        except BadInput as error:
            form.refuse(error)
        else:
            return done(request, _("Rule saved. It counts once it is signed."), "own-clause", saved)
    values = here.begins if not form.is_bound else form.values() if form.is_valid() else None
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "policy/own/ready.html", _context(here, form, values, visit), status=status)


def _at(visit: Visit, key: str, clause: str) -> At:
    found, now = ready_rules().get(key), writing(visit.on)
    if found is None:
        raise NotFound
    if not clause:
        return At(now.about(""), found, None, None)
    now = now.about(clause)
    known = next((one for one in set_in(now, clause) if one.ready is found), None)
    return At(now, found, clause_of(now.pack, clause), known.values if known else None)


def _roles_to_choose(here: At) -> list[Role]:
    """Return the roles that the rule can have: of a clause those that it names, as others are refused."""
    if here.clause is None:
        return [*here.now.pack.roles]
    named = {*here.clause.parameters.get("roles", ()), *(here.set_as or {}).values()}
    named |= {*named_in(here.now.pack, here.clause.says).get("roles", ())}
    return [role for role in here.now.pack.roles if role.name in named]


def _agrees_no_one(here: At) -> bool:
    """Whether a clause's rule has no role but that which agrees, and the clause asks no one to."""
    if here.clause is None or not all(one.agrees for one in here.ready.roles.values()):
        return False
    phrase = made_in(here.ready, here.clause.says)[1]
    return not phrase or not says_who_agrees(phrase)


def _context(here: At, form: ReadyForm, values: Values | None, visit: Visit) -> dict[str, Any]:
    whole = values is not None and all(
        values[name] or isinstance(field, Exceptions) or (isinstance(field, RoleField) and field.optional)
        for name, field in here.ready.fields.items()
    )
    chosen: Values = values if values is not None and whole else {}
    roles = {chosen.get(one) for one in here.ready.roles}
    named = [role for role in here.now.pack.roles if role.name in roles]
    return {
        "now": here.now,
        "seen": writing(visit.on).seen,
        "ready": here.ready,
        "title": _(here.ready.title),
        "form": form,
        "clause": here.clause,
        "set": here.set_as is not None,
        "by_hand": changed_by_hand(here.now, here.clause.id, here.ready)
        if here.clause and here.set_as is None
        else [],
        "names_no_one": not _roles_to_choose(here)
        and any(not one.optional for one in here.ready.roles.values()),
        "says": sentence(here.ready, chosen, _) if chosen or not here.ready.fields else "",
        "examples": _examples(here.ready, chosen) if whole else [],
        "no_one": [role.name for role in named if not all_holders(role.key, on=visit.on)],
        "more": not_held(here.ready, here.clause.says, chosen or here.begins) if here.clause else [],
        "may_say": _clauses_for(here) if here.clause is None else [],
    }


def _examples(ready: ReadyRule, values: Values) -> list[dict[str, Any]]:
    cases = examples_for(ready, values)
    found = []
    for case, one in zip(cases, tried(ready, values, cases), strict=True):
        due = one.due and due_in_words(
            instant=one.due.instant, day=one.due.day, at=LONG_BEFORE, at_once=one.due.at_once
        )
        answer = answer_in_short(one.answer)
        found.append({"case": _(case.case), "kind": KINDS[one.answer], "answer": answer, "due": due})
    return found


def _clauses_for(here: At) -> list[Clause]:
    """Return the clauses of the text that may say this rule, in reading order."""
    return [one for one in here.now.text.clauses.values() if here.ready in nearest(one.says, one.section)]


def _offered(clause: Clause) -> list[ReadyRule]:
    """Return the ready rules that the page of a clause offers: where none is near, those that come next."""
    return nearest(clause.says, clause.section) or likely(clause.says)


def left_out(now: Writing, clause: Clause, sentence: str) -> list[str]:
    """Return the words of a sentence that the ready rules of its clause leave out, as far as known."""
    each = [
        {*not_held(one.ready, sentence, one.values)}
        for one in set_in(now, clause.id)
        if one.ready in nearest(sentence, clause.section)
    ]
    return sorted(set.intersection(*each)) if each else []


def offered_for(now: Writing, clause: Clause) -> Mapping[str, Any]:
    """Return, for the page of a clause, the ready rules that it has and those whose words are nearest."""
    there = set_in(now, clause.id)
    keys = {one.ready.key for one in there}
    return {
        "ready_set": [
            {
                "key": one.ready.key,
                "title": _(one.ready.title),
                "says": sentence(one.ready, one.values, _),
                "numbers": range(one.place + 1, one.place + one.count + 1),
            }
            for one in there
        ],
        "ready_near": bool(nearest(clause.says, clause.section)),
        "ready_offered": [
            {
                "key": one.key,
                "title": _(one.title),
                "button": "secondary" if place or there or not nearest(clause.says, clause.section) else "",
            }
            for place, one in enumerate(one for one in _offered(clause) if one.key not in keys)
        ],
    }


urlpatterns = [
    path("policy/ready-rules", ready_list, name="own-ready-list"),
    path("policy/ready-rules/<slug:key>", ready, name="own-ready"),
]
