"""How the policy is interpreted here: the owner chooses where its words leave something open, tries the
choices on past decisions, and signs; what is open, what was chosen, and what another choice would
change.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.rows import is_number
from schoolgate.people.rules import ACTS, can
from schoolgate.policy import queries, readings, rules
from schoolgate.policy.adopting import choices_for
from schoolgate.policy.books import changes_of, pack_of
from schoolgate.policy.choices import working_day_choice
from schoolgate.policy.models import ReadingDraft
from schoolgate.policy.queries import PolicyInForce
from schoolgate.policy.ready import ready_among
from schoolgate.rulebook.capacities import Capacity
from schoolgate.rulebook.clauses import Clause
from schoolgate.rulebook.packs import Pack
from schoolgate.rulebook.readings import Changes, Difference, Left, Open, differences, left_open
from schoolgate.rulebook.ready.filling import sentence
from schoolgate.rulebook.situations.items import WorkingDayChoice
from schoolgate.rulebook.working_time import DaysThatCount
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm, form_page
from schoolgate.web.frame.paging import small_in
from schoolgate.web.frame.rule_words import rules_in_words
from schoolgate.web.frame.wording import (
    RESTATED_IN,
    duty_in_words,
    outcome_in_words,
    point_label,
    situation_title,
)
from schoolgate.web.policy.choices import CHOICE_ACTS, choices_shown, choose
from schoolgate.web.policy.rehearsal import beside

WORDS: dict[str, Promise] = {
    "response_hours": _("Hours until a response is due"),
    "check_interval_hours": _("Maximum hours between account checks"),
    "interval_days": _("Interval in days"),
    "reminder_interval_days": _("Days between reminders"),
    "hint_after_own_replies": _("Our replies in one thread before Schoolgate suggests stopping"),
    "working_day_definition": _("What counts as a working day"),
    "removal_deadline_hours": _("Hours until a comment must be taken down"),
    "review_within_hours": _("Hours to review a comment"),
    "removal_within_hours": _("Hours to take a comment down"),
    "review_interval_days": _("Days between full reviews"),
    "training_interval_months": _("Months until training must be repeated"),
    "min_trained": _("People who must be trained"),
    "default_min_age": _("Minimum age where the network’s own isn’t on record"),
    "monitoring_interval_days": _("Days between monitoring checks"),
    "decision_deadline_days": _("Days to decide an application"),
    "stale_after_days": _("Days without new content before an account counts as out of date"),
    "neglected_after_days": _("Days without new content before an account counts as neglected"),
    "retention_days": _("Days to store copies"),
}
"""The meaning of a setting, by its name in the rules."""
DAYS: dict[str, Promise] = {
    DaysThatCount.WEEKDAYS: _("Monday to Friday except bank holidays, including school holidays"),
    DaysThatCount.STAFF_DAYS: _("days when staff are in: school days and INSET days"),
    DaysThatCount.SCHOOL_DAYS: _("days when pupils are in school"),
}
BEFORE_ALL = datetime(1900, 1, 1, tzinfo=UTC)
"""An instant before every deadline: comparing two interpretations shows nothing as overdue."""

CLAUSES_SHOWN = 20


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
    """Return what is left open, one row for each choice: rules based on the same clauses share a value."""
    grouped: dict[tuple[str, frozenset[str]], list[Open]] = {}
    for one in left_open(pack):
        grouped.setdefault((one.name, frozenset(one.clauses)), []).append(one)
    return [
        Asked(name, tuple(places), tuple(pack.clauses[clause] for clause in places[0].clauses[:1]))
        for (name, _clauses), places in grouped.items()
    ]


def label_of(name: str) -> str:
    """Return the label of a setting."""
    return str(WORDS.get(name, name.replace("_", " ")))


def row_of(one: Asked, changes: Changes, days: WorkingDayChoice | None = None) -> dict[str, Any]:
    """Return what is left open, with the choice made for it.

    `days`: the choice of working days outside any interpretation; an interpretation that has one takes
    precedence.
    """
    value = changes.settings.get(one.places[0].binding, {}).get(one.name)
    if value is None and one.name == "working_day_definition" and days is not None:
        value = str(days.counting)
    return {"label": label_of(one.name), "clause": one.clauses[0], "value": value_in_words(value)}


def value_in_words(value: Any) -> str:
    """A chosen value in words; empty where it is left open."""
    if value is None:
        return ""
    return str(DAYS.get(value, value)) if isinstance(value, str) else str(value)


def difference_in_words(one: Difference, pack: Pack) -> dict[str, Any]:
    """A difference between two readings, clause by clause, as a page shows it."""
    if one.what == "role":
        before, after = ("; ".join(str(ACTS[each]) for each in side) for side in (one.before, one.after))
        return {"label": _role_label(one.name), "section": "", "before": before, "after": after}
    clause = pack.clauses[one.clauses[0]]
    if one.what == "rule":
        before, after = (_said(each, clause, pack) for each in (one.before, one.after))
        return {
            "label": RULES,
            "section": clause.section,
            "says": clause.says,
            "short": Truncator(clause.says).words(12),
            "before": before,
            "after": after,
        }
    if one.what == "aside":
        before, after = (str(ASIDE) if each else "" for each in (one.before, one.after))
        return {"label": str(RULES), "section": clause.section, "says": clause.says,
                "short": Truncator(clause.says).words(12), "before": before, "after": after}  # fmt: skip
    return {
        "label": PRINTED if one.what == "wording" else label_of(one.name),
        "section": clause.section,
        "before": value_in_words(one.before),
        "after": value_in_words(one.after),
        "quoted": one.what == "wording",
    }


def _said(rules: Sequence[Mapping[str, Any]], clause: Clause, pack: Pack) -> str:
    """Return the rules of a clause in words: a ready rule as its own sentence, any other piece by piece."""
    found = {one.place: one for one in ready_among(rules, clause.id, pack)}
    said, place = [], 0
    while place < len(rules):
        ready = found.get(place)
        said.append(
            sentence(ready.ready, ready.values, gettext)
            if ready
            else rules_in_words(rules[place : place + 1], pack.clauses)
        )
        place += ready.count if ready else 1
    return " ".join(said)


def left_in_words(one: Left, before: Pack) -> dict[str, Any]:
    """Something that was chosen under the version before and does not fit this one."""
    if one.what == "role":
        acts = "; ".join(str(ACTS[each]) for each in one.value if each in ACTS)
        return {"label": _role_label(one.name), "section": "", "value": acts}
    section = next((before.clauses[each].section for each in one.clauses if each in before.clauses), "")
    if one.what == "rule":
        return {"label": RULES, "section": section, "value": rules_in_words(one.value, before.clauses)}
    label = PRINTED if one.what == "wording" else label_of(one.name)
    quoted = one.what == "wording"
    return {"label": label, "section": section, "value": value_in_words(one.value), "quoted": quoted}


ASIDE = _("The clause doesn’t say what anyone may or must do")
PRINTED = _("Exact wording")
RULES = _("Rules")


def _role_label(name: str) -> str:
    return str(_("What {role} may do here")).format(role=name)


def tried_in_words(draft: ReadingDraft | None) -> dict[str, Any] | None:
    """Return what a draft would change, for the page."""
    tried: dict[str, Any] | None = draft.tried if draft else None
    if draft is None or tried is None:
        return None
    titles = {"past": _("Past decisions"), "stored": _("Test cases for this policy")}
    groups = [
        {
            "title": title,
            "rows": [_differs(one) for one in tried[name]["shown"]],
            "count": tried[name]["differ"],
            "more": tried[name]["differ"] - len(tried[name]["shown"]),
        }
        for name, title in titles.items()
    ]
    past = tried["past"]
    clauses = _by_clause(past.get("clauses", {}), draft)
    return {
        **tried,
        "groups": groups,
        "past": {**past, "seen": past["asked"] + past["gone"]},
        "clauses": clauses[:CLAUSES_SHOWN],
        "more_clauses": len(clauses[CLAUSES_SHOWN:]),
    }


def _by_clause(counted: Mapping[str, Any], draft: ReadingDraft) -> list[dict[str, Any]]:
    """How many past decisions differ under each clause, most first, with some of them."""
    known = {**pack_of(draft.version).clauses, **pack_of(draft.based_on.version).clauses}
    rows = [{**counted[key], "clause": known[key]} for key in counted if key in known]
    return sorted(rows, key=lambda row: (-row["times"], row["clause"].id))


def _differs(one: Mapping[str, Any]) -> dict[str, Any]:
    owed = [list(_owed(each)) for each in one["owed"]]
    changes: list[dict[str, Any]] = [
        {"label": point_label(point), "before": outcome_in_words(was), "after": outcome_in_words(now)}
        for point, (was, now) in one["points"].items()
    ]
    if owed[0] != owed[1]:
        only = [[each for each in owed[side] if each not in owed[1 - side]] for side in (0, 1)]
        changes.append({"label": _("Due"), "before": " ".join(only[0]), "after": " ".join(only[1])})
    return {
        "key": one["key"],
        "decision": one["key"] if is_number(one["key"]) else "",
        "situation": situation_title(one["situation"]),
        "changes": changes,
    }


def _owed(duties: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """Return the duties in words, seen from an instant before every deadline, so that none is overdue."""
    return (str(duty_in_words(duty, at=BEFORE_ALL)) for duty in duties)


MOST = 100_000


class ReadingForm(SchoolForm):
    """A field for each thing that is left open. What stays empty stays open."""

    def __init__(self, data: Any, *, asked: list[Asked], changes: Changes, because: str) -> None:
        self.asked = asked
        initial = {one.key: changes.settings.get(one.places[0].binding, {}).get(one.name) for one in asked}
        super().__init__(data, initial={**initial, "because": because})
        for one in asked:
            self.fields[one.key] = self._field(one)
        self.fields["because"] = forms.CharField(
            label=_("Why you read it this way"),
            help_text=_("One or two sentences. Everyone here can see them next to the interpretation."),
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=2000,
            required=False,
        )

    @staticmethod
    def _field(one: Asked) -> forms.Field:
        label, says = label_of(one.name), one.clauses[0]
        language = "" if says.wording else RESTATED_IN
        help_text = format_html(
            '<span lang="{}" data-quoted>{} ({})</span>', language, says.wording or says.says, says.section
        )
        if one.places[0].schema.get("type") == "integer":
            return forms.IntegerField(
                label=label,
                help_text=help_text,
                required=False,
                min_value=1,
                max_value=MOST,
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"}),
            )
        choices = [("", _("Not set")), *DAYS.items()]
        return forms.ChoiceField(label=label, help_text=help_text, required=False, choices=choices)

    def changes(self, before: Changes) -> dict[str, Any]:
        """Return the draft's changes to the pack after this form. Roles and printed words are unchanged."""
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
        label=_("Exact wording in the policy"),
        help_text=_(
            "Copy them exactly. If you leave this blank, our own wording is shown and labelled as ours."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=5000,
        required=False,
    )


class RoleForm(SchoolForm):
    """What the holders of a role may do in this program."""

    capacities = forms.MultipleChoiceField(
        label=_("People in this role may"),
        choices=[(str(one), ACTS[one]) for one in Capacity],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )


SIGNED = _("Interpretation signed. It applies from now on.")


@page(place="policy")
def reading(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The reading in force, and the next one while its owner is at it."""
    draft = queries.draft_of(queries.in_force(visit.on).version)
    if request.method == "POST":
        return _act(request, visit, draft)
    return _show(request, visit, draft)


@page(place="policy", check=rules.check_may_own, methods=("GET", "HEAD"))
def trial(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show how far the trial of the next interpretation is: the part of its page that changes meanwhile."""
    policy = queries.in_force(visit.on)
    draft = queries.draft_of(policy.version)
    if draft is None or not request.headers.get("HX-Request"):
        return redirect("reading")
    shown = {**_drafted(policy, draft), **beside(visit, "reading"), "oob": True}
    return render(request, "policy/_trial.html", shown)


def _act(request: HttpRequest, visit: Visit, draft: ReadingDraft | None) -> HttpResponseBase:
    """One of the buttons of the page."""
    act = request.POST.get("act", "")
    who: Mapping[str, Any] = {"by": visit.person, "at": visit.at}
    if act in CHOICE_ACTS:
        chosen = choose(request, visit, act)
        return _show(request, visit, draft, choice=chosen) if isinstance(chosen, SchoolForm) else chosen
    if act == "start":
        readings.start_draft(**who)
        return redirect("reading")
    if act == "sign" and draft is None:
        readings.sign_reading(**who)
        return done(request, SIGNED, "reading")
    if draft is None or act not in ("save", "try", "stop", "sign", "drop"):
        raise NotFound
    edition = small_in(request.POST.get("edition", "")) or 0
    if act == "drop":
        readings.drop_draft(**who, draft=draft)
        return done(request, _("Draft interpretation discarded."), "reading")
    if act == "stop":
        readings.stop_trying(**who, draft=draft, edition=edition)
        return done(request, _("Stopped. Nothing was changed."), "reading")
    try:
        if act == "sign":
            readings.sign_draft(**who, draft=draft, edition=edition)
            return done(request, SIGNED, "reading")
        if act == "try":
            readings.try_draft(**who, draft=draft, edition=edition)
            return redirect("reading")
    except BadInput as error:
        return _show(request, visit, draft, refused=error)
    form = ReadingForm(
        request.POST,
        asked=asked_of(pack_of(draft.version)),
        changes=changes_of(draft.changes),
        because=draft.because,
    )
    if form.save(
        lambda typed: readings.save_draft(
            **who,
            draft=draft,
            edition=edition,
            changes=form.changes(changes_of(draft.changes)),
            because=typed["because"],
        )
    ):
        return done(request, _("Saved. Now see what changes."), "reading")
    return _show(request, visit, draft, form=form)


def _show(
    request: HttpRequest,
    visit: Visit,
    draft: ReadingDraft | None,
    *,
    form: ReadingForm | None = None,
    choice: SchoolForm | None = None,
    refused: BadInput | None = None,
) -> HttpResponseBase:
    policy = queries.in_force(visit.on)
    now = changes_of(policy.reading.changes)
    owner = can(rules.check_may_own, visit.person, on=visit.on)
    asked = asked_of(pack_of(policy.version))
    before, *earlier = queries.readings_of(policy.version)
    days = working_day_choice(on=visit.on)
    rows = [row_of(one, now, days) for one in asked]
    context: dict[str, Any] = {
        "policy": policy,
        "chosen": [row for row in rows if row["value"]],
        "not_chosen": [row for row in rows if not row["value"]],
        "reading": before,
        "earlier": earlier,
        "may_own": owner,
        "open_choices": choices_shown(visit, policy.book, may_own=owner, refused=choice),
        "draft": draft if owner else None,
        "refused": list(refused.fields.values()) if refused else [],
    }
    if owner and (draft or not policy.reading.signed_by_id):
        context |= beside(visit, "reading" if draft else "now")
    if draft is not None and owner:
        context |= _drafted(policy, draft)
        context["form"] = form or ReadingForm(
            None, asked=asked, changes=changes_of(draft.changes), because=draft.because
        )
    refused_here = refused or choice or (form is not None and form.is_bound)
    status = 422 if refused_here else 200
    return render(request, "policy/reading.html", context, status=status)


def _drafted(policy: PolicyInForce, draft: ReadingDraft) -> dict[str, Any]:
    """The next reading: what it changes, what a trial of it has found so far, and what was carried over."""
    pack = pack_of(policy.version)
    now, after = changes_of(policy.reading.changes), changes_of(draft.changes)
    before = queries.version_before(policy.version) if draft.based_on.signed_by_id is None else None
    fits, left = choices_for(before, policy.version) if before else (Changes(), [])
    carried = bool(left) or not (fits.nothing or after.nothing)
    return {
        "draft": draft,
        "changes": [difference_in_words(one, pack) for one in differences(pack, now, after)],
        "tried": tried_in_words(draft),
        "carried_from": before if carried else None,
        "left": [left_in_words(one, pack_of(before)) for one in left] if before else [],
    }


@page(place="policy", check=rules.check_may_own)
def part(request: HttpRequest, visit: Visit, what: str, key: str) -> HttpResponseBase:
    """Change one part of the next interpretation: a clause's exact wording, or what a role may do here."""
    policy = queries.in_force(visit.on)
    clause = policy.book.clauses.get(key) if what == "words" else None
    role = next((one for one in policy.book.roles if one.key == key), None) if what == "roles" else None
    form: SchoolForm
    if clause is not None:
        form = WordingForm(request.POST or None, initial={"words": clause.wording})
    elif role is not None:
        # A role that may do nothing sends no box at all.
        sent = request.POST if request.method == "POST" else None
        form = RoleForm(sent, initial={"capacities": sorted(role.capacities)})
    else:
        raise NotFound

    def save(typed: Mapping[str, Any]) -> None:
        draft = readings.start_draft(by=visit.person, at=visit.at)
        changes = changes_of(draft.changes).model_dump(mode="json")
        if clause is not None:
            changes["wordings"][key] = typed["words"].strip()
            changes["wordings"] = {one: text for one, text in changes["wordings"].items() if text}
        else:
            packaged = next(one for one in pack_of(policy.version).roles if one.key == key)
            changes["roles"][key] = sorted(typed["capacities"])
            if changes["roles"][key] == sorted(packaged.capacities):
                del changes["roles"][key]
        readings.save_draft(
            by=visit.person,
            at=visit.at,
            draft=draft,
            edition=draft.edition,
            changes={name: value for name, value in changes.items() if value},
            because=draft.because,
        )

    if form.save(save):
        told = _("Saved for the next interpretation. It applies once you sign that.")
        return done(request, told, "reading")
    return form_page(request, "policy/part.html", form, {"clause": clause, "role": role})


urlpatterns = [
    path("policy/reading", reading, name="reading"),
    path("policy/reading/trial", trial, name="reading-trial"),
    path("policy/reading/<slug:what>/<slug:key>", part, name="reading-part"),
]
