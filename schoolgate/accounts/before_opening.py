"""An account before it opens: what people see of it and the program reads from its page, texts for that page
in the school's languages, conditions that the deciding role attaches to its approval, training that is wanted
before a person speaks for the school, and accounts that are to be kept up to date.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access, opening_facts
from schoolgate.accounts.care import asked_for, feed_facts, in_care
from schoolgate.accounts.duty_kinds import NEW_POST
from schoolgate.accounts.models import (
    Account,
    AccountState,
    Condition,
    ConditionType,
    PagePicture,
    ProfileRead,
    Proposal,
    Seen,
    TrainingWanted,
)
from schoolgate.accounts.opening_facts import answered, last_profile, page_digest, standing
from schoolgate.accounts.opening_questions import Question, asked_digest, questions, read_setup
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.core.moves import done_before
from schoolgate.core.subjects import subject_of
from schoolgate.duties.actions import Opened, discharge, open_duties
from schoolgate.duties.models import Due
from schoolgate.duties.queries import standing as standing_duties
from schoolgate.networks.port import Profile
from schoolgate.people.models import Person
from schoolgate.policy.asking import record_decisions, verdicts
from schoolgate.policy.choices import feed_days
from schoolgate.policy.keeping import digest
from schoolgate.policy.models import Attestation, Attested
from schoolgate.policy.queries import in_force, policy_or_none
from schoolgate.policy.saying import attest
from schoolgate.rulebook import Book, Decision
from schoolgate.rulebook.kinds import Kind


@action
def attach_condition(*, proposal: Proposal, by: Person, at: datetime, kind: str, words: str) -> Condition:
    """Attach a requirement or a ban to the approval of a proposal.

    Raises NotAllowed for people who don't decide on it, NotNow before its approval, BadInput.
    """
    on = local_day(at)
    opening_facts.check_may_attach(by, proposal, in_force(on).book, on=on)
    if kind not in ConditionType.values:
        raise BadInput({"kind": _("Choose whether something is required or not allowed.")})
    if not words.strip():
        raise BadInput({"words": _("Describe it in one sentence.")})
    row = Condition.objects.create(proposal=proposal, type=kind, words=words.strip()[:300], by=by, at=at)
    clauses = opening_facts.clauses_of_conditions(in_force(on).book, kind)
    record("account.condition_attached", subject=row, at=at, actor=by, clauses=clauses, kind=kind)
    return row


@action
def end_condition(*, condition: Condition, by: Person, at: datetime) -> Condition:
    """Take a condition away again. Raises NotAllowed, NotNow where it has ended."""
    on = local_day(at)
    opening_facts.check_may_attach(by, condition.proposal, in_force(on).book, on=on)
    if condition.ended_at is not None:
        raise done_before(condition, _("This has already ended."), ended_at__isnull=False)
    condition.ended_at, condition.ended_by = at, by
    condition.save(update_fields=["ended_at", "ended_by"])
    record("account.condition_ended", subject=condition, at=at, actor=by)
    return condition


@action
def want_training(*, person: Person, by: Person, at: datetime, topic: str) -> TrainingWanted:
    """Require a person to do a training before they speak for the school.

    Raises NotAllowed for people who don't decide on accounts, NotNow where this policy has no such
    requirement, BadInput.
    """
    on = local_day(at)
    clauses = opening_facts.check_may_want_training(by, in_force(on).book, on=on)
    if not topic.strip():
        raise BadInput({"topic": _("Enter what the training should cover.")})
    row, _made = TrainingWanted.objects.get_or_create(
        person=person, topic=topic.strip()[:120], ended_at=None, defaults={"by": by, "at": at}
    )
    record("person.training_wanted", subject=row, at=at, actor=by, clauses=clauses, person=person.pk)
    return row


@action
def drop_training(*, wanted: TrainingWanted, by: Person, at: datetime) -> TrainingWanted:
    """Drop a training requirement. Raises NotAllowed, NotNow where it has ended."""
    on = local_day(at)
    clauses = opening_facts.check_may_want_training(by, in_force(on).book, on=on)
    if wanted.ended_at is not None:
        raise done_before(wanted, _("This has already ended."), ended_at__isnull=False)
    wanted.ended_at, wanted.ended_by = at, by
    wanted.save(update_fields=["ended_at", "ended_by"])
    record("person.training_dropped", subject=wanted, at=at, actor=by, clauses=clauses)
    return wanted


POINT = "feed_up_to_date"
AT_ONCE = 200
"""Accounts looked at in one transaction, so that its locks are short."""


@action
def watch_feeds(*, at: datetime, after: int = 0, limit: int = AT_ONCE) -> int | None:
    """Ask the policy about the schools' open accounts from `after` on, and open a duty of the team of each
    that is out of date.

    Returns where to continue, None at the end or where the policy says nothing. Where a school chose no
    number of days, nothing is ever late. Safe to run twice; the number of queries doesn't grow with the
    accounts, except for what is no longer owed.
    """
    on = local_day(at)
    policy = policy_or_none(on)
    if policy is None or not policy.book.at("feed.upkeep", POINT):
        return None
    rows = Account.objects.filter(state=AccountState.OPEN, school__isnull=False, pk__gt=after)
    accounts = list(in_care(rows.order_by("pk"), on=on)[:limit])
    chosen, tasks = feed_days(on=on), standing_duties(NEW_POST, accounts)
    asked = [feed_facts(account, chosen, at=at) for account in accounts]
    late = []
    for account, given, decision in zip(accounts, asked, verdicts("feed.upkeep", asked, on=on), strict=True):
        stands = bool(tasks[subject_of(account)])
        if stands and not out_of_date(decision):
            discharge(kind=NEW_POST, subject=account, by=None, at=at, how="in_order")
        people = asked_for(account, NEW_POST)
        if out_of_date(decision) and not stands and people is not None:
            late.append((account, given, decision, people))
    kept = record_decisions(
        "feed.upkeep", [(given, account) for account, given, *_more in late], at=at, by=None
    )
    wanted = [
        Opened(
            kind=NEW_POST, subject=account, due=_due_of(decision), person=person, school=account.school,
            account=account.pk, clauses=out_of_date(decision), decision=row, then=then,
        )
        for (account, _given, decision, (person, then)), row in zip(late, kept, strict=True)
    ]  # fmt: skip
    open_duties(at=at, wanted=wanted)
    return accounts[-1].pk if len(accounts) == limit else None


def out_of_date(decision: Decision) -> tuple[str, ...]:
    """Return the clauses by which an account is out of date; none where it is not."""
    found = [one for one in decision.at(POINT) if one.stands and one.kind is Kind.BREACHED]
    return tuple(dict.fromkeys(clause for one in found for clause in one.clauses))


def note_new_post(account_id: int, *, by: Person | None, at: datetime) -> None:
    """Note that a post was confirmed on an account: it is up to date again. Called by actions."""
    account = Account.objects.get(pk=account_id)
    account.last_good_publish_at = at
    account.save(update_fields=["last_good_publish_at"])
    discharge(kind=NEW_POST, subject=account, by=by, at=at, how="posted")


def _due_of(decision: Decision) -> Due:
    """Return by when the post was due, as the policy's rule works it out."""
    return next(
        (Due.of(duty.due) for duty in decision.duties if duty.what == "new_post"), Due.none_promised()
    )


READ_OFF = frozenset({"says_not_always_watched", "says_where_concerns_go", "says_who_runs_it"})
"""Questions that a text of ours on the page answers with yes. Its absence answers nothing."""


@dataclass(frozen=True)
class Offered:
    """One text to copy: the question that it answers, its language, and the words."""

    key: str
    language: str
    words: str


def offered(
    book: Book, keys: Iterable[str], *, languages: Iterable[str], school: str, contact: str, names: list[str]
) -> list[Offered]:
    """Return the texts for these questions. `names`: the team; `contact`: the contact, "" where not
    stated."""
    found: list[Offered] = []
    asked = set(keys)
    for language in languages:
        with override(language):
            texts = {
                "says_who_runs_it": gettext("This page is run by {names} for {school}.").format(
                    names=", ".join(names), school=school
                )
                if names
                else "",
                "says_not_always_watched": gettext("No one monitors this page round the clock."),
                "says_where_concerns_go": gettext(
                    "If something here worries you, please contact {whom}."
                ).format(whom=contact)
                if contact
                else "",
                "acceptable_use_link": f"{_use_policy(book)}: https://" if _use_policy(book) else "",
            }
        there = {text.words for text in found}
        found += [
            Offered(key, language, words)
            for key, words in texts.items()
            if key in asked and words and words not in there
        ]
    if "school_named" in asked:
        names_there = schools(book)
        own = [school] if school in names_there else names_there
        found += [Offered("school_named", "", name) for name in own]
    return found


def read_off(book: Book, profile: Profile, texts: Iterable[Offered]) -> dict[str, object]:
    """Return what the page itself answers, as the network gave it: only what can be found there word by
    word."""
    page = plain(f"{profile.display} {profile.description}")
    found: dict[str, object] = {
        text.key: True for text in texts if text.key in READ_OFF and plain(text.words) in page
    }
    named = next((name for name in schools(book) if plain(name) in page), None)
    if named:
        found["school_named"] = named
    return found


def schools(book: Book) -> tuple[str, ...]:
    """Return the names of schools of which this policy wants one on the page, in every language."""
    return book.stated("account.open", "school_named", "schools")


def plain(text: str) -> str:
    """Return a text normalised for searching: without capitals, words separated by single spaces."""
    return " ".join(text.casefold().split())


def _use_policy(book: Book) -> str:
    return next(iter(book.stated("account.open", "acceptable_use_link", "target")), "")


@action
def save_setup(
    *,
    account: Account,
    by: Person,
    at: datetime,
    answers: Mapping[str, Any],
    handle: str = "",
    address: str = "",
    contact: str = "",
    asked: Collection[str] | None = None,
) -> Account:
    """Save where the account is and what its page shows, as this person saw it and confirms by their
    sign-in.

    Each answer is bound to the question as asked and to the page as it was; an empty answer withdraws what
    a person answered before, and leaves what the program read. `asked`: the keys of the questions on the
    form; answers to others don't change. Handle and address of an open account don't change. Raises
    NotAllowed, NotNow once the account is closed, BadInput by field.
    """
    on = local_day(at)
    opening_facts.check_not_closed(account)
    access.check_may_set_up(by, account, on=on)
    policy = in_force(on)
    given = read_setup(policy.book, answers, account.network)
    if account.state != AccountState.WAITING and (handle, address) != (account.handle, account.address):
        raise BadInput(
            {
                "address": _(
                    "An open account can’t change its address here. Say on its own page that it has moved."
                )
            }
        )
    if address and not address.startswith("https://"):
        raise BadInput({"address": _("Enter the full web address, starting with https://")})
    taken = Account.objects.filter(network=account.network, address=address).exclude(pk=account.pk)
    if address and taken.exclude(state=AccountState.CLOSED).exists():
        raise BadInput({"address": _("Another of our accounts has this address. Find it on the register.")})
    texts = {"handle": handle, "address": address, "contact": contact}
    check_leaving(Door.REGISTER, texts, about=account, by=by, at=at, school=account.school)
    account.handle, account.address, account.contact = handle, address, contact
    picture = account.page_pictures.order_by("-id").first()
    shown = [given, handle, address, contact, picture.digest if picture else ""]
    said = attest(kind=Attested.PROFILE_TEXT, about=account, by=by, at=at, seen=shown)
    _keep_seen(account, policy.book, given, by=by, at=at, attestation=said, asked=asked)
    account.setup = standing(account, policy.book)
    account.save(update_fields=["setup", "handle", "address", "contact"])
    record("account.set_up", subject=account, at=at, actor=by)
    return account


def _keep_seen(
    account: Account,
    book: Book,
    given: Mapping[str, Any],
    *,
    by: Person,
    at: datetime,
    attestation: Attestation,
    asked: Collection[str] | None,
) -> None:
    before = {one.question.key: one for one in answered(account, book)}
    page, profile = page_digest(account), last_profile(account)
    rows = []
    for question in questions(book, account.network):
        if asked is not None and question.key not in asked:
            continue
        seen = before[question.key].seen
        read_here = seen is not None and seen.by_id is None and before[question.key].stands
        if question.key in given and read_here and seen is not None and seen.value == given[question.key]:
            continue
        if question.key in given or (seen is not None and seen.by_id is not None):
            rows.append(
                Seen(
                    account=account,
                    key=question.key,
                    value=given.get(question.key),
                    by=by,
                    at=at,
                    asked_digest=asked_digest(book, question),
                    page_digest=page,
                    profile=profile,
                    attestation=attestation,
                )
            )
    Seen.objects.bulk_create(rows)


@action
def note_profile(*, account: Account, profile: Profile, by: Person | None, at: datetime) -> ProfileRead:
    """Store an account's page as its network gave it, with the answers it gives by itself.

    A page that has changed invalidates what was seen on it. The caller has read it outside any transaction.
    """
    text = [profile.handle, profile.display, profile.description, profile.address]
    before = last_profile(account)
    read = ProfileRead.objects.create(
        account=account,
        at=at,
        handle=profile.handle[:253],
        display=profile.display[:300],
        description=profile.description[:10_000],
        address=profile.address[:500],
        digest=digest(text),
    )
    changed = before is not None and before.digest != read.digest
    book = in_force(local_day(at)).book
    found = read_off(book, profile, texts_for(account, book))
    asked = {question.key: question for question in questions(book, account.network)}
    Seen.objects.bulk_create(
        _read(account, book, asked[key], value, read, at=at) for key, value in found.items() if key in asked
    )
    account.setup = standing(account, book)
    account.save(update_fields=["setup"])
    record("account.page_read", subject=account, at=at, actor=by, changed=changed)
    return read


def _read(
    account: Account, book: Book, question: Question, value: object, read: ProfileRead, *, at: datetime
) -> Seen:
    return Seen(
        account=account,
        key=question.key,
        value=value,
        at=at,
        asked_digest=asked_digest(book, question),
        page_digest=page_digest(account),
        profile=read,
    )


@action
def keep_page_picture(
    *, account: Account, by: Person, at: datetime, digest: str, media_type: str
) -> PagePicture:
    """Store a picture of the account's page with the profile checks; its file is stored already.

    Raises NotAllowed, NotNow once the account is closed.
    """
    opening_facts.check_not_closed(account)
    access.check_may_set_up(by, account, on=local_day(at))
    row = PagePicture.objects.create(account=account, by=by, at=at, digest=digest, media_type=media_type)
    record("account.page_pictured", subject=account, at=at, actor=by, picture=row.pk)
    return row


def texts_for(account: Account, book: Book) -> list[Any]:
    """Return the texts that the account's page may carry, for what this policy asks, in its school's
    languages."""
    keys = [question.key for question in questions(book, account.network)]
    school = account.school
    names = [
        member.person.name
        for member in account.team.filter(to_day=None, part="lead").select_related("person").order_by("id")
    ]
    return offered(
        book,
        keys,
        languages=list(school.languages if school else account.federation.languages),
        school=school.name if school else account.federation.name,
        contact=account.contact,
        names=names,
    )
