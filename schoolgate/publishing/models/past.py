"""States of the import of a download, and their allowed transitions."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.models import Federation, FederationOwned
from schoolgate.core.tenancy import federation_in_scope
from schoolgate.people.models import Person
from schoolgate.pupils.models import Pupil


class PastState(models.TextChoices):
    """The status of a download."""

    READING = "reading", _("Reading file")
    FOUND = "found", _("Ready to check")
    UNREADABLE = "unreadable", _("Can’t be used")
    TAKING = "taking", _("Importing")
    STOPPED = "stopped", _("Stopped part-way")
    DONE = "done", _("Imported")
    DROPPED = "dropped", _("Cancelled")
    LAPSED = "lapsed", _("Expired")


PAST_MOVES: dict[PastState, frozenset[PastState]] = {
    PastState.READING: frozenset(
        {PastState.FOUND, PastState.UNREADABLE, PastState.DROPPED, PastState.LAPSED}
    ),
    PastState.FOUND: frozenset({PastState.TAKING, PastState.DROPPED, PastState.LAPSED, PastState.UNREADABLE}),
    PastState.TAKING: frozenset({PastState.DONE, PastState.STOPPED}),
    PastState.STOPPED: frozenset({PastState.TAKING, PastState.DROPPED, PastState.LAPSED}),
}

OPEN = (PastState.READING, PastState.FOUND, PastState.TAKING, PastState.STOPPED)
"""While a download is in one of these, its posts are in a file of their own."""

FILE_LASTS = timedelta(days=1)
"""House rule: a download that is not confirmed or continued for a day is dropped with its file."""

QUIET = timedelta(minutes=10)
"""The sweep restarts a reading or an import that has not reported for this long."""


class Whose(models.TextChoices):
    """Whose account the download names."""

    SAME = "same", _("this account’s")
    OTHER = "other", _("another account’s")
    NOT_TOLD = "not_told", _("the file does not say")


class PastWordSaid(models.TextChoices):
    """One person's word about an older post that may name or show a pupil."""

    GONE = "gone", _("Taken down on the network")
    NOTHING = "nothing", _("Checked: it isn’t this pupil")


LONGEST_TOKEN = 40


class PastImport(FederationOwned):
    """One uploaded download, what was found in it, and the result.

    `content`: SHA-256 of the uploaded file. `file`: name of what the installation still stores of it, empty
    once nothing is left. `found`: numbers and days, by the keys of `working.Found`. `pieces` and `done`: how
    many pieces its posts file has, and how many are imported.
    """

    numbered: ClassVar[Promise] = _("Import {number} of old posts")

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    content = models.CharField(max_length=64)
    size = models.BigIntegerField()
    file = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, choices=PastState, default=PastState.READING)
    state_at = models.DateTimeField()
    heard_at = models.DateTimeField()
    because = models.CharField(max_length=40, blank=True)
    """Why it cannot be used: a code of `networks.archives`, with the other network behind a colon."""
    found = models.JSONField(default=dict)
    owner = models.JSONField(default=dict)
    """The owner by the file itself: id, handle, address."""
    whose = models.CharField(max_length=10, choices=Whose, default=Whose.NOT_TOLD)
    whose_because = models.CharField(max_length=300, blank=True)
    """Why it belongs to this account after all, in the words of the person who confirmed it."""
    made_on = models.DateField(null=True)
    """The day on which the network made it, by the person who confirmed it."""
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    pieces = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    already = models.PositiveIntegerField(default=0)
    left_out = models.JSONField(default=dict)
    """Reason -> how many were left out, at the end of the import."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="publishing_past_confirmed_as_a_whole",
                condition=Q(made_on=None, confirmed_by=None, confirmed_at=None)
                | Q(made_on__isnull=False, confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="publishing_past_taken_only_confirmed",
                condition=~Q(state__in=[PastState.TAKING, PastState.STOPPED, PastState.DONE])
                | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="publishing_past_other_only_with_why",
                condition=Q(confirmed_at=None) | Q(whose=Whose.SAME) | ~Q(whose_because=""),
            ),
            models.CheckConstraint(name="publishing_past_done", condition=Q(done__lte=F("pieces"))),
        ]
        indexes = [
            models.Index(fields=["federation", "account", "-id"], name="publishing_past_of_account"),
            models.Index(
                fields=["federation", "id"], condition=~Q(file=""), name="publishing_past_with_file"
            ),
        ]

    def __str__(self) -> str:
        return f"download {self.pk} of account {self.account_id}"


class PastPost(FederationOwned):
    """A post that went out before, or outside, Schoolgate: the content of the download, unjudged.

    `key` names it on its network; `version` is the digest of its text, so that a post that was changed
    between two downloads is here in both forms. `words`: text and descriptions as they are searched, with a
    space at each end.
    """

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    source = models.ForeignKey(PastImport, models.PROTECT, related_name="posts")
    key = models.CharField(max_length=500)
    version = models.CharField(max_length=16)
    address = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    text = models.TextField(blank=True)
    alts = models.TextField(_("Alt text"), blank=True, db_default="")
    """The descriptions of its pictures, where the download has them."""
    words = models.TextField(blank=True)
    pictures = models.PositiveSmallIntegerField(default=0)
    """How many pictures it had. They are counted and not stored: the people in them are not known."""
    edited = models.BooleanField(null=True)
    reply = models.BooleanField(default=False)
    language = models.CharField(max_length=8, blank=True)
    taken_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "account", "key", "version"], name="publishing_past_post_once"
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "-at", "-id"], name="publishing_past_newest"),
            models.Index(fields=["federation", "account", "-at", "-id"], name="publishing_past_by_account"),
        ]

    def __str__(self) -> str:
        return f"post {self.pk} from before"


class PastWord(FederationOwned):
    """A word of an earlier post. One row each, because forced row-level security rules out text indexes:
    their operators could reveal rows of other federations."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")

    federation = models.ForeignKey(
        Federation,
        on_delete=models.PROTECT,
        related_name="+",
        default=federation_in_scope,
        editable=False,
        db_index=False,
    )
    token = models.CharField(max_length=LONGEST_TOKEN, db_collation="C")
    at = models.DateTimeField()
    post = models.ForeignKey(PastPost, models.CASCADE, related_name="+", db_index=False)

    class Meta:
        indexes = [
            models.Index(fields=["federation", "token", "at", "post"], name="publishing_past_word"),
            models.Index(fields=["federation", "post"], name="publishing_past_word_of_post"),
        ]

    def __str__(self) -> str:
        return f"a word of post {self.post_id}"


class PastToGo(FederationOwned):
    """An earlier post that names a pupil who may not be named or shown there; without a post: the account's
    earlier posts with pictures, which people look through for this pupil.

    `said`: one person's word of what they did or found; it counts once another has looked (`looked_at`).
    """

    numbered: ClassVar[Promise] = _("Older post to take down {number}")

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    post = models.ForeignKey(PastPost, models.CASCADE, null=True, related_name="+")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    said = models.CharField(max_length=10, choices=PastWordSaid, blank=True)
    said_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField(null=True)
    looked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "pupil", "account", "post"],
                name="publishing_past_to_go_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="publishing_past_to_go_said_by_a_person",
                condition=Q(said="", said_by=None, said_at=None)
                | (~Q(said="") & Q(said_by__isnull=False, said_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="publishing_past_to_go_by_two",
                condition=Q(looked_by=None, looked_at=None)
                | (
                    ~Q(said="")
                    & Q(looked_by__isnull=False, looked_at__isnull=False)
                    & ~Q(looked_by=F("said_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"older post to take down {self.pk}"
