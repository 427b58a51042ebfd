"""Rows of pictures: what was uploaded, who vouched that the school's consent list was checked for it, and
the words that were read in it.

The history events of pictures.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare
from schoolgate.core.models import FederationOwned, School
from schoolgate.media.captions import words_of
from schoolgate.media.faces import Hint, hint_of
from schoolgate.people.models import Person

LONGEST_WAIT = timedelta(minutes=3)
"""After this a picture counts as not read: the worker is away or behind."""


class Reading(StrEnum):
    """How far the reading of one picture is. `NOT_READ`: by no program, so a person reads it."""

    WAITING = "waiting"
    NOT_READ = "not_read"
    NO_WORDS = "no_words"
    WORDS = "words"


class WordsRead(FederationOwned):
    """The words read in one picture; they are part of what it shows, so they go with it. A picture without a
    row was not read. `lines`: None while it waits, and where it could not be read."""

    asked_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    lines = ArrayField(models.TextField(), null=True)
    reader = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True

    def reading(self, *, at: datetime) -> Reading:
        """Return how far the reading is."""
        if self.lines is not None:
            return Reading.WORDS if self.lines else Reading.NO_WORDS
        waits = self.read_at is None and at - self.asked_at < LONGEST_WAIT
        return Reading.WAITING if waits else Reading.NOT_READ


class PictureWords(WordsRead):
    """The words read in a picture of the store."""

    numbered: ClassVar[Promise] = _("Words in picture {number}")

    picture = models.OneToOneField("media.Picture", models.CASCADE, related_name="words_read")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="media_words_read_at_a_time", condition=Q(lines=None) | Q(read_at__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return f"words of picture {self.picture_id}"


MEDIA_TYPES = ("image/jpeg", "image/png")


class Picture(FederationOwned):
    """One picture as every network will receive it. The file is in the store under its digest, without
    metadata.

    `shows_people` and `shows_pupils` are None until a person has answered: unknown never counts as no.
    """

    numbered: ClassVar[Promise] = _("Picture {number}")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)
    media_type = models.CharField(max_length=20)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    """Bytes."""
    prints = ArrayField(models.BigIntegerField(), default=list)
    """They find pictures that may be the same; the first is of the whole picture (`redrawing.prints_of`)."""
    faces = models.PositiveSmallIntegerField(null=True)
    """At least so many faces were found; None where nothing looked. A hint, never an answer."""
    like = ArrayField(models.BigIntegerField(), null=True)
    """The ids of those here when it was compared that it may be, or be a part of, or that may be a part of
    it; None where nothing looked yet: who asks compares it then."""
    alt = models.TextField(_("Description of the picture"), blank=True)
    shows_people = models.BooleanField(_("Can anyone be seen in it?"), null=True)
    shows_pupils = models.BooleanField(_("Can a pupil be seen in it?"), null=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)
    """Since when it has neither file nor description."""

    class Meta:
        constraints = [
            models.CheckConstraint(name="media_picture_type", condition=Q(media_type__in=MEDIA_TYPES)),
            models.CheckConstraint(
                name="media_picture_pupils_are_people",
                condition=~Q(shows_pupils=True) | Q(shows_people=True),
            ),
        ]

    def __str__(self) -> str:
        return f"picture {self.pk}"

    @property
    def hint(self) -> Hint:
        """What the count of faces suggests to look for."""
        return hint_of(self.faces)


class ConsentCheck(FederationOwned):
    """A named person's word: on this day the school's consent list of that date was checked for this channel.

    Only ever added to. It holds for the picture with this digest and for nothing else.
    """

    numbered: ClassVar[Promise] = _("Consent check {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    picture = models.ForeignKey(Picture, models.PROTECT, related_name="consent_checks")
    picture_digest = models.CharField(max_length=64)
    channel = models.CharField(max_length=40)
    """The key of the network on which it is to appear."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    list_dated = models.DateField(_("Date of the consent list"))
    everybody_may = models.BooleanField()
    """Whether the list says yes for everyone shown; a no is saved too."""

    class Meta:
        indexes = [
            models.Index(fields=["federation", "picture", "channel", "-id"], name="media_check_newest")
        ]

    def __str__(self) -> str:
        return f"consent check {self.pk}"


class Film(FederationOwned):
    """A film, as every network will receive it. Its cover is a picture of the post, which has its description
    and who is shown; so whatever asks about a picture asks about the film.

    The file is in the store under its digest, without metadata, and never changes. `captions`: WebVTT, empty
    where there are none. `no_speech`: the author's word that no one speaks; `hears_pupils`: whether a pupil
    can be heard. None until they say it.
    """

    numbered: ClassVar[Promise] = _("Film {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    cover = models.OneToOneField(Picture, models.PROTECT, related_name="film")
    digest = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    """Bytes."""
    milliseconds = models.PositiveIntegerField()
    has_sound = models.BooleanField()
    captions = models.TextField(_("Captions"), blank=True)
    no_speech = models.BooleanField(_("Is the film without speech?"), null=True)
    hears_pupils = models.BooleanField(_("Can a pupil be heard in it?"), null=True)

    def __str__(self) -> str:
        return f"film {self.pk}"

    @property
    def length(self) -> str:
        """Minutes and seconds, as players write them."""
        minutes, seconds = divmod(max(round(self.milliseconds / 1000), 1), 60)
        return f"{minutes}:{seconds:02}"

    @property
    def words(self) -> str:
        """Return the words of its captions alone."""
        return words_of(self.captions)

    @property
    def may_be_heard(self) -> bool:
        """Whether a pupil may be heard in it: only the author's word says that none can."""
        return self.has_sound and not self.no_speech and self.hears_pupils is not False

    @property
    def needs_captions(self) -> bool:
        """Whether someone who can't hear it would miss something, as far as is known."""
        return self.has_sound and not self.captions and not self.no_speech


def film_of(picture: Picture) -> Film | None:
    """Return the film whose cover this picture is; None for a picture that is just one."""
    return getattr(picture, "film", None)


declare(
    {
        "film.added": Event(_("A film was added."), _("Film added")),
        "picture.added": Event(_("A picture was added."), _("Picture added")),
        "picture.attested": Event(
            _("A person confirmed that the consent list was checked for a picture."),
            _("Consent list checked for the picture"),
        ),
        "picture.described": Event(_("A picture was described."), _("Picture described")),
        "picture.replaced": Event(
            _("A picture was deleted because its author edited it before any post used it.")
        ),
        "picture.words_read": Event(_("A picture was searched for words automatically.")),
        "picture.refused": Event(_("The policy didn’t allow a picture to be used in its current form.")),
    }
)
