"""What a comment was found to be, and the steps with its author: forms, and as its page shows them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.contributors import is_friend
from schoolgate.core.clock import local_day
from schoolgate.duties.queries import about
from schoolgate.inbox import judged, seeing
from schoolgate.inbox.duty_kinds import TAKE_DOWN
from schoolgate.inbox.judged import ALSO, asked_also
from schoolgate.inbox.judging import NOTHING, may_read_report, wanted_with_author
from schoolgate.inbox.models import FAULTS, Item, Judgement, Relation, WriterStep, WriterStepKind
from schoolgate.inbox.removals import friend_of
from schoolgate.people.queries import book_of
from schoolgate.people.rules import can
from schoolgate.policy.queries import book_in_scope
from schoolgate.web.frame.doors import Visit
from schoolgate.web.frame.forms import DayField, SchoolForm, at
from schoolgate.web.frame.shown import ShownClause, due_in_short
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from
from schoolgate.web.inbox.forms import YES_NO

SAYS = [("", _("Not known")), *YES_NO]


class JudgeForm(SchoolForm):
    """What is wrong with a comment, who wrote it, and whether someone reported it to us."""

    prefix = "judge"
    policy_help = {
        "because": (
            at("item.received", "removal_due", "report_due", "personal_details"),
            at("item.look", "taken_down_in_time", "stepped_in", "acted_on"),
        ),
        "named": (at("item.look", "writer_unnamed"),),
        "rude": (at("item.look", "rudeness"),),
        "abusive": (at("item.look", "abusive_conversation"),),
        "friend": (at("item.look", "taken_down_in_time"), at("comment.admit", "friends_let_through")),
        "relation": (
            at("parent.approach", "asked_to_take_down", "invited_to_talk"),
            at("incident.conclude", "behaviour_policy"),
        ),
    }

    because = forms.ChoiceField(
        label=_("What’s wrong with it?"),
        choices=[*((str(each), each.label) for each in FAULTS), (NOTHING, _("Nothing"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it, or that nothing is.")},
    )
    relation = forms.ChoiceField(
        label=_("Who wrote it?"),
        choices=[("", _("Not known")), *Relation.choices],
        required=False,
        widget=forms.Select,
    )
    house_rule = forms.CharField(label=_("House rule"), required=False, max_length=40)
    reported = forms.BooleanField(label=_("Someone reported it to us"), required=False)
    named = forms.ChoiceField(label=_("Does the author give a real name?"), choices=SAYS, required=False)
    rude = forms.ChoiceField(label=_("Is it rude?"), choices=SAYS, required=False)
    abusive = forms.ChoiceField(label=_("Has the conversation become abusive?"), choices=SAYS, required=False)
    friend = forms.ChoiceField(label=_("Is it from a friend of the site?"), choices=SAYS, required=False)

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        asked = asked_also()
        for name in ALSO:
            if name not in asked:
                del self.fields[name]

    @property
    def also(self) -> list[forms.BoundField]:
        """Return the questions that this policy asks besides."""
        return [self[name] for name in ALSO if name in self.fields]

    def judgement(self) -> dict[str, Any]:
        """Return what was said, as the action takes it."""
        typed = self.cleaned_data
        also = {name: typed[name] for name in ALSO if name in typed}
        return {**{name: value for name, value in typed.items() if name not in ALSO}, "also": also}


class WriterStepForm(SchoolForm):
    """A step with the author at the school: its day, and the answer."""

    on = DayField(label=_("On which day?"))
    words = forms.CharField(max_length=300, required=False)

    def __init__(self, what: WriterStepKind, data: Any = None, **given: Any) -> None:
        self.prefix = f"step-{what}"
        super().__init__(data, **given)
        self.what = what
        self.fields["words"].label = WORDS[what]


WORDS = {
    WriterStepKind.ASKED: _("What did they say?"),
    WriterStepKind.INVITED: _("What did they say?"),
    WriterStepKind.REFERRED: _("Which version of the procedure?"),
    WriterStepKind.BEHAVIOUR: _("Who was it passed to? Give their role, not a pupil’s name."),
}


WITH_PARENT = (WriterStepKind.ASKED, WriterStepKind.INVITED, WriterStepKind.REFERRED)


@dataclass(frozen=True)
class ShownStep:
    """A kind of step: what was done and when, whether the policy still wants it, by which clauses."""

    kind: WriterStepKind
    taken: Sequence[WriterStep]
    wanted: bool
    clauses: Sequence[ShownClause]
    form: WriterStepForm


def judged_shown(found: Item, visit: Visit, extra: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page shows of the judgement on this comment, and the form for one."""
    last, report = judged.judgement_of(found), judged.last_report(found)
    sorts = can(seeing.check_may_sort, visit.person, found, on=visit.on)
    names = book_of(visit.federation).role_names
    said = {True: "yes", False: "no"}
    start = {
        "relation": judged.relation_of(found),
        "because": last.reason if last else "",
        **{name: said.get(getattr(last, name, None), "") for name in judged.ALSO},  # type: ignore[arg-type]
        "friend": _friend(found),
    }
    return {
        "judgement": last,
        "relation": Relation(last.relation).label if last and last.relation else "",
        "take_down": _due(found, visit),
        "may_judge": sorts and found.gone_at is None,
        "judge_form": extra.get("judge_form") or JudgeForm(initial=start),
        "report_of_abuse": report,
        "reported_to": ", ".join(names.get(key, key) for key in report.roles) if report else "",
        "may_read_report": report is not None
        and report.read_at is None
        and may_read_report(visit.person, report, on=visit.on),
        "writer_steps": _steps(found, last, visit, extra.get("step_form")) if last else [],
        "may_step": sorts,
    }


def _friend(found: Item) -> str:
    """Return what is known of the author as a friend of the site: as a person said, else yes where that name
    was added as one. Not looked for where the policy gives no reason to ask."""
    if "friend" not in judged.asked_also():
        return ""
    if (said := friend_of(found)) is not None:
        return "yes" if said else "no"
    return "yes" if is_friend(found.account, found.author_name) else ""


def _due(found: Item, visit: Visit) -> Any:
    """Return when the policy wants it dealt with; None where no such task is open."""
    duty = next((one for one in about(found) if one.kind == TAKE_DOWN and one.still_to_do), None)
    return duty and due_in_short(instant=duty.due_at, day=duty.due_day, at=visit.at)


def _steps(found: Item, last: Judgement, visit: Visit, sent: WriterStepForm | None) -> list[ShownStep]:
    """Return the steps that this policy has for this author; none where it has none."""
    wanted = dict(wanted_with_author(found, last, at=visit.at))
    taken = list(found.writer_steps.select_related("by").order_by("id"))
    kinds = [kind for kind in WriterStepKind if kind in wanted or any(row.what == kind for row in taken)]
    asks_parents = last.relation == Relation.PARENT and last.reason in judged.IMPROPER
    if asks_parents and book_in_scope().bound("parent.approach"):
        kinds = list(dict.fromkeys([*WITH_PARENT, *kinds]))
    book = book_of(visit.federation)
    federation, quote = federation_of(book.key), quote_from(book)
    return [
        ShownStep(
            kind,
            [row for row in taken if row.what == kind],
            kind in wanted,
            [
                clause_shown(one, basis="policy", federation=federation, quote=quote)
                for one in wanted.get(kind, ())
            ],
            sent
            if sent is not None and sent.what == kind
            else WriterStepForm(kind, initial={"on": local_day(visit.at)}),
        )
        for kind in kinds
    ]
