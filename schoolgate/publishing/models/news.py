"""Rows of news that people send in for those who write posts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned, School
from schoolgate.media.models import Picture
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord
from schoolgate.publishing.models.states import NewsState

MOST_PICTURES = 4
"""House rule: as many as Bluesky, Mastodon and X take, so that one post can go to all of them; and as many
with news, so that a post can have them all."""


class NewsKind(models.TextChoices):
    """What kind of news it is: the words of the situation `news.pass_on`."""

    SUCCESS = "success", _("A success")
    NEWS = "news", _("News")
    PROJECT = "interesting project", _("An interesting project")
    OTHER = "other", _("Something else")


class MadeBy(models.TextChoices):
    """Who made the words and pictures that were sent in."""

    ME = "me", _("I did")
    OTHER = "other", _("Someone else")


class News(FederationOwned):
    """News sent in for a school's posts, and how it ended.

    What its sender doesn't state stays None. `owner`: who made it, where that is not the sender. Nothing here
    answers for a child: who is shown and named is asked of the post's author.
    """

    numbered: ClassVar[Promise] = _("News {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    kind = models.CharField(max_length=20, choices=NewsKind)
    text = models.TextField()
    by_line = models.CharField(max_length=120, blank=True)
    """The name to show with it."""
    made_by = models.CharField(max_length=5, choices=MadeBy)
    owner = models.CharField(max_length=120, blank=True)
    owner_agreed = models.BooleanField(null=True)
    agreed_in_writing = models.BooleanField(null=True)
    state = models.CharField(max_length=10, choices=NewsState, default=NewsState.NEW)
    state_at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    """Why it was not used, for its sender."""
    post = models.ForeignKey("publishing.Post", models.PROTECT, null=True, related_name="+")
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        indexes = [
            models.Index(
                fields=["federation", "school", "-at", "-id"],
                condition=Q(state=NewsState.NEW),
                name="publishing_news_waiting",
            ),
            models.Index(fields=["federation", "by", "-at", "-id"], name="publishing_news_of_sender"),
        ]
        constraints = [
            models.CheckConstraint(
                name="publishing_news_ended_as_a_whole",
                condition=Q(state=NewsState.USED, post__isnull=False, decided_by__isnull=False)
                | (Q(state=NewsState.DECLINED, post=None, decided_by__isnull=False) & ~Q(reason=""))
                | Q(state__in=[NewsState.NEW, NewsState.WITHDRAWN], post=None, decided_by=None),
            ),
            models.CheckConstraint(
                name="publishing_news_of_another_owner",
                condition=Q(made_by=MadeBy.OTHER) | Q(owner="", owner_agreed=None),
            ),
            models.CheckConstraint(
                name="publishing_news_agreed_in_writing",
                condition=Q(agreed_in_writing=None) | Q(owner_agreed=True, owner_agreed__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"news {self.pk}"

    @property
    def pictures(self) -> list[Picture]:
        """Return its pictures in the order in which they were sent."""
        return [each.picture for each in self.placed.all()]


class NewsPicture(FederationOwned):
    """A picture of news, and its place in the order: 1 is the first."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    news = models.ForeignKey(News, models.PROTECT, related_name="placed")
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(fields=["federation", "news", "place"], name="publishing_news_place"),
            models.UniqueConstraint(fields=["federation", "news", "picture"], name="publishing_news_once"),
            models.CheckConstraint(
                name="publishing_news_up_to_four", condition=Q(place__gte=1, place__lte=MOST_PICTURES)
            ),
        ]

    def __str__(self) -> str:
        return f"picture {self.place} of news {self.news_id}"
