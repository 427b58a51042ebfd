"""Ask a reader of Welsh whether the Welsh of a post says the same as its English, and keep the answer."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotAllowed, NotNow
from schoolgate.core.events.recording import record
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.due import Due
from schoolgate.people.models import Person
from schoolgate.people.rules import can
from schoolgate.publishing import queries, rules
from schoolgate.publishing.actions.settling import lock
from schoolgate.publishing.actions.submitting import ask_again
from schoolgate.publishing.digest import content_digest
from schoolgate.publishing.duty_kinds import READ_WELSH
from schoolgate.publishing.models import Post, WelshReading
from schoolgate.publishing.pair import ENGLISH, WELSH, has_welsh, readers_of
from schoolgate.publishing.states import CAN_BE_CHANGED, PostState

LONGEST_WORDS = 1000
ORDERS = ((), (WELSH, ENGLISH), (ENGLISH, WELSH), (WELSH,), (ENGLISH,))
"""What an account can choose: nothing (its school's languages), both in an order, or a single one."""


@action
def ask_welsh_reader(*, by: Person, at: datetime, post: Post, reader: Person) -> WelshReading:
    """Ask a person who reads Welsh to compare the two texts. It is a task of theirs.

    Raises NotAllowed (neither approves nor writes it), NotNow (no Welsh in it; on its way or out), BadInput
    (field `reader`).
    """
    day = local_day(at)
    if not can(rules.check_may_change, by, post, on=day):
        rules.check_may_approve(by, post, on=day)
    _check_readable(post)
    if reader.pk not in {each.pk for each in readers_of(post, on=day)}:
        raise BadInput({"reader": _("Choose someone who reads Welsh and didn’t write this post.")})
    lock(post)
    row, made = WelshReading.objects.get_or_create(
        post=post, reader=reader, same=None, defaults={"asked_by": by, "asked_at": at}
    )
    open_duty(
        kind=READ_WELSH,
        subject=post,
        at=at,
        due=Due.at(post.planned_at) if post.planned_at else Due.none_promised(),
        person=reader,
        school=post.school,
    )
    if made:
        record("post.welsh_asked", subject=post, at=at, actor=by, reader=reader.pk)
    return row


@action
def say_of_welsh(
    *, by: Person, at: datetime, post: Post, same: bool, seen: str, words: str = ""
) -> WelshReading:
    """Keep that `by` has read the Welsh and it says the same as the English, or what differs (`words`).

    `seen`: the digest of the content that was read (`digest.content_digest`). The answer counts for that
    content alone; a post that was approved needs its approvers' decision again where the texts differ.
    Raises NotAllowed (doesn't read Welsh; wrote it), NotNow (changed meanwhile; no Welsh in
    it; on its way or out), BadInput (field `words`).
    """
    day = local_day(at)
    if by.pk not in {each.pk for each in readers_of(post, on=day)}:
        raise NotAllowed(
            _("Only people who read Welsh, and didn’t write the post, can compare its texts."),
            _("Say on your own page that you read Welsh."),
        )
    lock(post)
    found = queries.post(post.pk)
    _check_readable(found)
    if seen != content_digest(found):
        raise NotNow(_("The text has changed since you opened it."), _("Read it again, then decide."))
    tidy = words.strip()
    if "\x00" in tidy or len(tidy) > LONGEST_WORDS or (not same and not tidy):
        raise BadInput({"words": _("Say what is different, in up to 1,000 characters.")})
    row = WelshReading.objects.filter(post=post, reader=by, same=None).first()
    row = row or WelshReading(post=post, reader=by, asked_at=at)
    row.same, row.words, row.said_at, row.seen = same, tidy, at, seen
    row.save()
    discharge(kind=READ_WELSH, subject=post, by=by, at=at)
    record("post.welsh_read", subject=found, at=at, actor=by, yes=same, seen=seen)
    if not same and found.state == PostState.APPROVED:
        ask_again(found, at=at)
    return row


@action
def choose_post_languages(*, by: Person, at: datetime, account: Account, languages: list[str]) -> None:
    """Choose the languages of an account's posts, in their order; none: those of its school.

    Raises NotAllowed, BadInput (field `languages`).
    """
    rules.check_may_set_slots(by, account, on=local_day(at))
    if tuple(languages) not in ORDERS:
        raise BadInput({"languages": _("Choose one of the answers offered.")})
    account.post_languages = languages
    account.save(update_fields=["post_languages"])
    record("account.post_languages", subject=account, at=at, actor=by, languages="-".join(languages))


def _check_readable(post: Post) -> None:
    if post.state not in CAN_BE_CHANGED:
        raise NotNow(
            _("This post is no longer waiting to be posted."),
            _("If something is wrong with it, take it down."),
        )
    if not has_welsh(post):
        raise NotNow(_("This post has no Welsh text."), _("Ask its author to add one."))
