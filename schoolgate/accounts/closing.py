"""Review an account by the aims of its case, and close it: tell the followers, archive everything, remove
its page and then its keys.

Posts and comments depend on this app, so the apps above register what they know of an account's figures."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from schoolgate.accounts.care import (
    asked_for,
    check_may_close,
    check_may_evaluate,
    check_open,
    check_under_way,
    farewell,
    in_order,
)
from schoolgate.accounts.connecting import close_account
from schoolgate.accounts.duty_kinds import CLOSE, EVALUATE, TAKE_OVER
from schoolgate.accounts.models import (
    ARCHIVE_MOVES,
    CLOSING_MOVES,
    OFFER_MOVES,
    Account,
    AccountState,
    AimResult,
    AimState,
    Archive,
    ArchiveState,
    Care,
    Closing,
    ClosingState,
    Evaluation,
    OfferState,
)
from schoolgate.accounts.proposals import actor
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.days import stored_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput, NotNow, Text
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.moves import move
from schoolgate.core.subjects import person_key
from schoolgate.duties.actions import Opened, Then, cancel, discharge, open_duties
from schoolgate.duties.models import Basis, Due
from schoolgate.duties.queries import standing
from schoolgate.people.models import Person, RoleAssignment
from schoolgate.people.queries import Where, held_on
from schoolgate.policy.asking import record_decision, record_decisions
from schoolgate.policy.queries import PolicyInForce, in_force, school_in_rules
from schoolgate.rulebook import Book
from schoolgate.rulebook import facts as known
from schoolgate.rulebook.situations.account_run import AccountEvaluated, Contributor

NOTICE = timedelta(days=30)
"""How long before its day the review is requested: the program's own time, no policy's."""


@dataclass(frozen=True)
class Plan:
    """The proposal's plan for an account's life. Empty or None: not stated, or no proposal."""

    aims: tuple[str, ...] = ()
    measure: str = ""
    evaluate_on: date | None = None
    closes_on: date | None = None
    who_closes: str = ""
    content: str = ""
    followers: str = ""
    line_manager: int | None = None


def plan_of(account: Account) -> Plan:
    """Return the plan that the account's proposal made for it; each line of the aim is an aim of its own."""
    answers = account.proposal.answers if account.proposal else {}
    stated = str(answers.get("aim") or account.purpose or "")
    return Plan(
        aims=tuple(line.strip(" \t-*•") for line in stated.splitlines() if line.strip(" \t-*•")),
        measure=str(answers.get("success_measure") or ""),
        evaluate_on=_day(answers.get("evaluation_date")),
        closes_on=_day(answers.get("closure_date")),
        who_closes=str(answers.get("ending.who_closes_it") or ""),
        content=str(answers.get("ending.what_happens_to_content") or ""),
        followers=str(answers.get("ending.what_followers_are_told") or ""),
        line_manager=answers.get("line_manager"),
    )


def evaluated_facts(
    account: Account,
    policy: PolicyInForce,
    *,
    at: datetime,
    evaluate_on: date | None,
    results: int = 0,
    by: Person | None = None,
    serves_aims: bool | None = None,
    posts: Mapping[int, int] | None = None,
    roles: Mapping[int, tuple[str, ...]] | None = None,
) -> AccountEvaluated:
    """Return the facts of a review. `serves_aims`: the answer of `by`; `posts`: how many each person wrote;
    `roles`: what each of the team holds, by the policy's names."""
    on = local_day(at)
    said = None
    if serves_aims is not None and by is not None:
        said = known.Attested(answer=serves_aims, by=person_key(by.pk), at=at, of_this_version=True)
    return AccountEvaluated(
        now=at,
        by=actor(by, policy.book, on=on, school=account.school) if by else None,
        school=school_in_rules(account.school),
        evaluation_date=evaluate_on,
        aims=len(plan_of(account).aims),
        results=results,
        serves_aims=said,
        contributors=None
        if posts is None
        else tuple(
            Contributor(key=person_key(pk), roles=held, posts=posts.get(pk, 0))
            for pk, held in (roles or {}).items()
        ),
    )


def _day(text: object) -> date | None:
    return stored_day(text) if isinstance(text, str) and text else None


@dataclass(frozen=True)
class Part:
    """One thing of an account for its archive. `kind`: "posts" or "comments"; `data`: as JSON has it.

    `pictures`: digest -> name of the file that it gets in the archive.
    """

    kind: str
    data: Mapping[str, Any]
    pictures: Mapping[str, str] = field(default_factory=dict)


class ActivityProvider(Protocol):
    """An app that knows something of accounts. What it does not know it leaves out."""

    def unanswered(self, accounts: Collection[int]) -> Mapping[int, int]:
        """Return how many comments wait for an answer, by account. One query."""
        ...

    def by_month(self, account: Account, since: date) -> Mapping[str, Mapping[date, int]]:
        """Return, for each thing that it counts, the number by first day of the month."""
        ...

    def posts_by(self, account: Account, since: date) -> Mapping[int, int]:
        """Return how many posts of the account each person wrote since then."""
        ...

    def count(self, account: Account) -> int:
        """Return how many things it has for the archive."""
        ...

    def parts(self, account: Account, *, after: int, limit: int) -> Sequence[tuple[int, Part]]:
        """Return the next things for the archive, each with its number; none at the end."""
        ...

    def withheld(self, account: Account, *, since: datetime) -> bool:
        """Return whether an archive begun at `since` may have something that was withheld later."""
        ...


_providers: list[ActivityProvider] = []


def register_activity_provider(provider: ActivityProvider) -> None:
    """Register, at the start of the program, an app that knows something of accounts."""
    _providers.append(provider)


def unanswered(accounts: Collection[int]) -> dict[int, int]:
    """Return how many comments wait for an answer, by account; 0 where none does."""
    found = dict.fromkeys(accounts, 0)
    for provider in _providers:
        for pk, number in provider.unanswered(accounts).items():
            found[pk] += number
    return found


def by_month(account: Account, since: date) -> dict[str, Mapping[date, int]]:
    """Return the monthly counts since a day: "posts" and "answers", as far as an app counts them."""
    found: dict[str, Mapping[date, int]] = {}
    for provider in _providers:
        found |= provider.by_month(account, since)
    return found


def posts_by(account: Account, since: date) -> dict[int, int]:
    """Return how many posts of the account each person wrote since a day."""
    found: dict[int, int] = {}
    for provider in _providers:
        found |= provider.posts_by(account, since)
    return found


def withheld(account: Account, *, since: datetime) -> bool:
    """Return whether an archive begun at `since` may have something that was withheld later."""
    return any(provider.withheld(account, since=since) for provider in _providers)


def providers() -> Iterator[ActivityProvider]:
    """Return all providers with something for an archive, in the order of the apps."""
    yield from _providers


TASK = "accounts.archive"
LONGEST = 2000


@action
def begin_closing(*, account: Account, by: Person, at: datetime) -> Closing:
    """Begin to close an account, with the plan from its proposal; returns the closing, also one already under
    way.

    Nothing is changed yet: the account can post until the last step. Raises NotAllowed, NotNow once closed.
    """
    check_may_close(by, account, on=local_day(at))
    if account.state == AccountState.CLOSED:
        raise NotNow(_("This account is closed."), _("Use another account, or propose a new one."))
    plan = plan_of(account)
    closing, new = Closing.objects.get_or_create(
        account=account,
        state=ClosingState.UNDER_WAY,
        defaults={
            "by": by, "at": at, "state_at": at, "closes_on": plan.closes_on,
            "who": plan.who_closes[:LONGEST], "content": plan.content[:LONGEST],
            "followers": plan.followers[:LONGEST],
        },
    )  # fmt: skip
    if new:
        record("account.closing_begun", subject=account, at=at, actor=by, closing=closing.pk)
        discharge(kind=CLOSE, subject=account, by=by, at=at, how="begun")
    return closing


@action
def save_ending(
    *,
    closing: Closing,
    by: Person,
    at: datetime,
    closes_on: date | None,
    who: str,
    content: str,
    followers: str,
) -> Closing:
    """Change the plan for the end: the day, who closes it, what happens to its content, what followers read.

    Raises NotAllowed, NotNow, BadInput, WordsHeld.
    """
    _check(closing, by, at)
    given = {"who": who.strip(), "content": content.strip(), "followers": followers.strip()}
    wrong: dict[str, Text] = {
        key: _("Use fewer than 2,000 characters.") for key, words in given.items() if len(words) > LONGEST
    }
    if wrong:
        raise BadInput(wrong)
    check_leaving(
        Door.FAREWELL, {"followers": given["followers"]}, about=closing, by=by, at=at,
        network=closing.account.network, school=closing.account.school,
    )  # fmt: skip
    closing.closes_on = closes_on
    closing.who, closing.content, closing.followers = given["who"], given["content"], given["followers"]
    closing.save(update_fields=["closes_on", *given])
    record("account.closing_planned", subject=closing.account, at=at, actor=by, closing=closing.pk)
    return closing


@action
def note_followers_told(*, closing: Closing, by: Person, at: datetime) -> Closing:
    """Record a person's statement that the followers were told. Raises NotAllowed, NotNow, BadInput: no
    text, or none that may be published now."""
    _check(closing, by, at)
    if not farewell(closing, at=at):
        raise BadInput({"followers": _("Write the message to followers first.")})
    closing.told_at, closing.told_by = at, by
    closing.save(update_fields=["told_at", "told_by"])
    record("account.followers_told", subject=closing.account, at=at, actor=by, closing=closing.pk)
    return closing


@action
def ask_for_archive(*, account: Account, by: Person, at: datetime) -> Archive:
    """Start a job that archives everything of the account in one file; returns the archive, also one already
    under way.

    Where the account is being closed, the file becomes part of that. Raises NotAllowed.
    """
    check_may_close(by, account, on=local_day(at))
    live = [ArchiveState.WAITING, ArchiveState.MAKING]
    found = account.archives.filter(state__in=live).first()
    archive = found or Archive.objects.create(account=account, by=by, at=at, state_at=at)
    Closing.objects.filter(account=account, state=ClosingState.UNDER_WAY).update(archive=archive)
    if found is None:
        record("archive.asked", subject=archive, at=at, actor=by, account=account.pk)
        app.configure_task(TASK).defer(federation_id=account.federation_id, archive_id=archive.pk)
    return archive


@action
def note_archive(
    *, archive: Archive, at: datetime, digest: str, size: int, posts: int, comments: int, pictures: int
) -> Archive:
    """Record that the archive file is ready: its digest in the store and its contents. Called by the
    job."""
    move(
        archive, to=ArchiveState.READY, moves=ARCHIVE_MOVES, at=at, digest=digest, size=size,
        posts=posts, comments=comments, pictures=pictures, done=archive.total,
    )  # fmt: skip
    record("archive.made", subject=archive, at=at, account=archive.account_id, size=size)
    return archive


@action
def note_archive_failed(*, archive: Archive, at: datetime) -> Archive:
    """Record that the archive file could not be made; it can be requested again."""
    move(archive, to=ArchiveState.FAILED, moves=ARCHIVE_MOVES, at=at)
    record("archive.failed", subject=archive, at=at, account=archive.account_id)
    return archive


@action
def note_archive_taken(*, archive: Archive, by: Person, at: datetime) -> None:
    """Record who downloaded the archive file. Raises NotAllowed; NotNow where it is not ready, or where it
    may have something that was withheld since it was begun (`figures.withheld`)."""
    check_may_close(by, archive.account, on=local_day(at))
    if archive.state != ArchiveState.READY:
        raise NotNow(_("The archive isn’t ready yet."), _("Wait a few minutes, then open the page again."))
    if withheld(archive.account, since=archive.at):
        raise NotNow(
            _("This archive is out of date."), _("Create the archive again, then download the new one.")
        )
    record("archive.taken", subject=archive, at=at, actor=by, account=archive.account_id)


@action
def note_page_gone(*, closing: Closing, by: Person, at: datetime) -> Closing:
    """Record a person's statement that the page on the network is closed, or stays up as the plan says.

    Only after the archive is ready: what the network deletes does not come back. Raises NotAllowed, NotNow.
    """
    _check(closing, by, at)
    _check_archived(closing)
    closing.shut_at, closing.shut_by = at, by
    closing.save(update_fields=["shut_at", "shut_by"])
    record("account.page_gone", subject=closing.account, at=at, actor=by, closing=closing.pk)
    return closing


@action
def finish_closing(*, closing: Closing, by: Person, at: datetime) -> Account:
    """Finish the closing: the account can no longer post, its keys are destroyed, and its register entry
    stays.

    Raises NotAllowed; NotNow while an earlier step is still open.
    """
    _check(closing, by, at, to=ClosingState.FINISHED)
    if closing.told_at is None:
        raise NotNow(_("Its followers haven’t been told yet."), _("Record first that they’ve been told."))
    _check_archived(closing)
    if closing.shut_at is None:
        raise NotNow(
            _("No one has confirmed yet that its page on the network is closed."),
            _("Close it there first, then confirm it here."),
        )
    account = close_account(account=closing.account, by=by, at=at)
    move(closing, to=ClosingState.FINISHED, moves=CLOSING_MOVES, at=at, closed_by=by)
    for offer in account.offers.filter(state=OfferState.WAITING):
        move(offer, to=OfferState.WITHDRAWN, moves=OFFER_MOVES, at=at)
        cancel(kind=TAKE_OVER, subject=offer, because="closed", at=at, by=by)
    return account


@action
def call_off_closing(*, closing: Closing, by: Person, at: datetime) -> Closing:
    """Let the account go on. What was done already stays on record. Raises NotAllowed, NotNow."""
    _check(closing, by, at, to=ClosingState.STOPPED)
    move(closing, to=ClosingState.STOPPED, moves=CLOSING_MOVES, at=at)
    record("account.closing_called_off", subject=closing.account, at=at, actor=by, closing=closing.pk)
    return closing


def _check(closing: Closing, by: Person, at: datetime, *, to: ClosingState | None = None) -> None:
    """Lock the closing, so that of two simultaneous requests the second sees what the first did. `to`: how
    this step ends it."""
    fresh = Closing.objects.select_for_update().get(pk=closing.pk)
    for name in ("state", "told_at", "shut_at", "archive_id"):
        setattr(closing, name, getattr(fresh, name))
    check_may_close(by, closing.account, on=local_day(at))
    check_under_way(closing, to=to)


def _check_archived(closing: Closing) -> None:
    archive = closing.archive
    if archive is None or archive.state != ArchiveState.READY:
        raise NotNow(
            _("The account’s archive isn’t ready yet."),
            _("Wait a few minutes, then open the page again."),
        )


MONTHS = 12


def care_of(account: Account) -> Care | None:
    """Return what is recorded about an account's care; None where nothing is."""
    found = getattr(account, "watched", None)
    return found if isinstance(found, Care) else None


def evaluate_on(account: Account) -> date | None:
    """Return the day set for the next review: the latest one stated, at first the one from the proposal."""
    care = care_of(account)
    return care.evaluate_on if care and care.first_day_taken else plan_of(account).evaluate_on


def looked_back_since(account: Account) -> date:
    """Return the day after the last review, or the day of opening: the start of the figures."""
    last = account.evaluations.order_by("-id").first()
    return local_day(last.at if last else account.opened_at or account.made_at)


def evaluations(account: Account, *, limit: int = 20) -> list[Evaluation]:
    """Return the reviews of an account, newest first, with the result of each aim. Two queries."""
    rows = account.evaluations.select_related("by").prefetch_related("results").order_by("-id")
    return list(rows[:limit])


def names_of(people: Iterable[int]) -> dict[int, str]:
    """Return the name of each of these people. One query."""
    return dict(Person.objects.filter(pk__in=list(people)).values_list("pk", "name"))


def months_until(on: date, *, months: int = MONTHS) -> list[date]:
    """Return the first days of the last months, oldest first, this one included."""
    first = on.replace(day=1)
    found = [first]
    while len(found) < months:
        first = (first - timedelta(days=1)).replace(day=1)
        found.append(first)
    return found[::-1]


def contributed(
    account: Account, book: Book, *, on: date
) -> tuple[dict[int, int], dict[int, tuple[str, ...]]]:
    """Return how many posts each person wrote since the last review, and the roles of all who have a part
    in it."""
    posts = posts_by(account, looked_back_since(account))
    people = set(account.team.filter(to_day=None).values_list("person_id", flat=True)) | set(posts)
    names = book.role_names
    roles: dict[int, tuple[str, ...]] = dict.fromkeys(sorted(people), ())
    held = RoleAssignment.objects.filter(
        held_on(on), Where(school=account.school, account=account).reached(), person__in=people
    )
    for person, key in held.order_by("person_id", "role_key").values_list("person_id", "role_key").distinct():
        if key in names:
            roles[person] = (*roles[person], names[key])
    return posts, roles


DUE_POINTS = ("aims_met", "to_the_point")
LONGEST_EVALUATION = 4000


@dataclass(frozen=True)
class Result:
    """The result for one aim. `state`: a value of `AimState`."""

    aim: str
    state: str
    words: str = ""


@action
def evaluate(
    *,
    account: Account,
    by: Person,
    at: datetime,
    results: Sequence[Result],
    serves_aims: bool | None = None,
    words: str = "",
    next_on: date | None = None,
) -> Evaluation:
    """Record a review with the policy's answer to it; the date of the next review replaces this one.

    `results`: one for each aim of the case, in its order. `next_on`: None sets no further date. Raises
    NotAllowed, NotNow, BadInput.
    """
    on = local_day(at)
    check_open(account)
    check_may_evaluate(by, account, on=on)
    _check_evaluation(account, results, words, next_on, on=on)
    policy = in_force(on)
    day = evaluate_on(account)
    posts, roles = contributed(account, policy.book, on=on)
    asked = evaluated_facts(
        account, policy, at=at, evaluate_on=day, results=len(results), by=by, serves_aims=serves_aims,
        posts=posts, roles=roles,
    )  # fmt: skip
    kept = record_decision("account.evaluated", asked, at=at, by=by, subject=account)
    evaluation = Evaluation.objects.create(
        account=account, set_for=day, by=by, at=at, serves_aims=serves_aims, words=words.strip(),
        next_on=next_on, decision=kept,
    )  # fmt: skip
    AimResult.objects.bulk_create(
        AimResult(evaluation=evaluation, number=number, aim=one.aim, state=one.state, words=one.words.strip())
        for number, one in enumerate(results, start=1)
    )
    Care.objects.update_or_create(account=account, defaults={"evaluate_on": next_on, "first_day_taken": True})
    discharge(kind=EVALUATE, subject=account, by=by, at=at, how="evaluated")
    record(
        "account.evaluated", subject=account, at=at, actor=by, clauses=kept.clauses, decision=kept.pk,
        evaluation=evaluation.pk,
    )  # fmt: skip
    return evaluation


def evaluations_due(accounts: Sequence[Account], policy: PolicyInForce, *, at: datetime) -> None:
    """Ask for the review, and for the closing, when the day set for it comes near.

    Called by the sweep, with accounts of `queries.care.in_care`. The notice period is the program's own.
    """
    on = local_day(at)
    if policy.book.at("account.evaluated", *DUE_POINTS):
        _take_first_days(accounts)
        near = [(one, day) for one in accounts if (day := evaluate_on(one)) and day <= on + NOTICE]
        _ask_for_looks_back(near, policy, at=at)
    closing = [(one, plan_of(one)) for one in accounts]
    _ask_for_closings([each for each in closing if _ends_soon(each[1], on)], policy, at=at)


def _take_first_days(accounts: Sequence[Account]) -> None:
    """Copy the review date that each proposal set, once."""
    new = [account for account in accounts if not getattr(account, "watched", None)]
    Care.objects.bulk_create([Care(account=account) for account in new], ignore_conflicts=True)
    for row in Care.objects.filter(account__in=new):
        next(one for one in new if one.pk == row.account_id).watched = row
    taken = []
    for account in accounts:
        care = account.watched
        if not care.first_day_taken:
            care.evaluate_on, care.first_day_taken = plan_of(account).evaluate_on, True
            taken.append(care)
    if taken:
        Care.objects.bulk_update(taken, ["evaluate_on", "first_day_taken"], batch_size=500)


def _ask_for_looks_back(near: Sequence[tuple[Account, date]], policy: PolicyInForce, *, at: datetime) -> None:
    there = standing(EVALUATE, [account for account, _day in near])
    wanted = []
    for (account, day), found in zip(near, there.values(), strict=True):
        if not found and in_order(account):
            wanted.append((account, day))
    if not wanted:
        return
    managers = Person.objects.in_bulk(
        [pk for account, _day in wanted if (pk := plan_of(account).line_manager) is not None]
    )
    asked = [
        (evaluated_facts(account, policy, at=at, evaluate_on=day, posts={}, roles={}), account)
        for account, day in wanted
    ]
    kept = record_decisions("account.evaluated", asked, at=at, by=None)
    duties = []
    for (account, day), row in zip(wanted, kept, strict=True):
        people = asked_for(account, EVALUATE)
        if people is None:
            continue
        manager = managers.get(plan_of(account).line_manager or 0)
        then = Then(Basis.HOUSE, person=manager) if manager and manager != people[0] else people[1]
        duties.append(
            Opened(
                kind=EVALUATE,
                subject=account,
                due=Due.day(day),
                person=people[0],
                school=account.school,
                account=account.pk,
                clauses=tuple(row.clauses),
                decision=row,
                then=then,
            )
        )
    open_duties(at=at, wanted=duties)


def _ends_soon(plan: Plan, on: date) -> bool:
    return plan.closes_on is not None and plan.closes_on <= on + NOTICE


def _ask_for_closings(near: Sequence[tuple[Account, Plan]], policy: PolicyInForce, *, at: datetime) -> None:
    """Remind of the end that the proposal set; its clauses are those that asked for that day."""
    if not near:
        return
    accounts = [account for account, _plan in near]
    under_way = set(
        Closing.objects.filter(account__in=accounts, state=ClosingState.UNDER_WAY).values_list(
            "account_id", flat=True
        )
    )
    there = standing(CLOSE, accounts)
    point = next((one for one in policy.book.proposal_form if one.key == "closure_date"), None)
    wanted = []
    for (account, plan), found in zip(near, there.values(), strict=True):
        people = asked_for(account, CLOSE)
        if found or people is None or plan.closes_on is None or account.pk in under_way:
            continue
        wanted.append(
            Opened(
                kind=CLOSE,
                subject=account,
                due=Due.day(plan.closes_on),
                person=people[0],
                then=people[1],
                school=account.school,
                account=account.pk,
                clauses=tuple(point.clauses) if point else (),
            )
        )
    open_duties(at=at, wanted=wanted)


def _check_evaluation(
    account: Account, results: Sequence[Result], words: str, next_on: date | None, *, on: date
) -> None:
    wrong: dict[str, Text] = {}
    aims = plan_of(account).aims
    if [one.aim for one in results] != list(aims) or any(one.state not in AimState.values for one in results):
        wrong["results"] = _("Choose an outcome for each aim.")
    if any(len(one.words) > LONGEST_EVALUATION for one in results) or len(words) > LONGEST_EVALUATION:
        wrong["words"] = _("Use fewer than 4,000 characters.")
    if next_on is not None and next_on <= on:
        wrong["next_on"] = _("The next review must be after today. Choose a later date.")
    if wrong:
        raise BadInput(wrong)
