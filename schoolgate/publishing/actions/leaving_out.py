"""Note who was taken out of a post because they may not be shown there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from schoolgate.core.clock import local_day
from schoolgate.people.models import Person
from schoolgate.policy.choices import own_yes_from
from schoolgate.publishing.models import LeftOut, Post
from schoolgate.publishing.of_pupils import film_in, first_day_of, pupils_in, shown_as
from schoolgate.pupils.consents import standings_by_channel
from schoolgate.pupils.models import Pupil


def note_left_out(post: Post, pupils: Iterable[Pupil], *, by: Person, at: datetime) -> None:
    """Note those of these pupils who aren't chosen for the post any more and may not be shown or heard
    somewhere it goes. Who is chosen again is no longer left out."""
    chosen, on = [row.pupil_id for row in pupils_in(post)], local_day(at)
    LeftOut.objects.filter(post=post, pupil__in=chosen).delete()
    gone = list({each.pk: each for each in pupils if each.pk not in chosen}.values())
    networks = sorted({each.account.network for each in post.targets.all()})
    if not gone or not networks:
        return
    may = standings_by_channel(
        gone, uses=shown_as(film_in(post)), channels=networks, on=on, own_yes_from=own_yes_from(on=on),
        since=first_day_of(post.pictures),
    )  # fmt: skip
    for each in gone:
        if not all(one.may for by_use in may[each.pk].values() for one in by_use.values()):
            LeftOut.objects.get_or_create(post=post, pupil=each, defaults={"by": by, "at": at})
