"""Rows of link cards: what a post shows below its text of the page that it links to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.media.models import WordsRead
from schoolgate.networks.normal import LONGEST_DESCRIPTION, LONGEST_TITLE, site_of
from schoolgate.people.models import Person

READS_FOR: Final = timedelta(minutes=2)
"""After this long without an answer the page counts as one that can't be read."""


PAGE_THERE: Final = ("nothing_to_show", "no_page")
PAGE_GONE: Final = ("not_there", "no_such_host")
"""Reasons for having no card that say whether there is a page."""


class CardState(models.TextChoices):
    """How far the card of a link is."""

    ASKED = "asked", _("Being read")
    READ = "read", _("Ready")
    NONE = "none", _("No card")


class CardChoice(models.TextChoices):
    """How much of the card goes out."""

    PICTURE = "picture", _("Card with its picture")
    WORDS = "words", _("Card without a picture")
    NOTHING = "nothing", _("No card")


class LinkCard(FederationOwned):
    """The card of one link of a post, as its page was when it was read; it is never read again by itself.

    `why`: a short code, where there is no card. `digest`: of the picture in the file store, empty for none.
    `faces`: at least so many were found in it; None where nothing looked. `prints`: as `media.Picture` has
    them.
    """

    post = models.ForeignKey("publishing.Post", models.CASCADE, related_name="link_cards")
    address = models.TextField()
    state = models.CharField(max_length=8, choices=CardState, default=CardState.ASKED)
    why = models.CharField(max_length=20, blank=True)
    shown = models.CharField(max_length=8, choices=CardChoice, default=CardChoice.WORDS)
    title = models.CharField(max_length=LONGEST_TITLE, blank=True)
    description = models.CharField(max_length=LONGEST_DESCRIPTION, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    media_type = models.CharField(max_length=20, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    faces = models.PositiveSmallIntegerField(null=True)
    prints = ArrayField(models.BigIntegerField(), default=list)
    asked_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    chosen_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "post", "address"], name="publishing_link_card_once"
            ),
            models.CheckConstraint(
                name="publishing_link_card_read_as_a_whole",
                condition=~Q(state="read") | (~Q(title="") & Q(read_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="publishing_link_card_shows_no_face",
                condition=~Q(shown="picture") | (~Q(digest="") & (Q(faces=None) | Q(faces=0))),
            ),
        ]

    def __str__(self) -> str:
        return f"link card {self.pk} of post {self.post_id}"

    @property
    def site(self) -> str:
        """Where the link leads."""
        return site_of(self.address)

    @property
    def page_is_there(self) -> bool | None:
        """Return whether the link's page was there when it was read; None where that isn't known."""
        if self.state == CardState.READ or self.why in PAGE_THERE:
            return True
        return False if self.why in PAGE_GONE else None

    @property
    def goes_out(self) -> bool:
        """Return whether there is a card, and its author leaves it in."""
        return self.state == CardState.READ and self.shown != CardChoice.NOTHING

    @property
    def has_picture(self) -> bool:
        """Return whether it goes out with its picture."""
        return self.goes_out and self.shown == CardChoice.PICTURE

    @property
    def words(self) -> CardWords | None:
        """Return what is known of the words in its picture; None where no program was asked to read them."""
        return getattr(self, "words_read", None)

    @property
    def may_show_picture(self) -> bool:
        """Return whether it has a picture in which no face was found. House rule: who may be seen in a
        picture is asked where pictures are added to the post itself."""
        return bool(self.digest) and not self.faces

    @property
    def choices(self) -> list[CardChoice]:
        """Return what its author can choose."""
        return [each for each in CardChoice if each != CardChoice.PICTURE or self.may_show_picture]

    def reading(self, at: datetime) -> bool:
        """Return whether its page may still be read within a moment."""
        return self.state == CardState.ASKED and at - self.asked_at < READS_FOR


class CardWords(WordsRead):
    """The words read in the picture of a link card, unless a face was found in it: then it never goes out."""

    card = models.OneToOneField(LinkCard, models.CASCADE, related_name="words_read")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="publishing_card_words_read_at_a_time",
                condition=Q(lines=None) | Q(read_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"words of card {self.card_id}"
