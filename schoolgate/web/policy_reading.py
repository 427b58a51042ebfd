"""How the policy is read here: what its words leave open and the owner chooses, tried on what was decided,
signed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.people.rules import ACTS, can
from schoolgate.policy import actions, queries, rules
from schoolgate.policy.books import changes_of, pack_of
from schoolgate.policy.models import ReadingDraft
from schoolgate.rulebook.capacities import Capacity
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.packs import Pack
from schoolgate.rulebook.readings import Changes, Difference, Open, differences, left_open
from schoolgate.rulebook.working_time import DaysThatCount
from schoolgate.web.doors import Visit, done, page
from schoolgate.web.forms import SchoolForm
from schoolgate.web.wording import duty_in_words, outcome_in_words, point_label, situation_title

WORDS: dict[str, Promise] = {
    "response_hours": _("Hours until a response is due"),
    "interval_days": _("Days from one time to the next"),
    "reminder_interval_days": _("Days from one reminder to the next"),
    "hint_after_own_replies": _("Replies of our own after which the program suggests to stop"),
    "working_day_definition": _("What counts as a working day"),
    "removal_deadline_hours": _("Hours until it has to be taken down"),
    "review_within_hours": _("Hours within which it is read"),
    "removal_within_hours": _("Hours within which it is taken down"),
    "review_interval_days": _("Days from one reading through to the next"),
    "training_interval_months": _("Months until the training is repeated"),
    "monitoring_interval_days": _("Days from one look at how it works to the next"),
    "decision_deadline_days": _("Days until an application is decided"),
    "stale_after_days": _("Days without anything new after which an account is no longer fresh"),
    "neglected_after_days": _("Days without anything new after which an account is left to itself"),
    "retention_days": _("Days for which copies are kept"),
}
"""What a setting is, by its name in the rules."""
DAYS: dict[str, Promise] = {
    DaysThatCount.WEEKDAYS: _("Monday to Friday without bank holidays, school holidays included"),
    DaysThatCount.STAFF_DAYS: _("days on which staff are in: school days and INSET days"),
    DaysThatCount.SCHOOL_DAYS: _("days on which pupils are in"),
}
MOST = 100_000
BEFORE_ALL = datetime(1900, 1, 1, tzinfo=UTC)
"""Seen from here no due time has gone by: two are compared, nobody is late."""


@dataclass(frozen=True)
class Asked:
    """One thing that the policy leaves open: the rules that it fills, and the clauses that speak of it."""

    name: str
    places: tuple[Open, ...]
    clauses: tuple[Clause, ...]

    @property
    def key(self) -> str:
        """Its name in a form: the first rule's."""
        return f"{self.places[0].binding}.{self.name}"


def asked_of(pack: Pack) -> list[Asked]:
    """What is left open, one row for each choice: rules that rest on the same clauses take the same value."""
    grouped: dict[tuple[str, frozenset[str]], list[Open]] = {}
    for one in left_open(pack):
        grouped.setdefault((one.name, frozenset(one.clauses)), []).append(one)
    return [
        Asked(name, tuple(places), tuple(pack.clauses[clause] for clause in places[0].clauses[:1]))
        for (name, _clauses), places in grouped.items()
    ]


def label_of(name: str) -> str:
    """What a setting is, in words."""
    return str(WORDS.get(name, name.replace("_", " ")))


class ReadingForm(SchoolForm):
    """A field for each thing that is left open. What stays empty stays open."""

    def __init__(self, data: Any, *, asked: list[Asked], changes: Changes, because: str) -> None:
        self.asked = asked
        initial = {one.key: changes.settings.get(one.places[0].binding, {}).get(one.name) for one in asked}
        super().__init__(data, initial={**initial, "because": because})
        for one in asked:
            self.fields[one.key] = self._field(one)
        self.fields["because"] = forms.CharField(
            label=_("Why you read it so"),
            help_text=_("A sentence or two. They stand beside the reading for everybody here."),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=2000,
            required=False,
        )

    @staticmethod
    def _field(one: Asked) -> forms.Field:
        label, says = label_of(one.name), one.clauses[0]
        help_text = f"{says.section}: {says.wording or says.says}"
        if one.places[0].schema.get("type") == "integer":
            return forms.IntegerField(
                label=label, help_text=help_text, required=False, min_value=1, max_value=MOST
            )
        choices = [("", _("Left open")), *DAYS.items()]
        return forms.ChoiceField(label=label, help_text=help_text, required=False, choices=choices)

    def changes(self, before: Changes) -> dict[str, Any]:
        """What the draft lays over the pack after this form; roles and printed words stay as they are."""
        settings: dict[str, dict[str, Any]] = {}
        for one in self.asked:
            value = self.cleaned_data[one.key]
            if value in (None, ""):
                continue
            for place in one.places:
                settings.setdefault(place.binding, {})[place.name] = value
        plain: dict[str, Any] = before.model_dump(mode="json")
        return {name: value for name, value in {**plain, "settings": settings}.items() if value}


class WordingForm(SchoolForm):
    """A sentence as the policy prints it."""

    words = forms.CharField(
        label=_("The words that the policy prints"),
        help_text=_("Copy them exactly. Empty: our restatement is shown, and called that."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        required=False,
    )


class RoleForm(SchoolForm):
    """What the holders of a role may do in this program."""

    capacities = forms.MultipleChoiceField(
        label=_("Whoever holds this role may"),
        choices=[(str(one), ACTS[one]) for one in Capacity],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


@page(place="policy")
def reading(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The reading in force, and the next one while its owner is at it."""
    policy = queries.in_force(visit.on)
    draft = queries.draft_of(policy.version)
    if request.method == "POST":
        return _act(request, visit, draft)
    return _show(request, visit, draft)


def _act(request: HttpRequest, visit: Visit, draft: ReadingDraft | None) -> HttpResponseBase:
    """One of the buttons of the page."""
    act = request.POST.get("act", "")
    who: Mapping[str, Any] = {"by": visit.person, "at": visit.at}
    if act == "start":
        actions.start_draft(**who)
        return redirect("reading")
    if draft is None or act not in ("save", "try", "stop", "sign", "drop"):
        raise NotFound
    edition = int(request.POST["edition"]) if request.POST.get("edition", "").isdecimal() else 0
    if act == "drop":
        actions.drop_draft(**who, draft=draft)
        return done(request, _("The reading that was begun is put aside."), "reading")
    if act == "stop":
        actions.stop_trying(**who, draft=draft, edition=edition)
        return done(request, _("Stopped. Nothing was changed."), "reading")
    try:
        if act == "sign":
            actions.sign_draft(**who, draft=draft, edition=edition)
            return done(request, _("The reading is signed. It counts from now on."), "reading")
        if act == "try":
            actions.try_draft(**who, draft=draft, edition=edition)
            return redirect("reading")
    except BadInput as error:
        return _show(request, visit, draft, refused=error)
    form = _form(draft, request.POST)
    if not form.is_valid():
        return _show(request, visit, draft, form=form)
    try:
        actions.save_draft(
            **who,
            draft=draft,
            edition=edition,
            changes=form.changes(changes_of(draft.changes)),
            because=form.cleaned_data["because"],
        )
    except BadInput as error:
        form.refuse(error)
        return _show(request, visit, draft, form=form)
    return done(request, _("Kept. Now see what it changes."), "reading")


def _form(draft: ReadingDraft, data: Any = None) -> ReadingForm:
    pack = pack_of(draft.version)
    return ReadingForm(data, asked=asked_of(pack), changes=changes_of(draft.changes), because=draft.because)


def _show(
    request: HttpRequest,
    visit: Visit,
    draft: ReadingDraft | None,
    *,
    form: ReadingForm | None = None,
    refused: BadInput | None = None,
) -> HttpResponseBase:
    policy = queries.in_force(visit.on)
    pack = pack_of(policy.version)
    now = changes_of(policy.reading.changes)
    owner = can(rules.check_may_own, visit.person, on=visit.on)
    context: dict[str, Any] = {
        "policy": policy,
        "chosen": [_row(one, now) for one in asked_of(pack)],
        "readings": list(policy.version.readings.select_related("signed_by").order_by("-number")),
        "may_own": owner,
        "draft": draft if owner else None,
        "refused": list(refused.fields.values()) if refused else [],
        "open_heads": [_("What"), _("What the policy says"), _("Our choice")],
        "change_heads": [_("What"), _("Now"), _("Then")],
    }
    if draft is not None and owner:
        after = changes_of(draft.changes)
        context |= {
            "form": form or _form(draft),
            "changes": [_in_words(one, pack) for one in differences(pack, now, after)],
            "tried": _tried(draft.tried),
        }
    status = 422 if refused or (form is not None and form.is_bound) else 200
    return render(request, "policy/reading.html", context, status=status)


def _row(one: Asked, changes: Changes) -> dict[str, Any]:
    value = changes.settings.get(one.places[0].binding, {}).get(one.name)
    return {
        "label": label_of(one.name),
        "clause": one.clauses[0],
        "value": _value(value),
    }


def _value(value: Any) -> str:
    """A chosen value in words; empty where it is left open."""
    if value is None:
        return ""
    return str(DAYS.get(value, value)) if isinstance(value, str) else str(value)


def _in_words(one: Difference, pack: Pack) -> dict[str, Any]:
    """A difference between two readings, clause by clause, as a page shows it."""
    if one.what == "role":
        carried = [", ".join(str(ACTS[each]) for each in side) for side in (one.before, one.after)]
        label = _now("What {role} may do here").format(role=one.name)
        return {"label": label, "section": "", "before": carried[0], "after": carried[1]}
    clause = pack.clauses[one.clauses[0]]
    label = _now("The printed words") if one.what == "wording" else label_of(one.name)
    return {
        "label": label,
        "section": clause.section,
        "says": clause.says,
        "before": _value(one.before),
        "after": _value(one.after),
    }


def _tried(tried: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """What a draft would change, for the page."""
    if tried is None:
        return None
    titles = {"past": _("Past decisions"), "stored": _("Cases that are kept to prove this policy")}
    groups = [
        {"title": title, "rows": [_differs(one) for one in tried[name]["shown"]]}
        for name, title in titles.items()
    ]
    return {**tried, "groups": groups}


def _differs(one: Mapping[str, Any]) -> dict[str, Any]:
    owed = [[duty_in_words(duty, at=BEFORE_ALL) for duty in each] for each in one["owed"]]
    return {
        "key": one["key"],
        "decision": one["key"] if one["key"].isdecimal() else "",
        "situation": situation_title(one["situation"]),
        "points": [
            (point_label(point), outcome_in_words(was), outcome_in_words(now))
            for point, (was, now) in one["points"].items()
        ],
        "owed": owed if owed[0] != owed[1] else None,
    }


@page(place="policy")
def wording(request: HttpRequest, visit: Visit, clause: str) -> HttpResponseBase:
    """Paste what the policy prints for one of its sentences."""
    rules.check_may_own(visit.person, on=visit.on)
    policy = queries.in_force(visit.on)
    found = policy.book.clauses.get(clause)
    if found is None:
        raise NotFound
    form = WordingForm(request.POST or None, initial={"words": found.wording})
    if request.method == "POST" and form.is_valid():
        draft = actions.start_draft(by=visit.person, at=visit.at)
        changes = changes_of(draft.changes).model_dump(mode="json")
        words = {**changes["wordings"], clause: form.cleaned_data["words"].strip()}
        changes["wordings"] = {key: text for key, text in words.items() if text}
        return _laid_over(request, visit, draft, changes)
    status = 422 if form.is_bound else 200
    return render(request, "policy/wording.html", {"form": form, "clause": found}, status=status)


@page(place="policy")
def role(request: HttpRequest, visit: Visit, role: str) -> HttpResponseBase:
    """Say what the holders of one of the policy's roles may do here."""
    rules.check_may_own(visit.person, on=visit.on)
    policy = queries.in_force(visit.on)
    found = next((one for one in policy.book.roles if one.key == role), None)
    if found is None:
        raise NotFound
    form = RoleForm(request.POST or None, initial={"capacities": sorted(found.capacities)})
    if request.method == "POST" and form.is_valid():
        draft = actions.start_draft(by=visit.person, at=visit.at)
        changes = changes_of(draft.changes).model_dump(mode="json")
        packaged = next(one for one in pack_of(policy.version).roles if one.key == role)
        wanted = sorted(form.cleaned_data["capacities"])
        changes["roles"].pop(role, None)
        if wanted != sorted(packaged.capacities):
            changes["roles"][role] = wanted
        return _laid_over(request, visit, draft, changes)
    status = 422 if form.is_bound else 200
    return render(request, "policy/role.html", {"form": form, "role": found}, status=status)


def _laid_over(
    request: HttpRequest, visit: Visit, draft: ReadingDraft, changes: Mapping[str, Any]
) -> HttpResponseBase:
    actions.save_draft(
        by=visit.person,
        at=visit.at,
        draft=draft,
        edition=draft.edition,
        changes={name: value for name, value in changes.items() if value},
        because=draft.because,
    )
    return done(request, _("Kept for the next reading. It counts once you have signed that."), "reading")


urlpatterns = [
    path("policy/reading", reading, name="reading"),
    path("policy/reading/words/<slug:clause>", wording, name="reading-words"),
    path("policy/reading/roles/<slug:role>", role, name="reading-role"),
]
