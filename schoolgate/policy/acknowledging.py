"""Acknowledgements of the version in force: the people it binds are asked and reminded, and answer by
sign-in, by a link or on paper."""

import hashlib
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import get_args

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotFound, NotNow, Text
from schoolgate.core.events import record
from schoolgate.duties.actions import Opened, cancel, discharge, open_duties, open_duty
from schoolgate.duties.models import Due
from schoolgate.people.models import Person
from schoolgate.people.queries import away_on, here_on
from schoolgate.people.rules import check_may_administer
from schoolgate.policy import knowing
from schoolgate.policy.asking import (
    answered,
    cited,
    record_decision,
    record_decisions,
    require,
    verdict,
    verdicts,
)
from schoolgate.policy.documents import what_is_shown
from schoolgate.policy.duty_kinds import READ, TALK, TELL, UNDERSTAND, WRONG_ANSWERS
from schoolgate.policy.knowing import acknowledge_facts
from schoolgate.policy.models import (
    LINK_LASTS,
    Asking,
    Attestation,
    Attested,
    DecisionRecord,
    Engagement,
    ManagerDid,
    ManagerStep,
    PaperAnswer,
    PolicyVersion,
    ReadingLink,
    VersionState,
)
from schoolgate.policy.queries import PolicyInForce, in_force, policy_begun
from schoolgate.policy.saying import attest
from schoolgate.rulebook.situations.learning import PolicyKnown
from schoolgate.rulebook.situations.policy import WorksAs

# The link by which people who don't sign in read the policy: made when its email is written, found by its
# hash, usable once.


def mint(asking: Asking, *, at: datetime) -> str:
    """Make a new token for this person and version; only its hash is saved, and any earlier token stops
    working."""
    end_of(asking, at=at)
    token = secrets.token_urlsafe(32)
    ReadingLink.objects.create(asking=asking, token_hash=_hash(token), made_at=at, expires_at=at + LINK_LASTS)
    return token


def is_open(person: Person, version: PolicyVersion, *, at: datetime) -> bool:
    """Whether the link sent to a person about a version still works."""
    rows = ReadingLink.objects.filter(asking__person=person, asking__version=version, ended_at=None)
    rows = rows.filter(asking__document=version.document)
    return rows.filter(expires_at__gt=at).exists()


def end_of(asking: Asking, *, at: datetime) -> int:
    """Let the link that is open for this person and version stop working. Returns how many: 0 or 1."""
    return ReadingLink.objects.filter(asking=asking, ended_at=None).update(ended_at=at)


def find(token: str, *, at: datetime) -> ReadingLink:
    """Return the link of this token in the federation in scope.

    Raises NotFound (no such token here), and NotNow where it was used, revoked or has expired, or belongs
    to a person who has left or to a version that is no longer in force.
    """
    rows = ReadingLink.objects.select_related("asking__person__federation", "asking__version")
    link = rows.filter(token_hash=_hash(token)).first()
    if link is None:
        raise NotFound
    if link.answer_id is not None:
        raise NotNow(_("You have already answered. Thank you."), _("You don’t need to do anything else."))
    left = link.asking.person.left_on
    over = (
        link.ended_at is not None
        or link.expires_at <= at
        or link.asking.version.state != VersionState.IN_FORCE
        or link.asking.document != link.asking.version.document
        or (left is not None and left <= local_day(at))
    )
    if over:
        raise NotNow(_("This link no longer works."), next_step=_("Ask the school for a new one."))
    return link


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


# Asks the people a version binds to read it, and reminds them; manages links and engagements.


AT_ONCE = 500
"""People processed in one transaction, so that its locks are short."""
REMIND_AFTER = timedelta(days=14)
REMINDERS = 3
"""How often, and how many times, the program reminds the people who were asked. No policy says: it is our
own rule, and the pages say so."""


@action
def ask_who_is_bound(*, at: datetime, after: int = 0, limit: int = AT_ONCE) -> int | None:
    """Ask the people bound by the version in force who must acknowledge it and were not asked yet.

    Safe to run twice, and two at once: the second waits for the first. Checks `limit` people with ids above
    `after`; returns the id to continue from, None at the end. People who don't sign in get an email (the
    event `asking.made`); the others see the request on their own page.
    """
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None or not (wanted := knowing.wants(policy, on=on)).asks:
        return None
    PolicyVersion.objects.select_for_update(no_key=True).get(pk=policy.version.pk)
    here = knowing.people_here(on).select_related("user").filter(pk__gt=after).order_by("pk")
    here = here.exclude(away_on(on, person="pk"))  # people on long absence are asked once they are back
    looked = list(here[:limit])
    new = _not_asked(looked, policy.version)
    stands = knowing.standing(new, on=on)
    bound = [person for person in new if stands[person.pk].place is knowing.Place.BOUND]
    facts = knowing.asked_facts(bound, policy, on=on)
    known = verdicts("policy.known", [facts[person.pk] for person in bound], on=on)
    owing = [person for person, found in zip(bound, known, strict=True) if knowing.asks_of(found, wanted)]
    record_decisions("policy.binds", [(stands[one.pk].facts, one) for one in owing], at=at, by=None)
    kept = record_decisions("policy.known", [(facts[one.pk], one) for one in owing], at=at, by=None)
    _ask(owing, kept, policy.version, wanted, at=at)
    return looked[-1].pk if len(looked) == limit else None


@action
def remind(*, at: datetime, limit: int = AT_ONCE) -> bool:
    """Remind people who were asked and have not answered; where the policy makes it a manager's task that
    their team knows it, tell their manager with the first reminder. Safe to run twice.

    Returns whether there may be more.
    """
    on = local_day(at)
    policy = policy_begun(on)
    if policy is None:
        return False
    due = knowing.unanswered(policy.version).filter(
        Q(reminded_at=None, at__lte=at - REMIND_AFTER) | Q(reminded_at__lte=at - REMIND_AFTER),
        here_on(on, "person__"),
        ~away_on(on),
        reminders__lt=REMINDERS,
    )
    rows = list(due.select_related("person").select_for_update(of=("self",), skip_locked=True)[:limit])
    _tell_managers([row.person for row in rows if not row.reminders], policy, at=at)
    for row in rows:
        row.reminded_at, row.reminders = at, row.reminders + 1
        record("asking.reminded", subject=row, at=at, number=row.reminders)
    Asking.objects.bulk_update(rows, ["reminded_at", "reminders"])
    return len(rows) == limit


@action
def end_what_is_over(*, at: datetime) -> None:
    """Withdraw requests about versions that are no longer in force. Safe to run twice."""
    over = Asking.objects.filter(version__state=VersionState.SUPERSEDED)
    ReadingLink.objects.filter(asking__in=over, ended_at=None).update(ended_at=at)
    for version in PolicyVersion.objects.filter(state=VersionState.SUPERSEDED):
        cancel(kind=(READ, UNDERSTAND, WRONG_ANSWERS), subject=version, because="superseded", at=at)


@action
def send_new_link(*, by: Person, at: datetime, asking: Asking) -> None:
    """Send a person who was asked a new link; the previous link stops working. Raises NotAllowed, NotNow."""
    knowing.check_may_enter_paper(by, about=asking.person, on=local_day(at))
    if asking.version.state != VersionState.IN_FORCE or asking.person.pk in knowing.answers(
        [asking.person.pk], asking.version
    ):
        raise NotNow(_("They no longer need to answer."), _("You don’t need to do anything else."))
    record("asking.link_wanted", subject=asking, at=at, actor=by)


@action
def end_link(*, by: Person, at: datetime, asking: Asking) -> None:
    """Revoke the link sent to a person. Raises NotAllowed; NotNow where no link is open."""
    knowing.check_may_enter_paper(by, about=asking.person, on=local_day(at))
    if not end_of(asking, at=at):
        raise NotNow(_("There is no open link for this person."), _("You don’t need to do anything else."))
    record("asking.link_ended", subject=asking, at=at, actor=by)


@action
def enter_engagement(
    *,
    by: Person,
    at: datetime,
    about: Person,
    works_as: Iterable[str],
    systems_access: bool | None,
) -> Engagement:
    """Record what a person is engaged as, which may decide whether the policy binds them.

    Raises NotAllowed; BadInput for a word that the rulebook does not know.
    """
    check_may_administer(by, on=local_day(at))
    words = sorted(set(works_as))
    if set(words) - set(get_args(WorksAs)):
        raise BadInput({"works_as": _("Choose from the list.")})
    row = Engagement.objects.create(person=about, works_as=words, systems_access=systems_access, by=by, at=at)
    record("engagement.entered", subject=row, at=at, actor=by)
    return row


def _not_asked(people: list[Person], version: PolicyVersion) -> list[Person]:
    done = {*knowing.asked_about(version, people), *knowing.answers(_ids(people), version)}
    return [person for person in people if person.pk not in done]


def _ids(people: Iterable[Person]) -> list[int]:
    return [person.pk for person in people]


def _ask(
    people: Sequence[Person],
    kept: Sequence[DecisionRecord],
    version: PolicyVersion,
    wanted: knowing.Wants,
    *,
    at: datetime,
) -> None:
    """Record that these people are asked, and show the request on the own page of those who sign in."""
    mailed = knowing.without_sign_in(people, at=at)
    rows = Asking.objects.bulk_create(
        Asking(
            version=version,
            document=version.document,
            person=person,
            at=at,
            by_mail=person.pk in mailed,
            decision=decision,
        )
        for person, decision in zip(people, kept, strict=True)
    )
    open_duties(
        at=at,
        wanted=[
            Opened(
                kind=READ,
                subject=version,
                due=Due.none_promised(),
                person=row.person,
                clauses=knowing.asks_of(answered(row.decision), wanted),
                decision=row.decision,
            )
            for row in rows
            if not row.by_mail
        ],
    )
    for row in rows:
        clauses = knowing.asks_of(answered(row.decision), wanted)
        record("asking.made", subject=row, at=at, clauses=clauses, decision=row.decision.pk)


def _tell_managers(people: Sequence[Person], policy: PolicyInForce, *, at: datetime) -> None:
    """Open the manager's task for each of these people where the policy makes it one."""
    on = local_day(at)
    managers = knowing.managers_of(_ids(people), on=on)
    led = [person for person in people if person.pk in managers]
    facts: Mapping[int, PolicyKnown] = knowing.asked_facts(led, policy, on=on, managers=managers)
    told = verdicts("policy.known", [facts[person.pk] for person in led], on=on)
    owing = [
        person for person, found in zip(led, told, strict=True) if knowing.owed_at("conduct_told", found)
    ]
    kept = record_decisions("policy.known", [(facts[person.pk], person) for person in owing], at=at, by=None)
    open_duties(
        at=at,
        wanted=[
            Opened(
                kind=TELL,
                subject=person,
                due=Due.none_promised(),
                person=managers[person.pk],
                clauses=knowing.owed_at("conduct_told", answered(decision)),
                decision=decision,
            )
            for person, decision in zip(owing, kept, strict=True)
        ],
    )


# Acknowledgements of the version in force: by a person's own sign-in, by a link, on paper.


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
    knowing.check_may_enter_paper(by, about=about, on=on)
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
    knowing.check_may_enter_paper(by, about=about, on=on)
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
        wrong["on"] = _("Enter a day from when this version of the policy was adopted until today.")
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
