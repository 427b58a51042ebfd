"""Pictures and films of posts and of news: what is due, and how it is destroyed.

The row of a picture stays, because posts, consent checks and the record name it by its number.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import NotFound
from schoolgate.core.retention import Kind, needed
from schoolgate.core.subjects import number_of
from schoolgate.media.models import Film, Picture, PictureWords
from schoolgate.publishing.models import Delivery, NewsPicture, PostPicture
from schoolgate.publishing.states import NewsState, PostState

PICTURE = "media.picture:"
OVER = (PostState.TAKEN_DOWN, PostState.WITHDRAWN)


class Pictures(Kind):
    """Pictures and films that no post shows any more."""

    key, number, endings = "pictures", 4, ("picture_period", "picture_emptied")
    name = _("Pictures and films")
    thing = _("Picture")
    counted = _("From the day it was added.")
    goes = _("The file, its description, its captions and the words that a program read in it.")
    stays = _(
        "That there was a picture, who added it, in which posts it was, and who checked consent for it. A "
        "picture stays while a post with it is online or can still be sent. Copies that the network or other "
        "people have aren’t deleted."
    )
    because = _(
        "Our suggestion: three years. No law sets a number; consent often names one, and then that counts."
    )
    first = _("Take down or withdraw every post with it, and answer the news that it came with.")

    def due(self, before: datetime, *, at: datetime) -> QuerySet[Picture]:
        """Return the pictures from before that instant that no post or news needs."""
        here = OuterRef("pk")
        posts = PostPicture.objects.filter(picture=here).exclude(post__state__in=OVER)
        news = NewsPicture.objects.filter(picture=here, news__state=NewsState.NEW)
        rows = Picture.objects.filter(~Exists(posts), ~Exists(news), added_at__lt=before, destroyed_at=None)
        return rows.annotate(since=F("added_at")).order_by("added_at", "pk")

    def unheld(self, rows: QuerySet[Picture], held: Sequence[str]) -> QuerySet[Picture]:
        """Leave out what a ban on the picture or on a post with it keeps."""
        of_posts = [number_of(one) for one in held if one.startswith("publishing.post:")]
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
        """Lock them; return those in use at this moment, and those that a room above needs."""
        locked = Picture.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            pk__in=pks, destroyed_at=None
        )
        free = set(locked.values_list("pk", flat=True))
        return set(pks) - free | needed(self.key, sorted(free))

    def destroy(self, pks: Sequence[int], *, at: datetime) -> list[str]:
        """Empty them, and what was copied of them for sending; return the digests of their files."""
        films = Film.objects.filter(cover__in=pks)
        digests = [
            *Picture.objects.filter(pk__in=pks).values_list("digest", flat=True),
            *films.values_list("digest", flat=True),
        ]
        films.update(digest="", captions="")
        PictureWords.objects.filter(picture__in=pks).delete()
        posts = PostPicture.objects.filter(picture__in=pks).values("post")
        sent = list(Delivery.objects.filter(post__in=posts))
        for one in sent:
            one.pictures = [_emptied(each) if each["picture"] in pks else each for each in one.pictures]
        Delivery.objects.bulk_update(sent, ["pictures"])
        Picture.objects.filter(pk__in=pks).update(digest="", alt="", prints=[], faces=None, destroyed_at=at)
        return digests

    def needs_file(self, digest: str) -> bool:
        """Return whether a picture or film that is still here is this file."""
        return Picture.objects.filter(digest=digest).exists() or Film.objects.filter(digest=digest).exists()


def _emptied(picture: dict[str, object]) -> dict[str, object]:
    film = picture.get("film")
    less = {**picture, "digest": "", "alt": ""}
    return {**less, "film": {**film, "digest": "", "captions": ""}} if isinstance(film, dict) else less
