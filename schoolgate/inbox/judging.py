"""Record what is wrong with a comment and open what the policy wants then; a second person checks a
removal by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events import record
from schoolgate.core.subjects import person_key
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.inbox import judged, seeing
from schoolgate.inbox.duty_kinds import ABUSE_REPORTED, CONFIRM_GONE, READ, REMOVE, TAKE_DOWN, WRITER
from schoolgate.inbox.first_read import open_task
from schoolgate.inbox.judged import ask_again, chosen_rule, judge_again
from schoolgate.inbox.models import (
    FAULTS,
    AbuseReport,
    HandRemoval,
    Item,
    ItemState,
    Judgement,
    KeptBack,
    Relation,
    WriterStep,
    WriterStepKind,
)
from schoolgate.inbox.reaching import follow_sight
from schoolgate.inbox.removals import HouseRule
from schoolgate.inbox.seeing import locked_item
from schoolgate.people.models import Person
from schoolgate.people.queries import Where, assignments, book_for, holders
from schoolgate.policy.asking import answered, record_decision, require
from schoolgate.policy.keeping import GOES_AHEAD
from schoolgate.policy.models import DecisionRecord
from schoolgate.rulebook import Decision


def ask_to_look(item: Item, *, by: Person, at: datetime, how: str) -> HandRemoval:
    """Record `by`'s report that they did it, and ask the moderators here to check."""
    standing = standing_word(item)
    if standing is not None:  # hidden first and removed a moment later: the newer word counts
        HandRemoval.objects.filter(pk=standing.pk).update(how=how, by=by, at=at)
        return standing
    said = HandRemoval.objects.create(item=item, how=how, by=by, at=at)
    ask_moderators(CONFIRM_GONE, item, at=at)
    return said


@action
def look_after_removal(*, by: Person, at: datetime, item: Item, gone: bool) -> Item:
    """Record a second person's check: it is no longer visible, or it is still there and must be removed
    again.

    Raises NotAllowed (no right; the person who reported it), NotNow (no check is open).
    """
    seeing.check_may_hide(by, item, on=local_day(at))
    said = standing_word(item)
    if said is None:
        raise NotNow(_("No one needs to check this now."), _("Open it again to see its status."))
    check_is_another(by, said)
    seen = HandRemoval.objects.filter(pk=said.pk, gone=None).update(gone=gone, looked_by=by, looked_at=at)
    if seen != 1:
        raise NotNow(_("No one needs to check this now."), _("Open it again to see its status."))
    discharge(kind=CONFIRM_GONE, subject=item, by=by, at=at, how="gone" if gone else "still_there")
    record("item.removal_looked_at", subject=item, at=at, actor=by, yes=gone)
    if not gone:
        back = {"gone_at": None} if said.how == KeptBack.REMOVED else {}
        Item.every.filter(pk=item.pk).update(kept_back="", **back)
        item.refresh_from_db(fields=["kept_back", "gone_at"])
        follow_sight(item, at=at)
        ask_to_remove(item, at=at)
    return item


def ask_to_remove(item: Item, *, at: datetime) -> None:
    """Ask those who moderate here to take a comment out of sight on the network's own pages."""
    ask_moderators(REMOVE, item, at=at)


def check_is_another(person: Person, said: HandRemoval) -> None:
    """Raise NotAllowed for the person who reported the removal."""
    if said.by_id == person.pk:
        raise NotAllowed(
            _("You said that you removed it, so someone else must check."),
            _("Ask a colleague who manages comments."),
        )


def standing_word(item: Item) -> HandRemoval | None:
    """Return a person's report that they removed it by hand, until a second person has checked."""
    return HandRemoval.objects.filter(item=item, gone=None).select_related("by").first()


def ask_moderators(
    kind: str,
    item: Item,
    *,
    at: datetime,
    due: Due | None = None,
    clauses: Sequence[str] = (),
    decision: DecisionRecord | None = None,
    subject: Model | None = None,
) -> None:
    """Open a task about an item, or a `subject` that belongs to it, for each role that moderates here
    (`first_read.open_task`)."""
    for role in book_for(item.account).pack.roles_with("moderate"):
        open_task(
            item,
            subject=subject,
            kind=kind,
            at=at,
            due=due,
            role=role.key,
            clauses=clauses,
            decision=decision,
        )


TO_ACT = frozenset({"removal", "handling", "step_in"})
"""Duties of the policy that are done once a comment is out of sight, or was dealt with."""
TO_ACT_NEEDS = frozenset({"removal", "step_on_it", "step_on_abuse"})
REPORT = "report"
NOTHING = "nothing"
SAID = {"yes": True, "no": False}
LONGEST_WORDS = 300


@action
def judge(
    *,
    by: Person,
    at: datetime,
    item: Item,
    because: str,
    relation: str = "",
    version: str,
    house_rule: str = "",
    reported: bool = False,
    also: Mapping[str, str] | None = None,
) -> Judgement:
    """Record what is wrong with a comment, or that nothing is, and what the policy wants then.

    Args:
        because: one of `FAULTS`, or "nothing".
        relation: what its author is to the school, one of `Relation`; empty where that is not known.
        version: of the item, as it was shown.
        reported: whether someone reported it to us.
        also: by the names of `judged.ALSO`: "yes", "no", or empty where that is not said.

    Raises NotAllowed, BadInput (`because`, `relation`, `house_rule`, `rude`), NotNow (its author has edited
    it).
    """
    item = locked_item(item.pk)
    seeing.check_may_sort(by, item, on=local_day(at))
    if version != item.version:
        raise NotNow(_("The author has edited this since you opened it."), _("Read it again, then decide."))
    wrong, said = {}, {name: SAID.get((also or {}).get(name, "")) for name in judged.ALSO}
    if because not in (*FAULTS, NOTHING):
        wrong["because"] = _("Choose what is wrong with it, or that nothing is.")
    if relation and relation not in Relation.values:
        wrong["relation"] = _("Choose who wrote it.")
    if said["rude"] is None and relation in judged.asked_about_rudeness():
        wrong["rude"] = _("Say whether it is rude. The policy doesn’t allow that from this author.")
    if wrong:
        raise BadInput(wrong)
    reason = "" if because == NOTHING else because
    rule = chosen_rule(item, because=reason, key=house_rule) if reason else None
    return note_judgement(
        item, by=by, at=at, reason=reason, relation=relation, rule=rule, reported=reported, also=said
    )


def note_judgement(
    item: Item,
    *,
    by: Person,
    at: datetime,
    reason: str,
    relation: str = "",
    rule: HouseRule | None = None,
    reported: bool = False,
    also: Mapping[str, bool | None] | None = None,
) -> Judgement:
    """Write a judgement, ask the policy about the comment again, and open what it wants. The same judgement
    of the same version is written once."""
    before = judged.judgement_of(item)
    relation = relation or judged.relation_of(item)
    known = {name: getattr(before, name, None) for name in judged.ALSO}
    said = known | {name: value for name, value in (also or {}).items() if value is not None}
    found = (reason, relation, str(rule.number) if rule else "", said)
    if before and not reported and (before.reason, before.relation, before.house_rule, known) == found:
        return before
    row = Judgement.objects.create(
        item=item,
        item_version=item.version,
        reason=reason,
        relation=relation,
        house_rule=found[2],
        reported_at=at if reported else before.reported_at if before else None,
        **said,
        by=by,
        at=at,
    )
    discharge(kind=READ, subject=item, by=by, at=at, how="judged")
    waits = item.state in (ItemState.OPEN, ItemState.ANSWERING)
    received = judge_again(item, by=by, at=at, changed=[]) if waits else ask_again(item, by=by, at=at)
    looked = record_decision("item.look", judged.look_facts(item, row, at=at), at=at, by=by, subject=item)
    clauses = list(dict.fromkeys((*received.clauses, *looked.clauses)))
    record(
        "item.judged", subject=item, at=at, actor=by, clauses=clauses, decision=received.pk,
        because=reason or NOTHING,
    )  # fmt: skip
    if item.locked_at is None:  # else the safeguarding leads have it, and no one else is asked
        _take_down(item, row, (received, looked), at=at, by=by)
        _report(item, row, received, at=at)
        open_writer_steps(item, row, at=at)
    return row


def _take_down(
    item: Item, row: Judgement, asked: Iterable[DecisionRecord], *, at: datetime, by: Person
) -> None:
    """Open the task to act on it by the policy's earliest time; end it where nothing is wrong any more."""
    if not row.reason:
        cancel(kind=TAKE_DOWN, subject=item, because="judged", at=at, by=by)
        return
    wanted = {kept: _to_act(answered(kept)) for kept in asked}
    clauses = [clause for found in wanted.values() for clause, _due in found]
    if not clauses or item.kept_back or item.gone_at is not None:
        return
    due = min((one for found in wanted.values() for _clause, one in found), key=lambda one: one.last_instant)
    first = next(kept for kept, found in wanted.items() if found)
    ask_moderators(TAKE_DOWN, item, at=at, due=due, clauses=tuple(dict.fromkeys(clauses)), decision=first)


def _to_act(decision: Decision) -> list[tuple[str, Due]]:
    """Return each clause by which something must be done about the comment, with its time."""
    duties = [
        (clause, Due.of(duty.due))
        for duty in decision.duties
        if duty.what in TO_ACT
        for clause in duty.clauses
    ]
    needs = [
        (clause, Due.none_promised())
        for one in decision.findings
        if one.stands and any(need.what in TO_ACT_NEEDS for need in one.needs)
        for clause in one.clauses
    ]
    return [*duties, *needs]


def _report(item: Item, row: Judgement, kept: DecisionRecord, *, at: datetime) -> None:
    """Report it at once to the roles that the policy names, with everything that its page shows; to those who
    oversee where no one has any of them. Once for each version."""
    decision = answered(kept)
    duty = next((one for one in decision.duties if one.what == REPORT), None)
    if duty is None or judged.is_reported(item):
        return
    keys = {role.name: role.key for role in book_for(item.account).roles}
    found = [one for one in decision.at("report_due") if set(one.clauses) & set(duty.clauses)]
    named = [name for one in found for name in _roles_of(one.args or {})]
    roles = list(dict.fromkeys(keys[name] for name in named if name in keys))
    if not roles:
        return
    on, overseeing = local_day(at), book_for(item.account).pack.roles_with("oversee")
    there = [key for key in roles if holders(key, on=on, school=item.school, account=item.account)]
    roles = there or [role.key for role in overseeing] or roles
    AbuseReport.objects.create(
        item=item, judgement=row, roles=roles, clauses=list(duty.clauses), decision=kept.pk, at=at
    )
    for role in roles:
        open_duty(
            kind=ABUSE_REPORTED, subject=item, at=at, due=Due.of(duty.due), role=role, school=item.school,
            account=item.account_id, clauses=duty.clauses, decision=kept,
        )  # fmt: skip
    record("item.abuse_reported", subject=item, at=at, actor=row.by, clauses=duty.clauses, decision=kept.pk)


def _roles_of(args: Mapping[str, Any]) -> list[str]:
    one = args.get("role", ())
    return [*([one] if isinstance(one, str) else one), *args.get("roles", ())]


@action
def read_report(*, by: Person, at: datetime, item: Item) -> AbuseReport:
    """Record that a person of a role that it was reported to has read it. Raises NotAllowed, NotNow."""
    item = locked_item(item.pk)
    seeing.check_finds(by, item, on=local_day(at))
    row = judged.unread_report(item)
    if row is None:
        raise NotNow(_("No report of this comment is waiting."), _("Open it again to see its status."))
    if not may_read_report(by, row, on=local_day(at)):
        names = book_for(item.account).role_names
        raise NotAllowed(
            _("This was reported to people with another role."),
            ", ".join(names.get(key, key) for key in row.roles),
        )
    AbuseReport.objects.filter(pk=row.pk, read_at=None).update(read_by=by, read_at=at)
    discharge(kind=ABUSE_REPORTED, subject=item, by=by, at=at, how="read")
    record("item.abuse_read", subject=item, at=at, actor=by, clauses=row.clauses, decision=row.decision)
    return row


def may_read_report(person: Person, row: AbuseReport, *, on: date) -> bool:
    """Return whether this person has one of the roles to which it was reported."""
    where = Where(row.item.school, row.item.account)
    return assignments(person, on=on, where=where).filter(role_key__in=row.roles).exists()


def open_writer_steps(item: Item, row: Judgement, *, at: datetime) -> None:
    """Open the task of the steps that the policy wants with the author; end it once all are taken."""
    left = wanted_with_author(item, row, at=at)
    clauses = tuple(dict.fromkeys(clause for _what, found in left for clause in found))
    if left:
        ask_moderators(WRITER, item, at=at, clauses=clauses)
    else:
        discharge(kind=WRITER, subject=item, by=row.by, at=at, how="taken")


def check_author_first(
    item: Item, *, by: Person, at: datetime, how: str, because: str, said: Mapping[str, Any]
) -> None:
    """Raise Refused where the policy has a parent asked before their comment is deleted and they weren't;
    NotNow where it leaves open which comes first, and the moderator doesn't say that it may go first."""
    relation, person = said.get("relation") or judged.relation_of(item), person_key(by.pk)
    decision = judged.asks_first(item, how=how, reason=because, relation=relation, by=person, at=at)
    if decision is None:
        return
    facts = judged.approach_facts(item, reason=because, relation=relation, by=person, at=at)
    kept = record_decision("parent.approach", facts, at=at, by=by, subject=item)
    if decision.points["asked_to_take_down"] != "refer":
        require(kept, "asked_to_take_down")
    elif not said.get("without_asking"):
        raise NotNow(
            _("Its author hasn’t been asked to delete it."), _("Ask them first, and record the day here.")
        )


POINTS = {
    "asked_to_take_down": WriterStepKind.ASKED,
    "invited_to_talk": WriterStepKind.INVITED,
}


def wanted_with_author(
    item: Item, row: Judgement, *, at: datetime
) -> list[tuple[WriterStepKind, tuple[str, ...]]]:
    """Return the steps with the author that the policy wants and that are not taken yet, with the clauses.

    The complaints procedure is for where it is needed, so it is no task.
    """
    if row.reason not in judged.IMPROPER:
        return []
    if row.relation == Relation.PUPIL:
        clauses = judged.under_behaviour_policy(at=at)
        passed = item.writer_steps.filter(what=WriterStepKind.BEHAVIOUR).exists()
        return [(WriterStepKind.BEHAVIOUR, clauses)] if clauses and not passed else []
    if row.relation != Relation.PARENT:
        return []
    decision = judged.approach(
        item, reason=row.reason, relation=row.relation, by=person_key(row.by_id), at=at
    )
    return [
        (what, judged.clauses_of(decision.at(point)))
        for point, what in POINTS.items()
        if decision.points[point] not in GOES_AHEAD
    ]


@action
def note_writer_step(
    *, by: Person, at: datetime, item: Item, what: str, on: date | None, words: str = ""
) -> WriterStep:
    """Record a step that was taken with the author at the school: asked to delete it, invited to talk, sent
    the complaints procedure, or passed on under the behaviour policy.

    `words`: the answer; which version was sent; to which person it was passed. Raises NotAllowed, BadInput
    (`on`, `words`), NotNow where nothing was found wrong with it.
    """
    item = locked_item(item.pk)
    seeing.check_may_sort(by, item, on=local_day(at))
    last = judged.judgement_of(item)
    if last is None or last.reason not in judged.IMPROPER:
        raise NotNow(
            _("Nothing was found wrong with this comment."), _("First say what is wrong with the comment.")
        )
    wrong = {}
    if what not in WriterStepKind.values:
        wrong["what"] = _("Choose what was done.")
    if on is None or not local_day(item.received_at) <= on <= local_day(at):
        wrong["on"] = _("Enter a day from when the comment arrived until today.")
    tidy = words.strip()
    if len(tidy) > LONGEST_WORDS:
        wrong["words"] = _("Use up to 300 characters.")
    if not tidy and what == WriterStepKind.REFERRED:
        wrong["words"] = _("Say which version of the complaints procedure was sent.")
    if not tidy and what == WriterStepKind.BEHAVIOUR:
        wrong["words"] = _("Say who it was passed to, by their role.")
    if wrong or on is None:
        raise BadInput(wrong)
    row = WriterStep.objects.create(item=item, what=what, on=on, words=tidy, by=by, at=at)
    record("item.writer_step", subject=item, at=at, actor=by, what=what, day=str(on))
    open_writer_steps(item, last, at=at)
    return row
