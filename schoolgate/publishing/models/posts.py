"""Rows of posts: the content, who approved exactly that, and the outcome on each network."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.models import FederationOwned, School
from schoolgate.media.models import Picture
from schoolgate.networks.handshake import STANDING, Intent
from schoolgate.networks.intents import TO_DRIVE, IntentRow
from schoolgate.people.models import Person
from schoolgate.publishing.models.drafts import WelshReading
from schoolgate.publishing.models.live import RemovalSaid
from schoolgate.publishing.models.sources import MOST_PICTURES, ReadyVersion
from schoolgate.publishing.models.states import PostState, Purpose, state_in_words
from schoolgate.pupils.models import Pupil


class Post(FederationOwned):
    """A post, on one account or several. `version` counts its changes and catches two people editing."""

    numbered: ClassVar[Promise] = _("Post {number}")
    held = False
    """Whether a stop holds it, as `going_out.note_held` found."""

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    author = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(_("Text"), blank=True)
    """The common text as it was typed, so that a draft has it before any account is chosen."""
    language = models.CharField(max_length=8, blank=True)
    """Of the common text. Empty: not stated, so that of its accounts' texts."""
    other_text = models.TextField(_("Text in the other language"), blank=True)
    """The same in the school's other language. What each account gets of both is its target's text."""
    planned_at = models.DateTimeField(_("Posting time"), null=True, blank=True)
    """None: as soon as it is approved."""
    repeat_of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="repeats")
    """The post that this one repeats on another day. Each is approved by itself."""
    emergency_text = models.ForeignKey(
        ReadyVersion, models.PROTECT, null=True, blank=True, related_name="sent"
    )
    """The emergency text whose words these are, approved beforehand. Its author only sent it."""
    answers = models.JSONField(default=dict)
    """The author's answers to what only a person can judge: fact -> {"answer", "at", "seen"}."""
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=12, choices=PostState, default=PostState.DRAFT)
    state_at = models.DateTimeField()
    created_at = models.DateTimeField()
    sent_back_because = models.TextField(blank=True)
    leads_only = models.BooleanField(default=False, db_default=False)  # what it means: sights.py
    destroyed_at = models.DateTimeField(null=True)  # what people wrote in it (`core.retention`)

    class Meta:
        indexes = [
            models.Index(fields=["federation", "-id"], name="publishing_post_newest"),
            models.Index(fields=["federation", "state", "-id"], name="publishing_post_by_state"),
            models.Index(fields=["federation", "school", "-id"], name="publishing_post_of_school"),
            models.Index(fields=["federation", "author", "-id"], name="publishing_post_of_author"),
            models.Index(
                fields=["federation", "planned_at", "id"],
                condition=Q(state=PostState.APPROVED),
                name="publishing_post_to_send",
            ),
            models.Index(
                fields=["federation", "planned_at", "id"],
                condition=Q(planned_at__isnull=False),
                name="publishing_post_planned",
            ),
        ]

    def __str__(self) -> str:
        return f"post {self.pk}"

    @property
    def stuck(self) -> bool:
        """Return whether a person has to act on a network's answer, as `queries` reads it."""
        found = vars(self).get("is_stuck", False)
        if callable(found):
            found = vars(self)["is_stuck"] = found()
        return bool(found)

    @property
    def by_hand(self) -> bool:
        """Return whether all that is left is for a person to post, as `queries` reads it in lists."""
        if self.state != PostState.SENDING:
            return False
        if "is_by_hand" not in vars(self):
            left = [each.by_hand for each in self.deliveries.all() if each.still_to_go]
            vars(self)["is_by_hand"] = bool(left) and all(left)
        return bool(vars(self)["is_by_hand"])

    def get_state_display(self) -> str:  # type: ignore[no-redef]  # Django keeps ours
        """Return its status in words; one that waits for a person, or is held by a stop, says so."""
        return state_in_words(
            PostState(self.state),
            stuck=self.stuck,
            held=self.held,
            by_hand=self.by_hand,
            timed=self.planned_at is not None,
        )

    @property
    def writer(self) -> Person:
        """Return who wrote its words: of an emergency text that is not the person who sent it."""
        return self.author if self.emergency_text is None else self.emergency_text.by

    @property
    def pictures(self) -> list[Picture]:
        """Return its pictures in the order in which every network gets them."""
        return [each.picture for each in self.placed.all()]


class PostPicture(FederationOwned):
    """A picture of a post, and its place in the order: 1 is the first."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="placed")
    picture = models.ForeignKey(Picture, models.PROTECT, related_name="placed")
    place = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(fields=["federation", "post", "place"], name="publishing_picture_place"),
            models.UniqueConstraint(fields=["federation", "post", "picture"], name="publishing_picture_once"),
            models.CheckConstraint(
                name="publishing_picture_up_to_four",
                condition=Q(place__gte=1, place__lte=MOST_PICTURES),
            ),
        ]

    def __str__(self) -> str:
        return f"picture {self.place} of post {self.post_id}"


class PostTarget(FederationOwned):
    """The text for one account."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="targets")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    text = models.TextField(_("Text"))
    language = models.CharField(max_length=8, default="en")
    """The text's language; of a text in two the codes in their order, with a comma: "cy,en"."""
    as_thread = models.BooleanField(default=False)
    """Where it is too long for one post, it goes out as several: see `post_parts.parts_of`."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "post", "account"], name="publishing_target_once"),
        ]

    def __str__(self) -> str:
        return f"post {self.post_id} on account {self.account_id}"


class PostPerson(FederationOwned):
    """A person shown in the picture or named in the text, or `number` people with the same answers: a place
    in the list, or a pupil of the school's list.

    What is not stated stays None. `consent_written` is the consent on record for this use."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="people")
    place = models.PositiveSmallIntegerField()
    pupil = models.ForeignKey(Pupil, models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    relation = models.CharField(max_length=12, blank=True)
    shown = models.BooleanField(null=True)
    heard = models.BooleanField(null=True)
    named = models.CharField(max_length=10, blank=True)
    consent = models.BooleanField(null=True)
    consent_written = models.BooleanField(null=True)
    consent_by = models.CharField(max_length=12, blank=True)
    leadership_agrees = models.BooleanField(null=True)
    opted_out = models.BooleanField(null=True)
    do_not_publish = models.BooleanField(null=True)
    at_school_activity = models.BooleanField(null=True)

    class Meta:
        ordering = ("place",)
        constraints = [
            models.UniqueConstraint(fields=["federation", "post", "place"], name="publishing_person_place"),
        ]

    def __str__(self) -> str:
        return f"person {self.place} of post {self.post_id}"


class Approval(FederationOwned):
    """A named person's approval of exactly the content that `seen` is the digest of. It lapses when that
    changes. Where the policy wants several roles' approval, each gives their own."""

    numbered: ClassVar[Promise] = _("Approval {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    post = models.ForeignKey(Post, models.PROTECT, related_name="approvals")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    roles = models.JSONField(default=list)
    """The policy's own names of the roles in which it was given."""
    at = models.DateTimeField()
    seen = models.CharField(max_length=64)
    decision = models.BigIntegerField()
    welsh = models.ForeignKey(WelshReading, models.PROTECT, null=True, related_name="+")
    """The answer of a reader of Welsh about this content, where there was one at approval."""
    lapsed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "post", "by"],
                condition=Q(lapsed_at=None),
                name="publishing_one_approval",
            ),
        ]

    def __str__(self) -> str:
        return f"approval {self.pk} of post {self.post_id}"


class Delivery(IntentRow):
    """One intent about one post on one account. It freezes the content to send when the intent is written, so
    that a later edit cannot reach it."""

    numbered: ClassVar[Promise] = _("Delivery {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    post = models.ForeignKey(Post, models.PROTECT, related_name="deliveries")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.PUBLISH)
    of = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="take_downs")
    """For a take-down: the publishing that it undoes."""
    text = models.TextField(blank=True)
    language = models.CharField(max_length=8, default="en")
    parts = models.JSONField(default=list)
    """The texts of a thread, as approved, instead of `text`; empty for a single post."""
    pictures = models.JSONField(default=list)
    """Each picture in order, as `post_parts.frozen_picture` writes it; of a film its cover, with the film."""
    card = models.JSONField(default=dict)
    """The card of its link, as `post_parts.frozen_card` writes it; empty for none."""
    seen = models.CharField(max_length=64, blank=True)
    """The digest that was approved."""
    proof = models.CharField(max_length=6, blank=True, default="")
    """What shows that it is on its account, where a person pasted its link: see `by_hand`."""
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    """Who did it by hand, or reported the outcome when nothing could prove it."""

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "post", "account"],
                condition=Q(purpose=Purpose.PUBLISH, state__in=sorted(STANDING)),
                name="publishing_one_standing_post",
            ),
            models.UniqueConstraint(
                fields=["federation", "of"],
                condition=Q(purpose=Purpose.TAKE_DOWN, state__in=sorted(STANDING)),
                name="publishing_one_standing_take_down",
            ),
            models.UniqueConstraint(fields=["federation", "intent_key"], name="publishing_intent_key"),
            models.CheckConstraint(
                name="publishing_take_down_undoes_something",
                condition=Q(purpose=Purpose.PUBLISH, of=None)
                | Q(purpose=Purpose.TAKE_DOWN, of__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "not_before", "id"],
                condition=Q(state__in=[Intent.WRITTEN, Intent.SENT, Intent.UNKNOWN], by_hand=False),
                name="publishing_delivery_to_advance",
            ),
            models.Index(
                fields=["federation", "id"],
                condition=Q(state=Intent.WRITTEN, by_hand=True),
                name="publishing_delivery_by_hand",
            ),
            models.Index(
                fields=["federation", "post"],
                condition=Q(state__in=[Intent.ASKED, Intent.DIFFERENT, Intent.FAILED]),
                name="publishing_delivery_refused",
            ),
            models.Index(fields=["federation", "account", "-id"], name="publishing_of_account"),
            models.Index(
                fields=["federation", "written_at"],
                condition=Q(purpose=Purpose.PUBLISH),
                name="publishing_delivery_begun",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.intent_key}"

    @property
    def still_to_go(self) -> bool:
        """Whether it waits to be posted, or is on its way."""
        return self.purpose == Purpose.PUBLISH and self.state in TO_DRIVE

    @property
    def has_film(self) -> bool:
        """Whether a film is published, which takes longer."""
        return any("film" in each for each in self.pictures)

    @property
    def removal_said(self) -> RemovalSaid | None:
        """Return a person's report that they removed it by hand, until a second person has checked."""
        return next((word for word in self.removals_said.all() if word.gone is None), None)

    @property
    def taken_down(self) -> bool:
        """Whether a take-down of it was seen to work."""
        return any(each.state == Intent.CONFIRMED for each in self.take_downs.all())
