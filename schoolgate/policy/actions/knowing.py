"""Asks the people a version binds to read it, and reminds them; manages links and engagements."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import get_args

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.events.recording import record
from schoolgate.duties.actions import Opened, cancel, open_duties
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.people.queries import away_on, here_on
from schoolgate.people.rules import check_may_administer
from schoolgate.policy import knowing, links, rules_knowing
from schoolgate.policy.asking import answered, record_decisions, verdicts
from schoolgate.policy.duty_kinds import READ, TELL, UNDERSTAND, WRONG_ANSWERS
from schoolgate.policy.models import Asking, DecisionRecord, Engagement, PolicyVersion, ReadingLink
from schoolgate.policy.queries import PolicyInForce, policy_begun
from schoolgate.policy.states import VersionState
from schoolgate.rulebook.situations.learning import PolicyKnown
from schoolgate.rulebook.situations.policy import WorksAs

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
    rules_knowing.check_may_enter_paper(by, about=asking.person, on=local_day(at))
    if asking.version.state != VersionState.IN_FORCE or asking.person.pk in knowing.answers(
        [asking.person.pk], asking.version
    ):
        raise NotNow(_("They no longer need to answer."), _("You don’t need to do anything else."))
    record("asking.link_wanted", subject=asking, at=at, actor=by)


@action
def end_link(*, by: Person, at: datetime, asking: Asking) -> None:
    """Revoke the link sent to a person. Raises NotAllowed; NotNow where no link is open."""
    rules_knowing.check_may_enter_paper(by, about=asking.person, on=local_day(at))
    if not links.end_of(asking, at=at):
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
