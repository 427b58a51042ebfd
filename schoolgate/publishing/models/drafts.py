"""Rows of what people write, mark, say and choose of a post: who writes it, its cards, comments on its words,
who read its Welsh, what its owners permitted, what was said about words found in a text or of a picture, and
what a post may not show. The words found are not stored: they are looked for again each time.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.models import FederationOwned, School
from schoolgate.media.models import WordsRead
from schoolgate.networks.normal import LONGEST_DESCRIPTION, LONGEST_TITLE, site_of
from schoolgate.people.models import Person
from schoolgate.publishing.models.states import HitReply
from schoolgate.pupils.models import Pupil


class PostWriter(FederationOwned):
    """A person at work on a post: its author, or a colleague added as a writer (`added_by`)."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="writers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """None: the author."""
    added_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    wrote_at = models.DateTimeField(null=True)
    """When this person last saved something, by the button or while typing."""
    seen_at = models.DateTimeField(null=True)
    """When their page of writing last reported that it is open."""
    page = models.CharField(max_length=32, blank=True)
    """Which page of theirs saved last while they typed, and what the revision was before and after."""
    before = models.PositiveIntegerField(default=0)
    after = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "post", "person"], name="publishing_writer_once"),
            models.CheckConstraint(
                name="publishing_writer_ended_was_added",
                condition=Q(ended_at=None) | Q(added_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"writer {self.pk} of post {self.post_id}"


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


LONGEST_PASSAGE = 300
LONGEST_COMMENT = 1000


class Look(FederationOwned):
    """What an approver saw of one version of a post, so that a later version shows them what changed."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True

    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="looks")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    shown = models.JSONField()
    """As `reviewing.content_of` writes it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "post", "by", "version"], name="publishing_look_once"
            ),
        ]

    def __str__(self) -> str:
        return f"look {self.pk} at post {self.post_id}"


class PassageComment(FederationOwned):
    """An approver's comment on words of a post, for its author. It stays when the words change."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="passage_comments")
    version = models.PositiveIntegerField()
    """The version of the post that had these words."""
    passage = models.CharField(max_length=LONGEST_PASSAGE)
    comment = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    """Only the author answers."""
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = [models.Index(fields=["federation", "post", "id"], name="publishing_comments_of_post")]
        constraints = [
            models.CheckConstraint(
                name="publishing_comment_done_by_a_person",
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
            ),
            models.CheckConstraint(
                name="publishing_comment_answered_with_words",
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.pk} on words of post {self.post_id}"


class PostMark(FederationOwned):
    """A mark on a post's text, and what was found when the text was checked for it.

    `kind`, `whom`: words of `rulebook.situations.marks`; `whom` is empty if not stated. `seen` and
    `judged_seen`: the digest of the content on which it was raised and judged. A judgement counts until the
    content changes; the mark itself survives every change.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=40)
    whom = models.CharField(max_length=12, blank=True)
    note = models.TextField(blank=True)
    """For the person who checks it: never in the record, in a message or among the facts."""
    seen = models.CharField(max_length=64)
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    found = models.BooleanField(null=True)
    """True: the text contains it. False: it does not. None: not judged yet."""
    judged_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_seen = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="publishing_mark_judged_as_a_whole",
                condition=Q(found=None, judged_by=None, judged_at=None, judged_seen="")
                | (
                    Q(found__isnull=False, judged_by__isnull=False, judged_at__isnull=False)
                    & ~Q(judged_seen="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"mark {self.pk} of post {self.post_id}"


class WelshReading(FederationOwned):
    """A reader of Welsh who was asked about a post, and what they said: whether its Welsh says the same as
    its English. It counts for the content that `seen` is the digest of, and for no other."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="welsh_readings")
    reader = models.ForeignKey(Person, models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """None: the reader read it without being asked."""
    asked_at = models.DateTimeField()
    same = models.BooleanField(null=True)
    """None: not answered yet."""
    words = models.TextField(blank=True)
    said_at = models.DateTimeField(null=True)
    seen = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                name="publishing_welsh_answered_as_a_whole",
                condition=Q(same=None, said_at=None, seen="")
                | (Q(same__isnull=False, said_at__isnull=False) & ~Q(seen="")),
            ),
            models.UniqueConstraint(
                fields=["federation", "post", "reader"],
                condition=Q(same=None),
                name="publishing_welsh_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return f"reading {self.pk} of post {self.post_id}"


class OwnedThing(models.TextChoices):
    """What an owner's permission is for: a work, by the words of `Material.what`, or an organisation."""

    PICTURE = "picture", _("A picture")
    VIDEO = "video", _("A film")
    TEXT = "text", _("Words, such as a poem or a quote")
    MUSIC = "music", _("Music")
    DOCUMENT = "document", _("A document")
    NAME = "name", _("An organisation’s name")
    LOGO = "logo", _("An organisation’s logo or badge")


class OwnerForm(models.TextChoices):
    """In which form an owner agreed."""

    WRITTEN = "written", _("In writing")
    SPOKEN = "spoken", _("Not in writing")
    LICENCE = "licence", _("By a licence that allows this")


class OwnerPermission(FederationOwned):
    """A permission from the owner of a work, a name or a logo, for posts of one school.

    Another thing than `people.Permission`, which a role of the policy gives. `places`: the only accounts that
    it is for; none: all. `by_line`: how the owner wants to be named. `until`: its last day. `ended_at`: from
    when it no longer counts, whatever its last day.
    """

    numbered: ClassVar[Promise] = _("Permission {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    what = models.CharField(max_length=10, choices=OwnedThing)
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=200)
    form = models.CharField(max_length=8, choices=OwnerForm)
    by_line = models.CharField(max_length=200, blank=True)
    limits = models.CharField(max_length=500, blank=True)
    """What it is for, in words, where it is not for every use."""
    given_on = models.DateField()
    until = models.DateField(null=True, blank=True)
    scan = models.CharField(max_length=64, blank=True)
    """The digest of the letter, e-mail or licence in the file store."""
    scan_type = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        indexes = [
            models.Index(fields=["federation", "school", "-at", "-id"], name="publishing_owner_of_school"),
        ]
        constraints = [
            models.CheckConstraint(
                name="publishing_owner_ended_by_a_person",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="publishing_owner_until_after_given",
                condition=Q(until=None) | Q(until__gte=models.F("given_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"owner's permission {self.pk}"

    @property
    def names_organisation(self) -> bool:
        """Return whether it is for the name or the logo of an organisation, and not for a work."""
        return self.what in (OwnedThing.NAME, OwnedThing.LOGO)

    def over_on(self, day: date) -> bool:
        """Return whether it has ended, or its last day is before `day`."""
        return self.ended_at is not None or (self.until is not None and self.until < day)

    def counts(self, *, on: date, account_id: int) -> bool:
        """Return whether it is for this account, on this day."""
        named = {each.account_id for each in self.places.all()}
        return not self.over_on(on) and self.given_on <= on and (not named or account_id in named)


class OwnerPermissionPlace(FederationOwned):
    """An account that an owner's permission is for, where it is not for all."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    permission = models.ForeignKey(OwnerPermission, models.PROTECT, related_name="places")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("account_id",)
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "permission", "account"], name="publishing_owner_place_once"
            ),
        ]

    def __str__(self) -> str:
        return f"owner's permission {self.permission_id} on account {self.account_id}"


class UsedPermission(FederationOwned):
    """An owner's permission that the author of a post chose for it."""

    post = models.ForeignKey("publishing.Post", models.CASCADE, related_name="used_permissions")
    permission = models.ForeignKey(OwnerPermission, models.PROTECT, related_name="uses")

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "post", "permission"], name="publishing_permission_used_once"
            ),
        ]

    def __str__(self) -> str:
        return f"permission {self.permission_id} used in post {self.post_id}"


LAST_WEEKDAY = 6


class Slot(FederationOwned):
    """A good time to post on an account: a day of the week, Monday is 0, and a time of London's clocks."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField()
    clock = models.TimeField()

    class Meta:
        ordering = ("account_id", "weekday", "clock")
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "account", "weekday", "clock"], name="publishing_slot_once"
            ),
            models.CheckConstraint(
                name="publishing_slot_weekday", condition=Q(weekday__gte=0, weekday__lte=LAST_WEEKDAY)
            ),
        ]

    def __str__(self) -> str:
        return f"slot {self.pk} of account {self.account_id}"


class Answered(FederationOwned):
    """Why words may stay as they are. `hit`: `screening.Hit.key`, so the answer counts as long as these words
    are there and are the names of the same pupils. `pupils`: their numbers, for what is withdrawn later."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    hit = models.CharField(max_length=32)
    kind = models.CharField(max_length=20)
    reply = models.CharField(max_length=12, choices=HitReply)
    words = models.TextField(blank=True)
    pupils = ArrayField(models.BigIntegerField(), default=list)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True


class HitAnswer(Answered):
    """Why words of a post may stay: part of what its approvers approve. `also_by`: who said the same of it
    beside its author."""

    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="hit_answers")
    also_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "post", "hit"], name="publishing_hit_once"),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk} about post {self.post_id}"


class WordAnswer(Answered):
    """Why words may leave by any other door (`core.leaving`). `about`: the thing that they are about, such as
    the comment that is answered. Rows are only added; the last one counts."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    about = models.CharField(max_length=80)
    door = models.CharField(max_length=20)

    class Meta:
        indexes = [models.Index(fields=["federation", "about", "hit"], name="publishing_words_about")]

    def __str__(self) -> str:
        return f"answer {self.pk} about {self.about}"


class OwnDetail(FederationOwned):
    """A telephone number, e-mail or address that a school publishes of itself. `plain`: as it is compared.
    It counts from `agreed_at`: `agreed_by` is of the office, or someone other than `by`."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    words = models.CharField(max_length=200)
    plain = models.CharField(max_length=200)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    agreed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "school", "plain"],
                condition=Q(ended_at=None),
                name="publishing_own_detail_once",
            ),
            models.CheckConstraint(
                name="publishing_own_detail_ended_by_a_person",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
            models.CheckConstraint(
                name="publishing_own_detail_agreed_by_a_person",
                condition=Q(agreed_at=None, agreed_by=None)
                | Q(agreed_at__isnull=False, agreed_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"own detail {self.pk}"


PRINTS_NOW = 3
"""How prints are taken now: those of the parts of a picture since 1, of any half of it since 2, of what is on
a page since 3."""


class WithheldPicture(FederationOwned):
    """A picture that may show a pupil whose consent was withdrawn, or that was taken down for someone's
    safety. It counts for any other picture that may be the same, after its post and its file are gone too.

    `pupil`: None where it was taken down for safety; `digest`: of its file; `prints`: as `media.Picture` has
    them; `taken_as`: how they were taken, as `PRINTS_NOW` counts; 0 until they were taken once more, because
    no picture says how those were taken that it got when it was added.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")

    post = models.ForeignKey("publishing.Post", models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, models.PROTECT, null=True, related_name="+")
    digest = models.CharField(max_length=64)
    prints = ArrayField(models.BigIntegerField())
    taken_as = models.PositiveSmallIntegerField(db_default=0)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "post", "digest", "pupil"],
                name="publishing_withheld_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"withheld picture {self.pk}"


class LeftOut(FederationOwned):
    """A pupil who was chosen for a post and taken out because they may not be shown or heard where it goes:
    its approver looks whether they are in the picture all the same."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")

    post = models.ForeignKey("publishing.Post", models.CASCADE, related_name="left_out")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["federation", "post", "pupil"], name="publishing_left_out_once"),
        ]

    def __str__(self) -> str:
        return f"pupil {self.pupil_id} left out of post {self.post_id}"
