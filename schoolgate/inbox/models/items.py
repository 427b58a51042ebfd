"""Rows of comments and messages from outside, of each version of their text and of our replies, with
their states."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.days import NEVER
from schoolgate.core.models import FederationOwned, School
from schoolgate.core.tenancy import person_in_scope
from schoolgate.networks.handshake import LIVE
from schoolgate.networks.intents import IntentRow
from schoolgate.networks.port import Ref
from schoolgate.people.models import Person
from schoolgate.publishing.models import Post
from schoolgate.triage import Lane
from schoolgate.triage.lanes import rank_of


class ItemState(models.TextChoices):
    """The status of a comment or message as the people on duty see it."""

    OPEN = "open", _("Open")
    ANSWERING = "answering", _("Reply being sent")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed without replying")


ITEM_MOVES: Mapping[ItemState, frozenset[ItemState]] = {
    # At once to "answered": the comment is shown, and with it a reply that was there already.
    ItemState.OPEN: frozenset({ItemState.ANSWERING, ItemState.ANSWERED, ItemState.CLOSED}),
    # Back to "open": the answer did not arrive, or only said that one will follow.
    ItemState.ANSWERING: frozenset({ItemState.ANSWERED, ItemState.OPEN}),
    # Back to "open": the writer changed what they wrote.
    ItemState.ANSWERED: frozenset({ItemState.OPEN, ItemState.ANSWERING}),
    ItemState.CLOSED: frozenset({ItemState.OPEN}),
}


class ItemKind(models.TextChoices):
    """The kind of an item, as far as a person or the network has stated it."""

    COMMENT = "comment", _("Comment")
    QUERY = "query", _("Question")
    COMPLAINT = "complaint", _("Complaint")
    REVIEW = "review", _("Review")
    MESSAGE = "message", _("Private message")
    MENTION = "mention", _("Mention")
    OTHER = "other", _("Something else")


class ItemLanguage(models.TextChoices):
    """The language of a text, as far as its words tell."""

    ENGLISH = "en", _("English")
    WELSH = "cy", _("Welsh")
    MIXED = "mixed", _("English and Welsh")
    OTHER = "other", _("Another language")
    CANNOT_TELL = "cannot_tell", _("Not clear")


class CloseReason(models.TextChoices):
    """Why there is no reply: short codes, because they are in the record."""

    NO_ANSWER_NEEDED = "no_answer_needed", _("No reply needed")
    ANSWERED_ELSEWHERE = "answered_elsewhere", _("Replied another way")
    NOT_FOR_US = "not_for_us", _("Not for us")
    SPAM = "spam", _("Spam")
    GONE = "gone", _("Deleted by its author")


class DueWords(models.TextChoices):
    """What the policy says about when an answer is due."""

    INSTANT = "instant", _("by a set time")
    DAY = "day", _("on a day")
    NONE_PROMISED = "none_promised", _("no deadline in the policy")
    NO_RULE = "no_rule", _("not covered by this policy")
    NOT_KNOWN = "not_known", _("not known yet")


class KeptBack(models.TextChoices):
    """What we did to hide it."""

    HIDDEN = "hidden", _("Hidden by us")
    REMOVED = "removed", _("Deleted by us")


class Sight(models.TextChoices):
    """What a moderator asks for: who can read a comment from now on."""

    SHOWN = "released", _("Show")
    HIDDEN = "hidden", _("Hide comment")
    REMOVED = "removed", _("Delete comment")


class Unseen(models.TextChoices):
    """Why people can't read a reply of ours that its network has."""

    WAITING = "waiting", _("The comment hasn’t been shown yet.")
    HIDDEN = "hidden", _("The comment is hidden.")
    REMOVED = "removed", _("The comment was deleted by us.")
    GONE = "gone", _("The comment is no longer on the network.")
    BLOCKED = "blocked", _("Its author is blocked.")
    POST_GONE = "post_gone", _("The post was taken down.")
    DELETED = "deleted", _("The reply is no longer on the network.")


class AuthorStepKind(models.TextChoices):
    """What a moderator asks for about the author of a comment."""

    BLOCK = "block", _("Block author")
    UNBLOCK = "unblock", _("End block")
    REPORT = "report", _("Report to the network")


class WhyKeptBack(models.TextChoices):
    """Why a person hides or removes a comment: short codes, because they are in the record."""

    CHILD = "child", _("It may put a child or young person in danger")
    ADULT = "adult", _("It may put an adult in danger")
    HATEFUL = "hateful", _("It’s grossly offensive, such as racist or homophobic abuse")
    BULLYING = "bullying", _("It bullies or harasses someone")
    IMPROPER = "improper", _("It’s improper or offensive")
    PERSONAL = "personal", _("It gives details about someone")
    DEFAMATORY = "defamatory", _("It’s false and damages someone’s reputation")
    RULES = "rules", _("It breaks our rules for comments")
    SPAM = "spam", _("Spam")
    DISAGREES = "disagrees", _("It disagrees with us")
    OTHER = "other", _("Another reason")


class Relation(models.TextChoices):
    """What the author of a comment is to the school, as far as a person has said so."""

    PARENT = "parent", _("A parent or carer")
    PUPIL = "pupil", _("A pupil")
    STAFF = "staff", _("A colleague")
    GOVERNOR = "governor", _("A governor")
    VOLUNTEER = "volunteer", _("A volunteer")
    OTHER = "other", _("Someone else")


class MessagePurpose(models.TextChoices):
    """What a message from an official account is about, in the words of the policies' facts."""

    TEACHING = "teaching_and_learning", _("Teaching and learning")
    BUSINESS = "school_business", _("School business")
    PRIVATE = "private", _("A private matter")
    OTHER = "other", _("Something else")


class WriterStepKind(models.TextChoices):
    """What was done about the author of a comment at the school, beside the network."""

    ASKED = "asked", _("Asked to delete it")
    INVITED = "invited", _("Invited to talk")
    REFERRED = "referred", _("Sent the complaints procedure")
    BEHAVIOUR = "behaviour", _("Passed on under the behaviour policy")


class AppealState(models.TextChoices):
    """The status of an appeal against a removal."""

    OPEN = "open", _("Waiting for a decision")
    UPHELD = "upheld", _("Upheld: the comment should be shown")
    DISMISSED = "dismissed", _("Dismissed: the comment stays hidden")
    SETTLED = "settled", _("Resolved: the comment was shown again first")


APPEAL_MOVES: Mapping[AppealState, frozenset[AppealState]] = {
    AppealState.OPEN: frozenset({AppealState.UPHELD, AppealState.DISMISSED, AppealState.SETTLED}),
    AppealState.UPHELD: frozenset(),
    AppealState.DISMISSED: frozenset(),
    AppealState.SETTLED: frozenset(),
}

FAULTS = tuple(each for each in WhyKeptBack if each not in (WhyKeptBack.DISAGREES, WhyKeptBack.OTHER))
"""What a comment can be found to be: a reason that no policy lists is not a fault."""
OFFENSIVE = frozenset({WhyKeptBack.HATEFUL, WhyKeptBack.BULLYING, WhyKeptBack.IMPROPER})
GRAVE = frozenset({WhyKeptBack.CHILD, WhyKeptBack.ADULT, WhyKeptBack.HATEFUL})
"""What is never left up while its author is asked."""

SAYABLE = (ItemKind.COMMENT, ItemKind.QUERY, ItemKind.COMPLAINT, ItemKind.REVIEW)
"""The kinds that a person may set; the others come from the network."""


LANE_NAMES: tuple[tuple[str, Promise], ...] = (
    (Lane.DANGER, _("May be in danger")),
    (Lane.THREAT, _("Threat")),
    (Lane.ABUSE, _("Abuse")),
    (Lane.NAMES_PUPIL, _("Names a pupil")),
    (Lane.PERSONAL_DATA, _("Personal details")),
    (Lane.JOURNALIST, _("May be a journalist")),
    (Lane.COMPLAINT, _("Complaint")),
    (Lane.QUESTION, _("Question")),
    (Lane.PRAISE, _("Praise")),
    (Lane.SPAM, _("Spam")),
    (Lane.OTHER, _("Anything else")),
)


class OwnPhrase(FederationOwned):
    """A phrase that a federation adds to a list, or one of the packaged lists that it switches off (`off`).

    A later change ends it; nothing is written over.
    """

    numbered: ClassVar[Promise] = _("Phrase {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    lane = models.CharField(max_length=13, choices=LANE_NAMES)
    language = models.CharField(max_length=2, choices=[("en", _("English")), ("cy", _("Welsh"))])
    words = models.CharField(max_length=80)
    off = models.BooleanField(default=False)
    because = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "lane", "language", "words"],
                condition=Q(ended_at=None),
                name="inbox_phrase_once",
            ),
            models.CheckConstraint(
                name="inbox_phrase_off_for_a_reason", condition=Q(off=False) | ~Q(because="")
            ),
            models.CheckConstraint(
                name="inbox_phrase_ended_by_a_person",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"phrase {self.pk}"


class ReaderCare(FederationOwned):
    """How a reader wants abusive words shown, and the hard items that they opened on `day` alone."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    shows_words = models.BooleanField(default=False)
    day = models.DateField()
    seen = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "person"], name="inbox_reader_care_once"),
        ]

    def __str__(self) -> str:
        return f"care for reader {self.person_id}"


class EndOfDay(Func):
    """The end of a day in London."""

    template = "((%(expressions)s + 1)::timestamp AT TIME ZONE 'Europe/London')"
    output_field = models.DateTimeField()


class Unlocked(models.Manager["Item"]):
    """The items that are neither locked to the safeguarding leads nor destroyed, nor tell something bad of
    the person for which the present work is done."""

    def get_queryset(self) -> models.QuerySet[Item]:
        """Return them."""
        rows = super().get_queryset().filter(locked_at=None, destroyed_at=None)
        person = person_in_scope()
        return rows if person is None else rows.exclude(meant__contains=[person])


KEPT = Q(locked_at__isnull=False) | ~Q(meant=[])
"""Items that some people may not find."""
ORDINARY = 6
"""The place in the list of everything that goes by its deadline alone."""
LAST_RANK = rank_of(Lane.OTHER, 1)


class Item(FederationOwned):
    """One comment, question, complaint or message by a person outside. Its text is in its versions.

    `received_at` is when it appeared, by the network's clock if it has one; never later than when we first
    saw it. Whatever is not known yet (is it improper, does it come from the press) stays None.

    `objects` leaves out what is locked to the safeguarding leads, what was destroyed (`inbox.retention`) and
    what the person in scope may be meant by; `every` is for sweeps and for the leads.
    """

    objects = Unlocked()
    every: ClassVar[models.Manager[Item]] = models.Manager()

    numbered: ClassVar[Promise] = _("Comment or message {number}")

    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    post = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+")
    network_id = models.CharField(max_length=500)
    ref = models.JSONField()
    root = models.JSONField(null=True)
    """The address of the post under which it was written; None for a mention elsewhere."""
    author_id_there = models.CharField(max_length=300, blank=True)
    author_handle = models.CharField(max_length=300, blank=True)
    author_name = models.CharField(max_length=300, blank=True)
    kind = models.CharField(_("What is it?"), max_length=10, choices=ItemKind, default=ItemKind.COMMENT)
    private = models.BooleanField(default=False)
    """A private message: only the school can read it."""
    from_press = models.BooleanField(_("Is it from the press?"), null=True)
    released = models.BooleanField(default=True)
    """False: it stays hidden until we release it."""
    kept_back = models.CharField(max_length=8, choices=KeptBack, blank=True)
    version = models.CharField(max_length=128)
    versions_seen = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField()
    first_seen_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    pasted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """The person who copied it in, where no program can read the network."""

    due_words = models.CharField(max_length=15, choices=DueWords)
    due_at = models.DateTimeField(null=True)
    due_day = models.DateField(null=True)
    answer_by = models.GeneratedField(
        expression=Coalesce(F("due_at"), EndOfDay(F("due_day")), Value(NEVER)),
        output_field=models.DateTimeField(),
        db_persist=True,
    )
    """The last instant in time, or the far future where there is none: for sorting only."""
    decision = models.BigIntegerField(null=True)

    state = models.CharField(max_length=10, choices=ItemState, default=ItemState.OPEN)
    state_at = models.DateTimeField()
    close_reason = models.CharField(max_length=20, choices=CloseReason, blank=True)

    language = models.CharField(max_length=12, choices=ItemLanguage, blank=True, default="", db_default="")
    """The language of its newest text, as far as its words tell."""
    assigned_to = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    """The colleague who deals with it; None: the people who look after the account."""
    worded = models.BooleanField(default=False, db_default=False)
    """Whether its words can be searched."""
    letters_unsure = models.BooleanField(default=False, db_default=False)
    """It came in without saying truly how its letters are written: some may be wrong."""
    time_unsure = models.BooleanField(default=False, db_default=False)
    """It came in without saying when it was written: its deadline counts from its receipt here."""
    lane = models.CharField(max_length=13, choices=LANE_NAMES, default=Lane.OTHER, db_default="other")
    """What it seems to be (`triage`): never a decision about it."""
    goes_first = models.PositiveSmallIntegerField(default=ORDINARY, db_default=ORDINARY)
    """Its place before the order by deadline: what may be danger or abuse comes before it."""
    rank = models.PositiveSmallIntegerField(default=LAST_RANK, db_default=LAST_RANK)
    why = models.JSONField(default=list, db_default=Value([], models.JSONField()))
    """Why it is in its lane: lane, kind, and from where to where in the text of its newest version."""
    meant = ArrayField(
        models.BigIntegerField(), default=list, db_default=Value([], ArrayField(models.BigIntegerField()))
    )
    """The ids of the people here that it names or describes beside words of danger or complaint. It isn't
    theirs: they don't find it."""
    names_read = models.CharField(max_length=16, default="", db_default="")
    """The digest of the people who were here when its words were last read for names."""
    locked_at = models.DateTimeField(null=True)
    """Since when only the safeguarding leads can find it."""
    locked_until_read = models.BooleanField(default=False, db_default=False)
    """It may accuse an adult of harming a child: locked until a lead says that no one is in danger."""
    waits_for_lead_since = models.DateTimeField(null=True)
    """Since when a safeguarding lead has to read it, before anything ends it (`first_read`)."""
    waits_quietly = models.BooleanField(default=False, db_default=False)
    """It was written long ago, or by its kind wakes no one: each lead has one task for all of its account."""
    lead_read_at = models.DateTimeField(null=True)
    """When a safeguarding lead, or who is asked in a lead's place, first read what may show danger."""
    cleared_at = models.DateTimeField(null=True)
    """When a person last said that no one is in danger; why is a note on it."""
    cleared_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    cleared_version = models.CharField(max_length=128, default="", db_default="")
    """The version of which they said so: what its author writes afterwards is read again."""
    destroyed_at = models.DateTimeField(null=True)
    """Since when it has neither words nor author, nor an address."""

    class Meta:
        base_manager_name = "every"
        constraints = [
            models.UniqueConstraint(fields=["federation", "account", "network_id"], name="inbox_item_once"),
            models.CheckConstraint(
                name="inbox_due_as_its_words_say",
                condition=Q(due_words=DueWords.INSTANT, due_at__isnull=False, due_day=None)
                | Q(due_words=DueWords.DAY, due_at=None, due_day__isnull=False)
                | ~Q(due_words__in=[DueWords.INSTANT, DueWords.DAY]) & Q(due_at=None, due_day=None),
            ),
            models.CheckConstraint(
                name="inbox_closed_for_a_reason",
                condition=Q(state=ItemState.CLOSED) & ~Q(close_reason="")
                | ~Q(state=ItemState.CLOSED) & Q(close_reason=""),
            ),
            models.CheckConstraint(
                name="inbox_read_before_it_goes",
                condition=Q(destroyed_at=None) | Q(waits_for_lead_since=None),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "state", "-id"], name="inbox_item_by_state"),
            models.Index(fields=["federation", "-id"], name="inbox_item_newest"),
            models.Index(
                fields=["federation", "state", "goes_first", "answer_by", "id"], name="inbox_item_by_due"
            ),
            models.Index(fields=["federation", "lane", "state", "-id"], name="inbox_item_of_lane"),
            models.Index(
                fields=["federation", "-id"],
                condition=KEPT,
                name="inbox_item_kept",
            ),
            models.Index(
                fields=["federation", "-id"],
                condition=Q(waits_for_lead_since__isnull=False),
                name="inbox_item_unread_by_lead",
            ),
            models.Index(fields=["federation", "school", "state", "-id"], name="inbox_item_of_school"),
            models.Index(fields=["federation", "account", "state", "-id"], name="inbox_item_of_account"),
            models.Index(fields=["federation", "kind", "state", "-id"], name="inbox_item_of_kind"),
            models.Index(fields=["federation", "language", "state", "-id"], name="inbox_item_of_language"),
            models.Index(fields=["federation", "received_at", "id"], name="inbox_item_received"),
            models.Index(fields=["federation", "school", "received_at", "id"], name="inbox_item_school_time"),
            models.Index(
                fields=["federation", "school", "goes_first", "answer_by", "id"],
                condition=Q(state=ItemState.OPEN),
                name="inbox_item_school_due",
            ),
            models.Index(
                fields=["federation", "account", "goes_first", "answer_by", "id"],
                condition=Q(state=ItemState.OPEN),
                name="inbox_item_account_due",
            ),
            *(
                models.Index(
                    fields=["federation", field, "goes_first", "answer_by", "id"],
                    condition=Q(state=ItemState.OPEN),
                    name=f"inbox_item_{field}_due",
                )
                for field in ("lane", "kind", "language")
            ),
            models.Index(
                fields=["federation", "assigned_to", "state", "-id"],
                condition=Q(assigned_to__isnull=False),
                name="inbox_item_assigned",
            ),
            models.Index(
                fields=["federation", "-id"],
                condition=Q(state=ItemState.OPEN, released=False, kept_back="", private=False),
                name="inbox_item_unread",
            ),
            models.Index(
                fields=["federation", "author_id_there", "-id"],
                condition=~Q(author_id_there=""),
                name="inbox_item_of_author",
            ),
            models.Index(fields=["federation", "-id"], condition=Q(worded=False), name="inbox_item_unworded"),
            models.Index(
                fields=["federation", "state_at", "id"],
                condition=Q(state__in=["answered", "closed"], destroyed_at=None),
                name="inbox_item_over",
            ),
        ]

    def __str__(self) -> str:
        return f"item {self.pk}"

    @property
    def where(self) -> Ref:
        """Return its address on the network."""
        return Ref.from_json(self.ref)


class ItemVersion(FederationOwned):
    """The text when we saw it. A later one never replaces an earlier one."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    version = models.CharField(max_length=128)
    text = models.TextField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "item", "number"], name="inbox_version_once"),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of item {self.item_id}"


class Answer(IntentRow):
    """A person's answer, in the steps of `networks.handshake`."""

    numbered: ClassVar[Promise] = _("Reply {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    item = models.ForeignKey(Item, models.PROTECT, related_name="answers")
    item_version = models.CharField(max_length=128)
    """The version of the item that the writer saw."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    text = models.TextField(_("Answer"))
    language = models.CharField(max_length=8, default="en")
    acknowledges_only = models.BooleanField(default=False)
    stops_the_clock = models.BooleanField(default=False)
    """Whether, by the policy, this counts as the required answer."""
    below_post = models.BooleanField(default=False)
    """A notice to all readers: sent below the post, because the comment is out of sight."""
    unseen = models.CharField(max_length=10, choices=Unseen, blank=True, default="", db_default="")
    """Why people can't read it although its network has it, as last noted (`readable` knows it now)."""
    seen_at = models.DateTimeField(null=True)
    """When people could first read it; None: never yet, or it was sent before this was noted."""
    gone_at = models.DateTimeField(null=True)
    """When its network no longer had it, although it had it before."""
    decision = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "item"],
                condition=Q(state__in=sorted(LIVE)),
                name="inbox_one_live_answer",
            ),
            models.UniqueConstraint(fields=["federation", "intent_key"], name="inbox_answer_key"),
        ]
        indexes = [
            models.Index(
                fields=["federation", "not_before", "id"],
                condition=Q(state__in=["written", "sent", "unknown"], by_hand=False),
                name="inbox_answer_to_advance",
            ),
        ]

    def __str__(self) -> str:
        return f"answer {self.pk} to item {self.item_id}"
