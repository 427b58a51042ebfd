"""Remember what finds a picture again that may not be shown, and forget it once it may."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from schoolgate.core import files
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.core.events.recording import record
from schoolgate.core.tenancy import current_scope, scope
from schoolgate.media.proving import prove_picture
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.policy.choices import own_yes_from
from schoolgate.publishing import queries
from schoolgate.publishing.models import Post, PostPerson, WithheldPicture
from schoolgate.publishing.withheld import pictures_going_out
from schoolgate.publishing.withheld_models import PRINTS_NOW
from schoolgate.pupils.consents import standings_by_channel
from schoolgate.pupils.models import Pupil, Use, Withdrawal

SHOWN = (Use.PICTURE, Use.FILM)
MOST_PRINTED = 20
"""How many pictures get new prints in an hour, in each federation."""
KEPT_FOR = timedelta(days=7 * 365)
"""House rule: how long a picture that was taken down for safety is found again."""


def withhold(posts: Iterable[Post], *, at: datetime, pupil: Pupil | None = None) -> None:
    """Withhold the pictures of these posts from now on. Safe to call again."""
    federation = current_scope().federation_id
    rows = [
        WithheldPicture(
            federation_id=federation,
            post=post,
            pupil=pupil,
            digest=each.digest,
            prints=list(each.prints),
            at=at,
        )
        for post in posts
        for each in pictures_going_out(post)
        if each.digest
    ]
    WithheldPicture.objects.bulk_create(rows, ignore_conflicts=True)


def withhold_withdrawn(withdrawal: Withdrawal, *, at: datetime) -> None:
    """Withhold the pictures that show a pupil, or may do so, after a withdrawal that is about pictures."""
    if frozenset(withdrawal.uses).isdisjoint(SHOWN):
        return
    shown = PostPerson.objects.filter(pupil=withdrawal.pupil_id).exclude(shown=False)
    withhold(queries.posts_by_id(set(shown.values_list("post", flat=True))), at=at, pupil=withdrawal.pupil)


def printed_before() -> list[int]:
    """Return some withheld pictures whose prints may have been taken in an older way, by which a part of them
    isn't found again."""
    rows = WithheldPicture.objects.filter(taken_as__lt=PRINTS_NOW)
    return list(rows.order_by("pk").values_list("pk", flat=True)[:MOST_PRINTED])


def print_anew(federation_id: int, pk: int, *, at: datetime) -> None:
    """Take the prints of a withheld picture once more, from its file, outside any transaction. One whose file
    is gone, or can't be read, keeps the prints it has. Safe to call again."""
    with scope(federation_id):
        row = WithheldPicture.objects.filter(pk=pk, taken_as__lt=PRINTS_NOW).first()
    if row is None:
        return
    try:
        prints = prove_picture(files.read(row.digest, federation_id=federation_id)).prints
    except (NotFound, BadInput):
        prints = ()
    with scope(federation_id):
        _keep_prints(at=at, pk=pk, prints=prints)


@action
def _keep_prints(*, at: datetime, pk: int, prints: Iterable[int]) -> None:
    """Write the prints in place of those there were: a row of what may not be shown is never changed."""
    row = WithheldPicture.objects.select_related("post").filter(pk=pk).first()
    if row is None or not WithheldPicture.objects.filter(pk=pk).delete()[0]:
        return
    kept = {name: getattr(row, name) for name in ("federation_id", "post_id", "pupil_id", "digest", "at")}
    prints = list(dict.fromkeys([*row.prints, *prints]))
    WithheldPicture.objects.create(**kept, prints=prints, taken_as=PRINTS_NOW)
    record("picture.printed_anew", subject=row.post, at=at)


@action
def forget_withheld(*, at: datetime) -> None:
    """Forget the pictures of pupils who may be shown again everywhere, or whose names were destroyed, and
    those taken down for safety long ago. Two queries where none are withheld."""
    on = local_day(at)
    pupils = list(Pupil.objects.filter(pk__in=WithheldPicture.objects.exclude(pupil=None).values("pupil")))
    may = standings_by_channel(
        pupils, uses=SHOWN, channels=list(all_capabilities()), on=on, own_yes_from=own_yes_from(on=on)
    )
    for each in pupils:
        everywhere = (one.may for by_use in may[each.pk].values() for one in by_use.values())
        if each.destroyed_at is not None or all(everywhere):
            _forget(WithheldPicture.objects.filter(pupil=each), about=each, at=at)
    long_ago = WithheldPicture.objects.filter(pupil=None, at__lt=at - KEPT_FOR).select_related("post")
    for post in {row.post for row in long_ago}:
        _forget(long_ago.filter(post=post), about=post, at=at)


def not_withheld_yet(*, at: datetime) -> list[int]:
    """Return withdrawals about pictures of pupils in posts that have none withheld, though they may not be
    shown everywhere: from before pictures were withheld. Two queries, three where there are any."""
    shown = PostPerson.objects.filter(pupil=OuterRef("pupil"), post__placed__isnull=False).exclude(
        shown=False
    )
    withheld = WithheldPicture.objects.filter(pupil=OuterRef("pupil"))
    rows = Withdrawal.objects.filter(
        Exists(shown.exclude(shown=False)), ~Exists(withheld), pupil__destroyed_at=None
    )
    about = [each for each in rows.select_related("pupil") if not set(SHOWN).isdisjoint(each.uses)]
    on, pupils = local_day(at), {each.pupil_id: each.pupil for each in about}
    may = standings_by_channel(
        pupils.values(),
        uses=SHOWN,
        channels=list(all_capabilities()),
        on=on,
        own_yes_from=own_yes_from(on=on),
    )
    return [
        each.pk
        for each in about
        if not all(one.may for by_use in may[each.pupil_id].values() for one in by_use.values())
    ]


def _forget(rows: QuerySet[WithheldPicture], *, about: Pupil | Post, at: datetime) -> None:
    number, _by_model = rows.delete()
    record("picture.no_longer_withheld", subject=about, at=at, number=number)
