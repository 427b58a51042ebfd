"""Pictures and films, texts of posts, news that was sent in, and posts from before: what is due, how it
goes, and what may not come back by a restore.

The rows of pictures, posts and news stay, because approvals, consent checks and the record name them by
number."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.models import Hold
from schoolgate.core.retention import (
    NUMBERED,
    SIX_YEARS,
    Again,
    Area,
    Declared,
    Happened,
    Kind,
    Part,
    Public,
    Row,
    still_about,
    subjects_needed,
    unless_empty,
)
from schoolgate.core.subjects import number_of
from schoolgate.media.models import Film, Picture, PictureWords
from schoolgate.networks.handshake import LIVE, Intent
from schoolgate.networks.noticeboard.models import NoticeboardFilm, NoticeboardPicture, NoticeboardPost
from schoolgate.policy.models import DECIDED_ON
from schoolgate.publishing.models import (
    POST_MOVES,
    AddressMended,
    Delivery,
    HitAnswer,
    LeftOut,
    LinkCard,
    LiveChange,
    Look,
    News,
    NewsPicture,
    NewsState,
    OwnerPermission,
    PassageComment,
    PastPost,
    Post,
    PostMark,
    PostPerson,
    PostPicture,
    PostState,
    PostTarget,
    PostWriter,
    Purpose,
    ReadyText,
    ReadyVersion,
    TakeDown,
    UsedPermission,
    WelshReading,
    WithheldPicture,
    WordAnswer,
)
from schoolgate.publishing.starting import lock
from schoolgate.publishing.taking_down import GONE, take_whole_down, withhold, write_take_down

PICTURE, POST = "media.picture:", "publishing.post:"
OVER = (PostState.TAKEN_DOWN, PostState.WITHDRAWN)
UNSENT = (PostState.DRAFT, PostState.EXPIRED, PostState.NOT_SENT)


class Pictures(Kind):
    """Pictures and films that no post shows any more."""

    key, number, endings = "pictures", 4, ("picture_period", "picture_emptied")
    area = Area.POSTS
    public = Public.FIRST
    name = _("Pictures and films")
    thing = _("Picture")
    counted = _("From the day it was added.")
    goes = _("The file, its description, its captions and any words read from it automatically.")
    stays = _(
        "Who added the picture, which posts it was in, and who checked consent for it. A "
        "picture stays while a post with it is online or can still be sent. Copies that the "
        "network or other people have aren’t deleted."
    )
    because = _(
        "Our suggestion: three years. No law sets a number; consent often names one, and then that counts."
    )
    first = _("Take down or withdraw every post with it, and use or decline the news it came with.")

    def due(self, before: datetime, *, at: datetime) -> QuerySet[Picture]:
        """Return the pictures from before that instant that no post or news needs."""
        here = OuterRef("pk")
        posts = PostPicture.objects.filter(picture=here).exclude(post__state__in=OVER)
        news = NewsPicture.objects.filter(picture=here, news__state=NewsState.NEW)
        rows = Picture.objects.filter(~Exists(posts), ~Exists(news), added_at__lt=before, destroyed_at=None)
        return rows.annotate(since=F("added_at")).order_by("added_at", "pk")

    def unheld(self, rows: QuerySet[Picture], held: Sequence[str]) -> QuerySet[Picture]:
        """Leave out what a ban on the picture or on a post with it keeps."""
        of_posts = [number_of(one) for one in held if one.startswith(POST)]
        kept = PostPicture.objects.filter(post__in=of_posts).values("picture")
        rows = rows.exclude(pk__in=[number_of(one) for one in held if one.startswith(PICTURE)])
        return rows.exclude(pk__in=kept)

    def subject_of(self, pk: int) -> str:
        """Return the name of a picture that is still here."""
        if not self.rows_of(pk).exists():
            raise NotFound(
                _("There is no picture with this number, or it has been destroyed."),
                _("Open the picture in the library and start there."),
            )
        return f"{PICTURE}{pk}"

    def rows_of(self, pk: int) -> QuerySet[Picture]:
        """Return the picture."""
        return Picture.objects.filter(pk=pk, destroyed_at=None)

    def still_needed(self, pks: Sequence[int]) -> set[int]:
        """Lock them; return those in use at this moment, and those that something open is about, or a post
        with them."""
        locked = Picture.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            pk__in=pks, destroyed_at=None
        )
        free = set(locked.values_list("pk", flat=True))
        return set(pks) - free | still_about("media.picture", free) | _shown_in(free)

    def destroy(self, pks: Sequence[int], *, at: datetime) -> list[str]:
        """Empty them, and what was copied of them for sending; return the digests of their files."""
        films = Film.objects.filter(cover__in=pks)
        digests = [
            *Picture.objects.filter(pk__in=pks).values_list("digest", flat=True),
            *films.values_list("digest", flat=True),
        ]
        films.update(digest="", captions="")
        _take_off_the_board(digests)
        PictureWords.objects.filter(picture__in=pks).delete()
        posts = PostPicture.objects.filter(picture__in=pks).values("post")
        sent = list(Delivery.objects.filter(post__in=posts))
        for one in sent:
            one.pictures = [_emptied(each) if each["picture"] in pks else each for each in one.pictures]
        Delivery.objects.bulk_update(sent, ["pictures"])
        emptied = Picture.objects.filter(pk__in=pks)
        emptied.update(digest="", alt="", prints=[], faces=None, like=None, destroyed_at=at)
        return digests

    def needs_file(self, digest: str) -> bool:
        """Return whether a picture or film that is still here is this file."""
        return Picture.objects.filter(digest=digest).exists() or Film.objects.filter(digest=digest).exists()


class PostTexts(Declared):
    """Texts of posts that are offline, were withdrawn, or never went out."""

    key, number, endings = "posts", 6, ("post_period", "post_parts")
    area = Area.POSTS
    public = Public.FIRST
    name = _("Texts of posts")
    thing = _("Post")
    counted = _("From the day it was taken down or withdrawn; for a draft, from its last change.")
    goes = _(
        "The text for every account, the answers and comments of its author and approvers, who is shown or "
        "named in it, and its link cards."
    )
    stays = _(
        "The post’s author, dates and accounts, and who approved which version. A post stays "
        "while it is online or can still be sent. The network’s own copy isn’t deleted."
    )
    because = SIX_YEARS
    first = _("Take the post down or withdraw it, and finish every task and concern about it.")
    row = Row(
        Post,
        over=Q(state__in=(*OVER, *UNSENT)),
        since="state_at",
        empties={
            "text": "", "other_text": "", "answers": {}, "sent_back_because": "",
            "state": Case(When(state__in=UNSENT, then=Value(PostState.WITHDRAWN)), default=F("state")),
        },
        parts=(
            Part(PostTarget, "post", {"text": ""}),
            Part(PostPerson, "post"),
            Part(LeftOut, "post"),
            Part(LinkCard, "post", files=("digest",)),
            Part(PostMark, "post", {"note": ""}),
            Part(Look, "post"),
            Part(PassageComment, "post", {"passage": "-", "comment": "-", "answer": unless_empty("answer")}),
            Part(HitAnswer, "post", {"words": ""}),
            Part(WelshReading, "post", {"words": ""}),
            Part(TakeDown, "posts__post", {"words": ""}),
            Part(AddressMended, "delivery__post"),
            Part(LiveChange, "delivery__post", {"words_ref": None}, sealed=("words_ref",)),
            Part(Delivery, "post", {"text": "", "parts": [], "card": {}, "differences": [], "said": ""}),
            DECIDED_ON,
        ),
    )  # fmt: skip

    def due(self, before: datetime, *, at: datetime) -> QuerySet[Post]:
        """Leave out what someone wrote in since, and what may be online."""
        wrote = PostWriter.objects.filter(post=OuterRef("pk"), wrote_at__gte=before)
        rows = super().due(before, at=at)
        return rows.filter(~Exists(wrote), ~Exists(_out(OuterRef("pk"))))


class NewsSentIn(Declared):
    """News that someone sent in and that was dealt with."""

    key, number, endings = "news", 7, ("news_period",)
    area = Area.POSTS
    public = Public.NOWHERE
    name = _("News sent in for posts")
    thing = _("News")
    counted = _("From the day it was used, declined or withdrawn.")
    goes = _("The text, the names of those who made it, and why it was declined, if it was.")
    stays = _("Who sent the news and when, and the post that was made of it.")
    because = _("Our suggestion: one year. No law sets a number; the post itself is kept longer.")
    first = _("Use it or decline it.")
    row = Row(
        News,
        over=~Q(state=NewsState.NEW),
        since="state_at",
        empties={"text": "-", "by_line": "", "owner": "", "reason": unless_empty("reason")},
        parts=(DECIDED_ON,),
    )


class PostsFromBefore(Declared):
    """Copies of posts from before Schoolgate."""

    key, number, endings = "past", 8, ("past_period",)
    area = Area.POSTS
    public = Public.THEIRS
    name = _("Posts from before Schoolgate")
    thing = _("Post from before Schoolgate")
    counted = _("From the day it was posted.")
    goes = _("Our copy of the post, with its text and address.")
    stays = _(
        "The post on the network, until you delete it there. If you import it again, our copy comes back too."
    )
    because = SIX_YEARS
    first = _("Try again in a minute: someone is working with it.")
    row = Row(PastPost, over=Q(), since="at")


class ReadyTexts(Declared):
    """Emergency texts and other ready texts that are no longer in use."""

    key, number, endings = "ready", 23, ("ready_period",)
    area = Area.POSTS
    public = Public.NOWHERE
    name = _("Emergency texts and ready texts")
    thing = _("Ready text")
    counted = _("From the day it was retired.")
    goes = _("Every version of the text, with its author’s answers and why it was returned.")
    stays = _("The text’s dates, and who wrote and approved which version.")
    because = SIX_YEARS
    first = _("Retire the text, and finish every task about it.")
    row = Row(
        ReadyText,
        over=Q(retired_at__isnull=False),
        since="retired_at",
        empties={},
        parts=(
            Part(
                ReadyVersion, "text",
                {
                    "title": NUMBERED, "english": unless_empty("english"), "welsh": unless_empty("welsh"),
                    "answers": {}, "returned_because": "",
                },
            ),
        ),
    )  # fmt: skip


class OwnersPermissions(Declared):
    """Permissions that owners gave and that have ended."""

    key, number, endings = "owners", 24, ("owner_period",)
    area = Area.POSTS
    public = Public.NOWHERE
    name = _("Permissions from owners of works and names")
    thing = _("Owner’s permission")
    counted = _("From the day it ended.")
    goes = _("What it was for, who gave it, their by-line and limits, and the scan.")
    stays = _("The permission’s dates, and which posts used it. It stays while a post with it is online.")
    because = SIX_YEARS
    first = _("End the permission, and take down every post that uses it.")
    row = Row(
        OwnerPermission,
        over=Q(),
        since=("ended_at", "until"),
        empties={"title": NUMBERED, "owner": "-", "by_line": "", "limits": "", "scan": ""},
        files=("scan",),
    )

    def due(self, before: datetime, *, at: datetime) -> QuerySet[OwnerPermission]:
        """Leave out what counts today, and what a post that isn't over uses."""
        used = UsedPermission.objects.filter(permission=OuterRef("pk")).exclude(post__state__in=OVER)
        rows = super().due(before, at=at).exclude(ended_at=None, until__gte=local_day(at))
        return rows.filter(~Exists(used))


def pupils_shown(pupils: Sequence[int]) -> set[int]:
    """Return those of these pupils who are shown or named in a post that isn't over, or whose withdrawal of
    consent isn't settled."""
    shown = PostPerson.objects.filter(pupil__in=pupils).exclude(post__state__in=OVER)
    waiting = TakeDown.objects.filter(withdrawal__pupil__in=pupils, told_at=None)
    return {*shown.values_list("pupil", flat=True), *waiting.values_list("withdrawal__pupil", flat=True)}


def _shown_in(pictures: Collection[int]) -> set[int]:
    """Return those of these pictures of which a post is what something open is about."""
    placed = PostPicture.objects.filter(picture__in=pictures)
    about = still_about("publishing.post", set(placed.values_list("post", flat=True)))
    return set(placed.filter(post__in=about).values_list("picture", flat=True))


def copies_kept(boards: Sequence[int]) -> set[int]:
    """Return those of these posts of the noticeboard that are the copy of a post with a ban, or that
    something open is about."""
    keys = dict(NoticeboardPost.objects.filter(pk__in=boards).values_list("key", "pk"))
    sent = Delivery.objects.filter(intent_key__in=keys).values_list("post", "intent_key")
    names = {f"{POST}{post}": keys[key] for post, key in sent}
    banned = Hold.objects.filter(lifted_at=None, subject__in=names).values_list("subject", flat=True)
    return {names[one] for one in {*subjects_needed(list(names)), *banned}}


def _take_off_the_board(digests: Sequence[str]) -> None:
    """Remove pictures and films from posts of the noticeboard that no one sees any more."""
    gone = Q(digest__in=[one for one in digests if one], post__taken_down_at__isnull=False)
    NoticeboardPicture.objects.filter(gone).delete()
    NoticeboardFilm.objects.filter(gone).delete()


def _out(post: OuterRef) -> QuerySet[Delivery]:
    """Return the copies of a post that are online as far as we know, or are on their way."""
    undone = Delivery.objects.filter(of=OuterRef("pk"), state=Intent.CONFIRMED)
    sent = Q(state=Intent.CONFIRMED, purpose=Purpose.PUBLISH) & ~Exists(undone)
    return Delivery.objects.filter(Q(state__in=sorted(LIVE)) | sent, post=post)


def _emptied(picture: dict[str, object]) -> dict[str, object]:
    film = picture.get("film")
    less = {**picture, "digest": "", "alt": ""}
    return {**less, "film": {**film, "digest": "", "captions": ""}} if isinstance(film, dict) else less


PUPIL = "pupils.pupil:"


def forget_reasons(names: Sequence[str]) -> None:
    """Empty the reasons given about these things, and those about these pupils; of a post only once it's
    over, because its approval rests on them till then (`PostTexts` empties them too)."""
    WordAnswer.objects.filter(about__in=list(names)).exclude(words="").update(words="")
    pupils = [number_of(name) for name in names if name.startswith(PUPIL)]
    if pupils:
        WordAnswer.objects.filter(pupils__overlap=pupils).exclude(words="").update(words="")
        of_posts = HitAnswer.objects.filter(pupils__overlap=pupils, post__state__in=OVER)
        of_posts.exclude(words="").update(words="")


WAITED = (PostState.APPROVED, PostState.SUBMITTED)


class PostsGone(Again):
    """Posts that were taken down, or withdrawn before they went out."""

    key = "publishing.post_gone"
    undone = _("Post {number} was taken down after the backup. Open it and take it down again.")

    def since(self, since: datetime) -> Iterator[Happened]:
        """Return the posts, with whether their pictures are withheld."""
        rows = Post.objects.filter(state__in=GONE, state_at__gte=since)
        safe = WithheldPicture.objects.filter(post__in=rows, pupil=None).values_list("post", flat=True)
        withheld = set(safe)
        for pk, at in rows.values_list("pk", "state_at"):
            yield Happened(pk, at, {"withheld": pk in withheld})

    def again(self, number: int, given: Mapping[str, Any], *, at: datetime) -> bool:
        """Take it down again, where it’s out or waits for its time here; a draft is left alone."""
        post = Post.objects.filter(pk=number).first()
        if post is not None and given.get("withheld"):
            withhold([post], at=at)
        if post is None or post.state in GONE:
            return True
        can_go = (
            PostState.TAKING_DOWN in POST_MOVES[PostState(post.state)] or post.state == PostState.APPROVED
        )
        if can_go:
            take_whole_down(post, by=None, at=at, reason="other")
        return can_go or post.state not in WAITED


class CopiesGone(Again):
    """Copies of a post that were taken down from one account alone."""

    key = "publishing.copy_gone"
    undone = _("Delivery {number} was taken down after the backup. Open its post and take it down again.")

    def since(self, since: datetime) -> Iterator[Happened]:
        """Return the copies."""
        rows = Delivery.objects.filter(purpose=Purpose.TAKE_DOWN, written_at__gte=since).exclude(
            state__in=[Intent.CANCELLED, Intent.FAILED]
        )
        for row in rows.order_by("pk"):
            yield Happened(int(row.of_id or 0), row.written_at)

    def again(self, number: int, given: Mapping[str, Any], *, at: datetime) -> bool:
        """Write its take-down again; where its address isn’t known, a person has to look."""
        rows = Delivery.objects.select_for_update(of=("self",)).select_related("post", "account")
        copy = rows.filter(pk=number, purpose=Purpose.PUBLISH).first()
        if copy is None:
            return True
        lock(copy.post)
        if copy.receipt:
            write_take_down(copy, at=at)
        return bool(copy.receipt) or copy.state in (Intent.CANCELLED, Intent.FAILED)
