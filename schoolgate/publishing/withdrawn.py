"""Copies of posts that a withdrawal of consent concerns, marked because they must go, and the outcome for
each; and words that stand on our own pages until someone changes them (guides, the register, site texts),
with what takes a pupil's name off them.

Those pages are a closed list beside the data map's: each table from which such words leave is here (a gate
compares). Posts, replies and comments aren't: they are copies, each with its own way down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any, Protocol

from django.db.models import Model, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState, AssociatedPage, Fake, SiteText
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.doors import Door
from schoolgate.core.errors import NotNow
from schoolgate.core.events import record
from schoolgate.core.rows import found_or_made, insert, reserve
from schoolgate.core.subjects import subject_of
from schoolgate.core.tenancy import current_scope
from schoolgate.duties.actions import discharge, open_duty
from schoolgate.duties.models import Due
from schoolgate.media.captions import words_of
from schoolgate.media.models import Picture
from schoolgate.media.pictures import TURNS, Near, pictures_like
from schoolgate.networks.capabilities import OURS
from schoolgate.networks.handshake import LIVE, Intent
from schoolgate.networks.intents import IntentRow
from schoolgate.people.models import Person
from schoolgate.people.queries import book_for
from schoolgate.people.safeguarding import leads
from schoolgate.policy.choices import gone_by
from schoolgate.policy.guiding import withdraw_guide
from schoolgate.policy.models import GuideVersion, PackText, PolicyVersion, VersionState
from schoolgate.publishing.approving import ask_again
from schoolgate.publishing.duty_kinds import NAME_ON_PAGE, RING
from schoolgate.publishing.leaving import last_said
from schoolgate.publishing.looked_for import may_be_named
from schoolgate.publishing.models import (
    MEANT,
    Delivery,
    HitAnswer,
    HitReply,
    PastToGo,
    PastWordSaid,
    Post,
    PostPerson,
    PostPicture,
    PostState,
    TakeDown,
    TakeDownPost,
    WithdrawnCopy,
    WithheldPicture,
)
from schoolgate.publishing.named_in_public import copies_naming, out_or_going, posts_that_may_name
from schoolgate.publishing.of_pupils import how_named, noes_in
from schoolgate.publishing.past_posts import list_older, rows_of
from schoolgate.publishing.queries import MOST_SHOWN
from schoolgate.publishing.sights import visible_to
from schoolgate.publishing.starting import lock
from schoolgate.publishing.taking_down import GOING, withhold_withdrawn
from schoolgate.pupils.consents import KEPT_OFF, check_leads_on_safeguarding, check_may_keep
from schoolgate.pupils.linking import write_mail
from schoolgate.pupils.models import Cause, ConsentWords, ParentLink, Pupil, Use, Withdrawal
from schoolgate.pupils.named import gives_away, names
from schoolgate.screening import Kind

SURELY = 6
"""Bits of 64 in which the prints of two pictures may differ so that one is surely the other, or a part of it.
Of 124,200 crops of another picture, 2,420 portraits of another person and 760 posters of one kind none was
that near; of 1,104 halves of the same picture 1,003 were."""
READ_AT_ONCE = 200


def posts_surely_showing(pupil: int, among: QuerySet[Post]) -> set[int]:
    """Return those of these posts of which a picture is, near to certain, one that is withheld because of
    this pupil: the same file, another size or copy of it, or a part. Three queries at most."""
    withheld = list(WithheldPicture.objects.filter(pupil=pupil).values_list("digest", "prints"))
    if not withheld:
        return set()
    digests = {digest for digest, _prints in withheld}

    def near(last: int | None) -> Near:
        return Near((each for _digest, prints in withheld for each in prints[:last]), bits=SURELY)

    wholes, parts = near(TURNS), near(None)
    theirs = PostPicture.objects.filter(post__in=among)
    pictures = Picture.objects.filter(pk__in=theirs.values("picture"))
    alike = [
        pk
        for pk, digest, prints in pictures.values_list("pk", "digest", "prints").iterator(READ_AT_ONCE)
        if digest in digests or parts.finds(prints[:TURNS]) or wholes.finds(prints)
    ]
    return set(theirs.filter(picture__in=alike).values_list("post", flat=True))


def posts_with_like_pictures(of: Post, *, seen_by: Person, on: date) -> list[Post]:
    """Return the other posts that this person may read and of which a picture is, or may be, one of `of`,
    the newest first; one more than MOST_SHOWN where there are more."""
    if not of.pictures:
        return []
    alike = pictures_like(of.pictures).union(each.pk for each in of.pictures)
    shows = PostPicture.objects.filter(picture__in=alike).values("post")
    rows = Post.objects.filter(visible_to(seen_by, on), pk__in=shows).exclude(pk=of.pk)
    return list(rows.select_related("school").order_by("-pk")[: MOST_SHOWN + 1])


MOST_ACTS = 20
"""Withdrawals that a page shows although nothing had to go for them; those for which something had, it shows
however many they are."""
AT_THAT_MOMENT = timedelta(minutes=5)
"""What was being written down when consent was withdrawn is dated so long after it at most."""


class Gone(TextChoices):
    """The outcome for one copy that has to go, from its own state and that of its removal."""

    REMOVED = "removed", _("Removed")
    NEVER = "never", _("Not posted")
    GOING = "going", _("Being removed")
    BY_HAND = "by_hand", _("To be removed by hand")
    LOOKED_FOR = "looked_for", _("To be checked by hand")
    NOT_YET = "not_yet", _("Not removed yet")
    STUCK = "stuck", _("Not removed in time")


ENDED = frozenset({Gone.REMOVED, Gone.NEVER})


@dataclass(frozen=True)
class Outcome:
    """One copy, reply or comment (`what`) on an account and its outcome; `at`: when that came about, or by
    when a person has to act."""

    what: Model
    account: Account
    gone: Gone
    at: datetime | None = None

    @property
    def post_id(self) -> int | None:
        """Return the post of which it is a copy."""
        return self.what.post_id if isinstance(self.what, Delivery) else None

    @property
    def older_id(self) -> int | None:
        """Return what people deal with of the posts from before Schoolgate."""
        return self.what.pk if isinstance(self.what, PastToGo) else None


class Elsewhere(Protocol):
    """What else a withdrawal concerns, of a room above."""

    def mark(self, act: TakeDown, *, at: datetime) -> int:
        """Mark what has to go and isn't marked yet; return how many. Safe to call again."""

    def outcomes(self, act: TakeDown, *, at: datetime) -> list[Outcome]:
        """Return the outcome for each."""

    def marked(self) -> QuerySet[Any, Any]:
        """Return the ids of the withdrawals' take-downs for which something is marked."""

    def may_name(self, pupil: Pupil) -> list[int]:
        """Return the comments that stay, or that stand above replies of ours that do, although they may name
        a pupil who is new on the do-not-publish list."""


_elsewhere: list[Elsewhere] = []


def look_elsewhere(place: Elsewhere) -> None:
    """Register what a withdrawal concerns beside posts; there is one."""
    _elsewhere[:] = [place]


def mark_elsewhere(act: TakeDown, *, at: datetime) -> int:
    """Mark what else has to go; return how many."""
    return sum(place.mark(act, at=at) for place in _elsewhere)


def comments_that_may_name(pupil: Pupil) -> list[int]:
    """Return the comments with words that a lead looks at, of theirs or in our reply."""
    return [item for place in _elsewhere for item in place.may_name(pupil)]


def copies_of(withdrawal: Withdrawal) -> list[Delivery]:
    """Return the copies that a withdrawal concerns: live ones, those being sent and those that wait for a
    person's hand. Two queries, two more where their name is withdrawn, and those for pictures alike.

    A picture or film concerns posts that show the pupil or may do so, on whatever account, and those with a
    picture that is near to certain the same, whether or not they were chosen there; a name those that give
    it, by what the author said or by the words themselves, chosen or not; whether a post has their
    voice isn't recorded, so that concerns every post they are in. A no on a day concerns pictures added from
    then on, and words with the name that went out from then on.
    """
    shown_in: dict[int, list[PostPerson]] = {}
    for row in PostPerson.objects.filter(pupil=withdrawal.pupil_id).select_related("pupil"):
        shown_in.setdefault(row.post_id, []).append(row)
    uses = frozenset(withdrawal.uses)
    seen = _posts_with_its_pictures(withdrawal.pupil_id) if uses & {Use.PICTURE, Use.FILM} else set()
    named = copies_naming(withdrawal.pupil) if Use.NAME in uses else set()
    rows = out_or_going().filter(Q(post__in=seen.union(shown_in)) | Q(pk__in=named))
    if withdrawal.channel:
        rows = rows.filter(account__network=withdrawal.channel)

    def concerns(copy: Delivery, uses: frozenset[str]) -> bool:
        return any(_concerns(uses, row, copy) for row in shown_in.get(copy.post_id, ()))

    found = [
        copy
        for copy in rows.select_related("account", "post__school", "post__author__federation").order_by("-id")
        if copy.pk in named or copy.post_id in seen or concerns(copy, uses)
    ]
    if withdrawal.cause != Cause.TODAY:
        return found
    day, name = local_day(withdrawal.at), frozenset({Use.NAME})
    return [
        copy
        for copy in found
        if any(local_day(each.added_at) >= day for each in copy.post.pictures)
        or (local_day(copy.written_at) >= day and (copy.pk in named or concerns(copy, name)))
    ]


def _posts_with_its_pictures(pupil: int) -> set[int]:
    """Return the posts whose own pictures say that they show this pupil, whether or not they were chosen."""
    public = Post.objects.filter(pk__in=out_or_going().values("post"))
    return posts_let_out(pupil) | posts_surely_showing(pupil, public)


def posts_let_out(pupil: int) -> set[int]:
    """Return the posts of which someone said that a picture that may show this pupil may go out."""
    rows = HitAnswer.objects.filter(kind=Kind.PICTURE, reply=HitReply.RIGHT, pupils__contains=[pupil])
    return set(rows.values_list("post", flat=True))


def missed_copies_of(act: TakeDown) -> list[Delivery]:
    """Return the copies of a withdrawal that weren't listed, because another transaction was writing them
    down at that moment. None where the pupil may be shown there again."""
    withdrawal = act.withdrawal
    if withdrawal is None:
        return []
    listed = set(act.copies.values_list("delivery", flat=True))
    chosen_in = set(PostPerson.objects.filter(pupil=withdrawal.pupil_id).values_list("post", flat=True))
    return [
        copy
        for copy in copies_of(withdrawal)
        if copy.pk not in listed
        and copy.written_at <= withdrawal.at + AT_THAT_MOMENT
        and (
            any(no.network == copy.account.network for no in noes_in(copy.post, on=local_day(withdrawal.at)))
            or copy.post_id not in chosen_in
        )
    ]


def approved_posts_of(withdrawal: Withdrawal) -> list[int]:
    """Return the approved posts with this pupil that haven't been handed over for sending."""
    people = PostPerson.objects.filter(pupil=withdrawal.pupil_id)
    rows = Post.objects.filter(state=PostState.APPROVED, pk__in=people.values("post"))
    return list(rows.order_by("id").values_list("pk", flat=True))


def _concerns(uses: frozenset[str], row: PostPerson, copy: Delivery) -> bool:
    if Use.VOICE in uses:
        return True
    if uses & {Use.PICTURE, Use.FILM} and row.shown is not False:
        return True
    said = [copy.text, *copy.parts, *(each.get("alt", "") for each in copy.pictures)]
    said += [words_of(each["film"].get("captions", "")) for each in copy.pictures if "film" in each]
    return Use.NAME in uses and how_named(row, "\n".join(said)) != "no"


def outcomes_of(act: TakeDown, *, at: datetime) -> list[Outcome]:
    """Return the outcome for each copy that a withdrawal listed, newest first, and for what else has to
    go."""
    rows = Delivery.objects.filter(withdrawn__take_down=act).select_related("account")
    copies = [
        _outcome(copy, due_at=act.due_at, at=at)
        for copy in rows.prefetch_related("take_downs").order_by("-id")
    ]
    older = _older(act.withdrawal, at=at) if act.withdrawal else []
    return copies + older + [each for place in _elsewhere for each in place.outcomes(act, at=at)]


def _older(said: Withdrawal, *, at: datetime) -> list[Outcome]:
    """Return the outcome for posts from before Schoolgate; none for those of which two people said that they
    aren't about this pupil."""
    rows = rows_of(said).exclude(said=PastWordSaid.NOTHING, looked_at__isnull=False)
    return [Outcome(row, row.account, *_outcome_of_older(row, at=at)) for row in rows]


def _outcome_of_older(row: PastToGo, *, at: datetime) -> tuple[Gone, datetime | None]:
    if row.looked_at is not None:
        return Gone.REMOVED, row.looked_at
    if row.due_at <= at:
        return Gone.STUCK, None
    return Gone.BY_HAND if row.post_id else Gone.LOOKED_FOR, row.due_at


def acts_about(pupil: Pupil) -> list[TakeDown]:
    """Return the take-downs that followed from withdrawals about a pupil, newest first."""
    rows = TakeDown.objects.filter(withdrawal__pupil=pupil).order_by("-id")
    shown = rows.filter(_something_goes() | Q(pk__in=rows.values("pk")[:MOST_ACTS]))
    return list(shown.select_related("withdrawal__by"))


def withdrawals_by(link: ParentLink) -> list[Withdrawal]:
    """Return this person's own withdrawals, newest first, each with its take-down (`act_of`)."""
    rows = Withdrawal.objects.filter(
        pupil=link.pupil_id,
        giver=link.giver,
        who__iexact=link.who,
        cause__in=(Cause.ANSWER, Cause.TODAY),
    ).order_by("-id")
    goes = Q(take_down__in=TakeDown.objects.filter(_something_goes()).values("pk"))
    shown = rows.filter(goes | Q(pk__in=rows.values("pk")[:MOST_ACTS]))
    return list(shown.select_related("take_down"))


def _something_goes() -> Q:
    """Return the condition on a take-down that something was listed for it."""
    return reduce(
        or_,
        (Q(pk__in=place.marked()) for place in _elsewhere),
        Q(pk__in=WithdrawnCopy.objects.values("take_down")),
    )


def act_of(withdrawal: Withdrawal) -> TakeDown | None:
    """Return the take-down that followed; None before the search for copies: no page may tell its outcome."""
    return getattr(withdrawal, "take_down", None)


def is_looking(pupil: Pupil) -> bool:
    """Return whether copies are still to be looked for after a withdrawal about a pupil."""
    return Withdrawal.objects.filter(pupil=pupil, take_down=None).exists()


def _outcome(copy: Delivery, *, due_at: datetime | None, at: datetime) -> Outcome:
    gone, when = outcome_of(copy, list(copy.take_downs.all()), due_at=due_at, at=at)
    return Outcome(copy, copy.account, gone, when)


def outcome_of(
    sent: IntentRow, removals: Sequence[IntentRow], *, due_at: datetime | None, at: datetime
) -> tuple[Gone, datetime | None]:
    """Return the outcome for what was sent, from its own state and those of its removals, and when that came
    about or by when a person has to act."""
    ended = [each.state_at for each in removals if each.state == Intent.CONFIRMED]
    if ended:
        return Gone.REMOVED, min(ended)
    if sent.receipt is None and sent.state in (Intent.CANCELLED, Intent.FAILED):
        return Gone.NEVER, sent.state_at
    if due_at is not None and due_at <= at:
        return Gone.STUCK, None
    living = [each for each in removals if each.state in LIVE]
    if any(each.by_hand for each in living):
        return Gone.BY_HAND, due_at
    if sent.state == Intent.ASKED:
        return Gone.LOOKED_FOR, due_at
    if living or sent.state in (Intent.SENT, Intent.UNKNOWN):
        return Gone.GOING, None
    return Gone.NOT_YET, None


LATELY = timedelta(hours=1)
REASON = "consent"
ALL_GONE = (
    _("We have taken down the posts that you asked about. Your page shows each of them:"),
    _("You can change your answer there at any time."),
)
NOT_ENDED = (
    _("We couldn’t take every post down in time. We’ll ring you. Your page shows what happened to each:"),
    _("You can change your answer there at any time."),
)


@action
def list_withdrawn(*, at: datetime, withdrawal: Withdrawal) -> TakeDown:
    """Mark every copy that a withdrawal concerns as one that must go. Safe to call again: what was being
    written down at that moment is added.

    Nothing is taken down here, so nothing that happens to a post can hold the marks up: each copy is removed
    by itself (`taking_down.remove`). Returns the act; with no copies it has nothing to pass on.
    """
    due_at = gone_by(book_for(withdrawal), withdrawal.pupil.school, at=withdrawal.at)
    act, new = found_or_made(
        TakeDown.objects,
        withdrawal=withdrawal,
        defaults={"by": None, "at": at, "reason": REASON, "due_at": due_at},
    )
    withhold_withdrawn(withdrawal, at=at)
    copies = copies_of(withdrawal) if new else missed_copies_of(act)
    _mark(act, copies, at=at)
    if new:
        record("takedown.opened", subject=act, at=at, copies=len(copies))
    others = mark_elsewhere(act, at=at)
    # What is being imported at that moment looks for those who said no itself, but may not see this no yet.
    since = None if new else withdrawal.at - AT_THAT_MOMENT
    others += list_older(withdrawal, due_at=due_at, at=at, since=since)
    if copies or others or new:
        TakeDown.objects.filter(pk=act.pk).update(told_at=None if copies or others else at)
    act.refresh_from_db()
    return act


def _mark(act: TakeDown, copies: list[Delivery], *, at: datetime) -> None:
    federation = current_scope().federation_id
    numbers = reserve(WithdrawnCopy, len(copies))
    insert(
        [
            WithdrawnCopy(pk=pk, federation_id=federation, take_down=act, delivery=copy)
            for pk, copy in zip(numbers, copies, strict=True)
        ]
    )
    for post in {copy.post_id: copy.post for copy in copies}.values():
        asked = post.state not in GOING
        found_or_made(TakeDownPost.objects, take_down=act, post=post, defaults={"asked": asked})


@action
def ask_again_without_consent(*, at: datetime, post: Post) -> None:
    """Have an approved post approved again at once where a pupil in it may no longer be shown or named, so
    that no one learns of it when it should go out. Safe to call again."""
    if lock(post).state == PostState.APPROVED and noes_in(post, on=local_day(at)):
        ask_again(post, at=at)


def lately(*, at: datetime) -> list[int]:
    """Return the acts that a copy may have slipped past: the withdrawals of the last hour."""
    rows = TakeDown.objects.filter(withdrawal__isnull=False, at__gt=at - LATELY)
    return list(rows.order_by("id").values_list("pk", flat=True))


def acts_of(withdrawals: list[int]) -> list[int]:
    """Return the acts of these withdrawals."""
    rows = TakeDown.objects.filter(withdrawal__in=withdrawals)
    return list(rows.order_by("id").values_list("pk", flat=True))


def to_pass_on() -> list[int]:
    """Return the acts whose outcome no one was told yet."""
    waiting = TakeDown.objects.filter(withdrawal__isnull=False, told_at=None)
    return list(waiting.order_by("id").values_list("pk", flat=True))


@action
def pass_on(*, at: datetime, act: TakeDown) -> bool:
    """Tell a parent the outcome for the copies of a withdrawal once all are removed, or once it is overdue.

    The office is asked to ring where a copy is still there. Returns whether that was now.
    """
    outcomes = [each.gone for each in outcomes_of(act, at=at)]
    if not ENDED.union([Gone.STUCK]).issuperset(outcomes):
        return False
    if not TakeDown.objects.filter(pk=act.pk, told_at=None).update(told_at=at):
        return False
    _tell(act, stuck=Gone.STUCK in outcomes, at=at)
    record("takedown.told", subject=act, at=at, stuck=outcomes.count(Gone.STUCK))
    return True


def _tell(act: TakeDown, *, stuck: bool, at: datetime) -> None:
    withdrawal = act.withdrawal
    if withdrawal is None or not withdrawal.giver:  # a list, or the do-not-publish list: no one asked us
        return
    link = (
        ParentLink.objects.filter(
            pupil=withdrawal.pupil, giver=withdrawal.giver, who__iexact=withdrawal.who, revoked_at=None
        )
        .select_related("pupil__school", "federation")
        .first()
    )
    if link is not None and link.email and link.expires_at > at:
        write_mail(
            link, at=at, subject=_("your withdrawal of consent"), lines=NOT_ENDED if stuck else ALL_GONE
        )
        link.save(update_fields=["mail"])
    if not stuck:
        return
    school = withdrawal.pupil.school
    for role in book_for(school).pack.roles_with("administer"):
        open_duty(
            kind=RING, subject=withdrawal.pupil, at=at, due=Due.at(at + timedelta(hours=24)), role=role.key,
            school=school,
        )  # fmt: skip


@action
def say_rung(*, by: Person, at: datetime, pupil: Pupil) -> None:
    """Record that the parent was rung about posts that couldn't be removed in time. Raises NotAllowed."""
    check_may_keep(by, on=local_day(at), school=pupil.school)
    discharge(kind=RING, subject=pupil, by=by, at=at)


STANDING = frozenset({Door.GUIDE, Door.REGISTER, Door.SITE_TEXT, Door.CONSENT_WORDS, Door.POLICY})
"""The doors behind which words stand on a page of our own that anyone can open, or all who sign in."""


@dataclass(frozen=True)
class Page:
    """One kind of such words: its rows that stand now, the fields, and the thing that people answered about
    (`core.leaving`)."""

    door: Door
    fields: tuple[str, ...]
    rows: Callable[[], Iterable[Any]]
    about: Callable[[Any], Model] = lambda row: row

    def naming(self, pupil: Pupil) -> Iterator[tuple[Any, list[str]]]:
        """Yield each row that has the pupil's full name in its words, or any part of it of which a person
        said that they may be named so, with the fields that do."""
        replies = last_said(pupil, self.door)
        for row in self.rows():
            said = replies.get(subject_of(self.about(row))) if replies else None
            told = gives_away if said in MEANT else names
            texts = {field: _text(getattr(row, field)) for field in self.fields}
            fields = [field for field, text in texts.items() if told(pupil, [text])]
            if told is gives_away and not fields and told(pupil, texts.values()):
                fields = list(texts)  # the name is over two of them
            if fields and said != HitReply.NOT_PUPIL:
                yield row, fields


def _text(value: Any) -> str:
    return "\n".join(value.values()) if isinstance(value, dict) else str(value)


def _guides() -> QuerySet[GuideVersion]:
    shown = GuideVersion.objects.filter(guide__ended_at=None, published_at__isnull=False)
    return shown.order_by("guide", "-number").distinct("guide").select_related("guide")


def _site_texts() -> QuerySet[SiteText]:
    return SiteText.objects.order_by("account", "kind", "language", "-number").distinct(
        "account", "kind", "language"
    )


def _policies() -> QuerySet[PackText]:
    """Return the text in force, where a federation brought its own."""
    versions = PolicyVersion.objects.filter(state=VersionState.IN_FORCE)
    return PackText.objects.filter(pk__in=versions.values("text"))


def _in_force(_text: PackText) -> PolicyVersion:
    return PolicyVersion.objects.get(state=VersionState.IN_FORCE)


PAGES: dict[type[Model], Page] = {
    GuideVersion: Page(Door.GUIDE, ("title", "text", "title_cy", "text_cy"), _guides, lambda row: row.guide),
    Account: Page(
        Door.REGISTER,
        ("name", "handle", "address", "purpose", "contact"),
        lambda: Account.objects.exclude(state=AccountState.CLOSED),
    ),
    AssociatedPage: Page(
        Door.REGISTER,
        ("name", "address", "purpose", "contact"),
        lambda: AssociatedPage.objects.filter(ended_at=None),
        lambda row: row.school or row.federation,
    ),
    Fake: Page(
        Door.REGISTER, ("address",), lambda: Fake.objects.filter(address_shown=True, destroyed_at=None)
    ),
    SiteText: Page(Door.SITE_TEXT, ("words",), _site_texts, lambda row: row.account),
    ConsentWords: Page(Door.CONSENT_WORDS, ("words",), ConsentWords.objects.all, lambda row: row.federation),
    PackText: Page(Door.POLICY, ("text",), _policies, _in_force),
}


KINDS = tuple(PAGES)


def standing_with(pupil: Pupil, *, kinds: Iterable[type[Model]] = KINDS) -> Iterator[tuple[Any, list[str]]]:
    """Yield what stands on our own pages with this pupil's full name, and in which fields."""
    for kind in kinds:
        yield from PAGES[kind].naming(pupil)


# Takes a pupil's name off our own pages where consent to it ended: guides are withdrawn, purpose and
# contact on the register emptied, a fake's address is hidden. What can't be taken off by itself, a lead is
# asked about by the time for take-downs.


@action
def take_off_our_pages(*, at: datetime, act: TakeDown, kind: type[Model]) -> None:
    """Take a pupil's name off one kind of our own pages, and ask the safeguarding leads to look. Safe to call
    again.

    Nothing where the name isn't meant, or only on a network, or only on that day, or consent is back.
    """
    said = act.withdrawal
    if said is None or Use.NAME not in said.uses:
        return
    if said.cause == Cause.TODAY or said.channel not in ("", OURS):
        return
    pupil = Pupil.objects.select_related("school__federation").get(pk=said.pupil_id)
    walled = Pupil.objects.filter(KEPT_OFF, pk=pupil.pk).exists()
    if not walled and may_be_named([pupil.pk], [OURS], on=local_day(at)):
        return
    found = list(standing_with(pupil, kinds=[kind]))
    for row, fields in found:
        if (take_off := _WAYS.get(type(row))) is not None:
            take_off(row, fields, at)
            record("pupil.name_off_page", subject=row, at=at, pupil=pupil.pk)
    if found:
        _ask_leads(pupil, act, at=at)


@action
def ask_about_posts_that_stay(*, at: datetime, act: TakeDown) -> None:
    """Ask the safeguarding leads to look at the posts, comments and replies that stay although they may name
    a pupil who came to the do-not-publish list. Safe to call again."""
    said = act.withdrawal
    if said is None or said.cause != Cause.KEPT_OFF:
        return
    pupil = Pupil.objects.select_related("school__federation").get(pk=said.pupil_id)
    if posts_that_may_name(pupil) or comments_that_may_name(pupil):
        _ask_leads(pupil, act, at=at)


def _ask_leads(pupil: Pupil, act: TakeDown, *, at: datetime) -> None:
    due = Due.at(act.due_at) if act.due_at else Due.none_promised()
    for lead in leads(book_for(pupil.school), pupil.school, on=local_day(at)):
        open_duty(kind=NAME_ON_PAGE, subject=pupil, at=at, due=due, person=lead, school=pupil.school)


@action
def names_are_off(*, by: Person, at: datetime, pupil: Pupil) -> None:
    """Record that a lead looked, and that no page of ours names the pupil any more; the other leads need not.

    Raises NotAllowed; NotNow while a page does.
    """
    check_leads_on_safeguarding(by, pupil.school, on=local_day(at))
    if next(standing_with(pupil), None) is not None:
        raise NotNow(_("Our own pages still name this pupil."), _("Change the words listed first."))
    discharge(kind=NAME_ON_PAGE, subject=pupil, by=by, at=at, how="seen")


def _empty(row: Account | AssociatedPage, fields: Sequence[str], at: datetime) -> None:
    """Empty purpose and contact; the page's own name and address stay for a person to change."""
    words = [field for field in fields if field in ("purpose", "contact")]
    for field in words:
        setattr(row, field, "")
    if words:
        row.save(update_fields=words)


def _hide_address(row: Fake, _fields: Sequence[str], at: datetime) -> None:
    row.address_shown = False
    row.save(update_fields=["address_shown"])


def _withdraw(row: GuideVersion, _fields: Sequence[str], at: datetime) -> None:
    withdraw_guide(guide=row.guide, at=at)


_WAYS: dict[type[Model], Callable[[Any, Sequence[str], datetime], None]] = {
    GuideVersion: _withdraw,
    Account: _empty,
    AssociatedPage: _empty,
    Fake: _hide_address,
}
