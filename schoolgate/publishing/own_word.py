"""Who can't approve a post because the consent it needs is on their own word alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotAllowed
from schoolgate.people.models import Person
from schoolgate.policy.choices import own_yes_from
from schoolgate.publishing.hits import hits_of
from schoolgate.publishing.models import Post
from schoolgate.publishing.of_pupils import film_in, pupils_in, standings_in, uses_of, words_on
from schoolgate.pupils.consents import Standing, standings_by_channel
from schoolgate.pupils.models import Pupil, Use


def check_not_on_own_word(person: Person, post: Post, *, on: date) -> None:
    """Raise NotAllowed where a pupil is in a post by a yes that only this person vouches for: they entered
    it, printed its link, or read its mail."""
    if any(each.rests_on(person.pk) for each in _rested_on(post, on=on)):
        raise NotAllowed(
            _(
                "You handled the only yes for a pupil in this post yourself: you entered it, "
                "printed its link or read its email."
            ),
            _("Ask a colleague who approves posts, or enter it with a copy of the signed paper."),
        )


def _rested_on(post: Post, *, on: date) -> Iterator[Standing]:
    """Yield the standings of the pupils in a post: of those chosen, and of those whose name may stay."""
    may, film = standings_in(post, on=on), film_in(post)
    for target in post.targets.all():
        for row in pupils_in(post):
            for use in uses_of(row, words_on(target), film):
                yield may[row.pupil_id or 0][target.account.network][use]
    named = {pk for hit in hits_of(post, on=on).named for pk in hit.hit.of}
    if not named:
        return
    networks = sorted({target.account.network for target in post.targets.all()})
    by_channel = standings_by_channel(
        Pupil.objects.filter(pk__in=named), uses=[Use.NAME], channels=networks, on=on,
        own_yes_from=own_yes_from(on=on),
    )  # fmt: skip
    for each in by_channel.values():
        yield from (one[Use.NAME] for one in each.values())
