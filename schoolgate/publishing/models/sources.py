"""Rows of what posts are begun from: news that people send in for those who write, and texts that are ready
for use, reusable or emergency texts approved beforehand.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.models import FederationOwned, School
from schoolgate.media.models import Picture
from schoolgate.people.models import Person
from schoolgate.policy.models import DecisionRecord
from schoolgate.publishing.models.states import NewsState, ReadyState

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


class ReadyText(FederationOwned):
    """A text that is ready for use, of one school or of all. Its words are in its versions."""

    numbered: ClassVar[Promise] = _("Text {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    school = models.ForeignKey(School, models.PROTECT, null=True, blank=True, related_name="+")
    """None: of every school of the federation."""
    emergency = models.BooleanField(default=False)
    for_replies = models.BooleanField(default=False, db_default=False)
    """Begins replies in the inbox, not posts."""
    created_at = models.DateTimeField()
    retire_asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Who asked to retire an approved emergency text: someone else has to agree."""
    retire_asked_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="publishing_retiring_asked_by_somebody_at_a_time",
                condition=Q(retire_asked_by=None, retire_asked_at=None)
                | Q(retire_asked_by__isnull=False, retire_asked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"text {self.pk}"


class ReadyVersion(FederationOwned):
    """The words of a text between two changes. Each change is a version of its own that needs its own
    approval. Until then the version approved last can be sent.

    `until`: the last day on which it may be sent. `answers`: its writer's answers to what the policy asks of
    a post, as `Post.answers` without the content they were about.
    """

    numbered: ClassVar[Promise] = _("Version {number} of a text")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    text = models.ForeignKey(ReadyText, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    english = models.TextField(blank=True)
    welsh = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ReadyState)
    state_at = models.DateTimeField()
    until = models.DateField(null=True, blank=True)
    answers = models.JSONField(default=dict)
    returned_because = models.TextField(blank=True)
    accounts = models.ManyToManyField(Account, through="ReadyAccount", related_name="+")
    senders = models.ManyToManyField(Person, through="ReadySender", related_name="+")

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["federation", "text", "number"], name="publishing_ready_version"),
            models.CheckConstraint(
                name="publishing_ready_emergency_ends",
                condition=Q(state=ReadyState.READY, until=None)
                | (~Q(state=ReadyState.READY) & Q(until__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of text {self.text_id}"


class ReadyAccount(FederationOwned):
    """An account that an emergency text may be sent to."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    version = models.ForeignKey(ReadyVersion, models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "version", "account"], name="publishing_ready_account"
            ),
        ]

    def __str__(self) -> str:
        return f"account {self.account_id} of version {self.version_id}"


class ReadySender(FederationOwned):
    """A person who may send an emergency text."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    version = models.ForeignKey(ReadyVersion, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "version", "person"], name="publishing_ready_sender"
            ),
        ]

    def __str__(self) -> str:
        return f"sender {self.person_id} of version {self.version_id}"


class ReadyApproval(FederationOwned):
    """A named person's approval of an emergency text, word for word. `seen`: the digest of all that they saw
    (`ready.seen_of`); `decision`: the policy's answer under which it was given."""

    numbered: ClassVar[Promise] = _("Approval {number} of a text")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    version = models.ForeignKey(ReadyVersion, models.PROTECT, related_name="approvals")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    roles = models.JSONField(default=list)
    at = models.DateTimeField()
    seen = models.CharField(max_length=64)
    decision = models.BigIntegerField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "version", "by", "seen"], name="publishing_ready_approved_once"
            ),
        ]

    def __str__(self) -> str:
        return f"approval {self.pk} of version {self.version_id}"
