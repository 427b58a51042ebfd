"""What people see of an account before it opens, and what the program reads from its page."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access, opening_facts
from schoolgate.accounts.models import Account, AccountState, PagePicture, ProfileRead, Seen
from schoolgate.accounts.opening_facts import answered, last_profile, page_digest, standing
from schoolgate.accounts.opening_questions import Question, asked_digest, questions, read_setup
from schoolgate.accounts.opening_texts import offered, read_off
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.core.leaving import check_leaving
from schoolgate.networks.port import Profile
from schoolgate.people.models import Person
from schoolgate.policy.keeping import digest
from schoolgate.policy.models import Attestation, Attested
from schoolgate.policy.queries import in_force
from schoolgate.policy.saying import attest
from schoolgate.rulebook import Book


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
