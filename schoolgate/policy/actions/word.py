"""Acknowledgements of the version in force: by a person's own sign-in, by a link, on paper."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.duties.actions import cancel, discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.models import Person
from schoolgate.policy import knowing, rules_knowing
from schoolgate.policy.actions.saying import attest
from schoolgate.policy.asking import answered, cited, record_decision, require, verdict
from schoolgate.policy.documents import what_is_shown
from schoolgate.policy.duty_kinds import READ, TALK, TELL, WRONG_ANSWERS
from schoolgate.policy.facts_knowing import acknowledge_facts
from schoolgate.policy.models import (
    Attestation,
    DecisionRecord,
    ManagerStep,
    PaperAnswer,
    PolicyVersion,
    ReadingLink,
)
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.policy.states import Attested, ManagerDid


@action
def acknowledge(
    *,
    by: Person,
    at: datetime,
    version: PolicyVersion,
    answer: bool,
    to_end: bool = False,
    link: ReadingLink | None = None,
) -> Attestation:
    """Record that a person has read the version in force, by their own sign-in or through a link to their own
    mailbox; or that they decline, which is an answer and is reported to the role that looks after the policy.

    `to_end`: the page was open to the end of the text. Raises NotAllowed for another person's link; NotNow
    where the version has changed, or the link was used meanwhile; Refused where the policy asks for
    something else first.
    """
    on = local_day(at)
    policy = in_force(on)
    if policy.version.pk != version.pk:
        raise NotNow(_("The policy has changed since you opened this page."), _("Read it again."))
    if link is not None and (link.asking.person_id, link.asking.version_id) != (by.pk, version.pk):
        raise NotAllowed(
            _("Only the person concerned can say this."), _("Ask them to sign in and say so themselves.")
        )
    kept = _asked_first(by, policy, to_end=to_end, at=at) if answer else None
    row = attest(
        kind=Attested.POLICY_READ,
        about=version,
        by=by,
        at=at,
        seen=what_is_shown(version),
        answer=answer,
        note="link" if link else "",
    )
    if link is not None:
        _use(link, row, at=at)
    _what_follows(row, policy, kept=kept, at=at)
    return row


@action
def enter_paper(
    *, by: Person, at: datetime, about: Person, answer: bool, dated: date, scan: tuple[str, str] = ("", "")
) -> Attestation:
    """Record what another person signed on paper about the version in force, marked as paper, with who
    entered it. `scan`: digest and media type in the file store.

    Raises NotAllowed; BadInput on `dated` for a day in the future, or before the version was adopted.
    """
    on = local_day(at)
    rules_knowing.check_may_enter_paper(by, about=about, on=on)
    policy = in_force(on)
    if dated > on:
        raise BadInput({"dated": _("The date on the paper can’t be in the future.")})
    if dated < policy.adopted_on:
        raise BadInput(
            {
                "dated": _(
                    "This version had not been adopted by that date, so the paper is about "
                    "another one. Record it under the version in force then."
                )
            }
        )
    row = attest(
        kind=Attested.POLICY_READ,
        about=policy.version,
        about_person=about,
        by=by,
        at=at,
        seen={**what_is_shown(policy.version), "scan": scan[0]},
        answer=answer,
        on_paper=True,
    )
    PaperAnswer.objects.create(attestation=row, dated=dated, scan=scan[0], scan_type=scan[1])
    _what_follows(row, policy, kept=None, at=at)
    return row


@action
def talked_over(*, by: Person, at: datetime, about: Person) -> int:
    """Record a talk with a person who declined. Raises NotAllowed unless `by` looks after the policy."""
    on = local_day(at)
    rules_knowing.check_may_enter_paper(by, about=about, on=on)
    return discharge(kind=TALK, subject=about, by=by, at=at, how="talked")


@action
def note_manager_step(*, by: Person, at: datetime, about: Person, did: str, on: date) -> ManagerStep:
    """Record what a line manager did about someone in their team, and end the task to tell them.

    Raises NotFound unless `by` is their line manager; BadInput for a day in the future or before the version
    was adopted, and for a step that isn't in the list.
    """
    today = local_day(at)
    managers = knowing.managers_of([about.pk], on=today)
    if managers.get(about.pk) != by:
        raise NotFound
    policy = in_force(today)
    wrong: dict[str, Text] = {}
    if did not in ManagerDid.values:
        wrong["did"] = _("Choose what you did.")
    if not policy.adopted_on <= on <= today:
        wrong["on"] = _("Enter a day since this version of the policy was adopted, up to today.")
    if wrong:
        raise BadInput(wrong)
    row = ManagerStep.objects.create(version=policy.version, person=about, did=did, on=on, by=by, at=at)
    facts = knowing.asked_facts([about], policy, on=today, managers=managers)[about.pk]
    kept = record_decision("policy.known", facts, at=at, by=by, subject=row)
    clauses = cited(kept, "conduct_told", "manager_acts")
    discharge(kind=TELL, subject=about, person=by, by=by, at=at, how=did)
    record("managerstep.noted", subject=row, at=at, actor=by, clauses=clauses, decision=kept.pk)
    return row


def _asked_first(by: Person, policy: PolicyInForce, *, to_end: bool, at: datetime) -> DecisionRecord:
    """Check what the policy requires of a person before they can say that they have read it. Raises
    Refused."""
    check = knowing.last_check(by, policy.version)
    facts = acknowledge_facts(
        by,
        number=policy.version.number,
        on=local_day(at),
        to_end=to_end,
        right=check.right if check else None,
        asked=check.asked if check else None,
    )
    kept = record_decision("policy.known", facts, at=at, by=by, subject=by)
    require(kept)
    return kept


def _use(link: ReadingLink, row: Attestation, *, at: datetime) -> None:
    """Mark the link as used. Raises NotNow where it was used or revoked meanwhile."""
    used = ReadingLink.objects.filter(pk=link.pk, ended_at=None, answer=None, expires_at__gt=at)
    if not used.update(ended_at=at, answer=row):
        raise NotNow(_("This link no longer works."), next_step=_("Ask the school for a new one."))


def _what_follows(
    row: Attestation, policy: PolicyInForce, *, kept: DecisionRecord | None, at: datetime
) -> None:
    """Close or open the tasks of the person, their manager and those who look after the policy after an
    answer."""
    who, version = row.about_person, policy.version
    if who is None:
        raise ValueError("a word on the policy is about a person")
    ReadingLink.objects.filter(asking__version=version, asking__person=who, ended_at=None).update(ended_at=at)
    if row.answer:
        discharge(kind=(TELL, TALK), subject=who, by=row.by, at=at, how="acknowledged")
        for duty in answered(kept).duties if kept else ():
            if duty.what == WRONG_ANSWERS:
                open_duty(
                    kind=WRONG_ANSWERS, subject=version, person=who, at=at, due=Due.of(duty.due),
                    clauses=duty.clauses, decision=kept,
                )  # fmt: skip
        return
    cancel(kind=READ, subject=version, person=who, because="declined", at=at, by=row.by)
    known = verdict(
        "policy.known", knowing.asked_facts([who], policy, on=local_day(at))[who.pk], on=local_day(at)
    )
    role = next(
        (
            each.key
            for wanted in ("own_policy", "oversee")
            for each in policy.book.roles
            if wanted in each.capacities
        ),
        None,
    )
    if role:
        open_duty(
            kind=TALK, subject=who, role=role, at=at, due=Due.none_promised(),
            clauses=knowing.owed_at("policy_known", known),
        )  # fmt: skip
