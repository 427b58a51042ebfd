"""Rows of listening: each watch, each place that it searches, each thing that it found, and their states.

Texts of events about listening in the record.

Kinds of tasks about what watches find.

Watches on the schools' names that are over, and what is still stored of what they found: what is due, and
how it is destroyed.

What was found and dealt with is emptied earlier (`actions.finding.wipe_old`).

What the inbox is told about items that a watch found.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, QuerySet, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.clock import local_day
from schoolgate.core.events import Event
from schoolgate.core.events import declare as declare_events
from schoolgate.core.models import FederationOwned, School
from schoolgate.core.retention import NUMBERED, Area, Declared, Part, Public, Row
from schoolgate.core.subjects import number_of
from schoolgate.duties.kinds import declare as declare_task
from schoolgate.inbox.beside import Beside
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person
from schoolgate.policy.models import DECIDED_ON, DecisionRecord
from schoolgate.press.models import Enquiry


class FindState(TextChoices):
    """The status of something that a watch found."""

    OPEN = "open", _("To read")
    PASSED = "passed", _("Being dealt with")
    LEFT = "left", _("Left")


FIND_MOVES: Mapping[FindState, frozenset[FindState]] = {
    FindState.OPEN: frozenset({FindState.PASSED, FindState.LEFT}),
    FindState.PASSED: frozenset(),
    FindState.LEFT: frozenset({FindState.OPEN}),
}


class How(TextChoices):
    """How something was found."""

    NETWORK = "network", _("Search on the network")
    FEED = "feed", _("Feed")
    ALERT = "alert", _("Alert by email")
    HAND = "hand", _("Added by hand")


class Way(TextChoices):
    """Where a find went on."""

    ITEM = "item", _("Added to the inbox")
    PRESS = "press", _("Passed on as press interest")
    CONCERN = "concern", _("Already dealt with")
    """Reported as a concern: it may be about a person who reads this list, so no word says so."""


class LeftBecause(TextChoices):
    """Why nothing is done about a find: short codes, because they are in the record."""

    NO_ANSWER = "no_answer", _("No reply needed")
    OPINION = "opinion", _("Someone’s own opinion, which we leave to them")
    NOT_ABOUT_US = "not_about_us", _("Not about our school")
    KNOWN = "known", _("Already dealt with")
    GONE = "gone", _("No longer there")


class Trouble(TextChoices):
    """Why a place could not be searched."""

    NONE = "", ""
    KEYS = "keys", _("The account has to be connected again")
    RIGHTS = "rights", _("The account’s key doesn’t allow searching")
    REFUSED = "refused", _("This source doesn’t allow searching")
    AWAY = "away", _("It couldn’t be reached")
    NO_FEED = "no_feed", _("There’s no feed at this address")
    TOO_MANY = "too_many", _("It finds too many posts: use more specific words")


class Watch(FederationOwned):
    """A search for public posts about a school, or (`school` None) the federation: what for, until when, who
    made it. Rows are never removed."""

    numbered: ClassVar[Promise] = _("Saved search {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    name = models.CharField(max_length=100)
    phrases = ArrayField(models.CharField(max_length=80))
    purpose = models.CharField(max_length=500)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    until = models.DateField()
    """Its last day."""
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Who ended it before its last day."""
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="listening_watch_has_words", condition=Q(phrases__len__range=(1, 6)) & ~Q(purpose="")
            ),
            models.CheckConstraint(
                name="listening_watch_ended_as_a_whole",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["federation", "until", "-id"], name="listening_watch_until")]

    def __str__(self) -> str:
        return f"watch {self.pk}"


class Source(FederationOwned):
    """One place that a watch searches: a network, through one of our accounts, or a feed. `read_at`: the last
    good reading; `trouble`: why the last one failed."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE", "DELETE")

    watch = models.ForeignKey(Watch, models.PROTECT, related_name="sources")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    address = models.CharField(max_length=500, blank=True)
    title = models.CharField(max_length=300, blank=True)
    """What the feed calls itself."""
    read_at = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    trouble = models.CharField(max_length=10, choices=Trouble, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="listening_source_is_account_or_feed",
                condition=Q(account__isnull=False, address="") | Q(account=None) & ~Q(address=""),
            ),
            models.UniqueConstraint(
                fields=["federation", "watch", "account", "address"], name="listening_source_once",
                nulls_distinct=False,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"source {self.pk} of watch {self.watch_id}"


class Find(FederationOwned):
    """Something public that a watch found, once for each address. `key`: a digest of the address, or of the
    words where there is none. `ref`: how its network knows it; None for what isn't from a connected
    network."""

    numbered: ClassVar[Promise] = _("Public post {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    watch = models.ForeignKey(Watch, models.PROTECT, related_name="finds")
    how = models.CharField(max_length=10, choices=How)
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    """The account through which its network was searched."""
    key = models.CharField(max_length=64)
    address = models.TextField(blank=True)
    ref = models.JSONField(null=True)
    version = models.CharField(max_length=128, blank=True)
    place = models.CharField(max_length=300, blank=True)
    """Where it was found, as people call it: the network, the feed, what was typed."""
    author_id_there = models.CharField(max_length=300, blank=True)
    author_handle = models.CharField(max_length=300, blank=True)
    author_name = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    written_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField()
    found_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=FindState, default=FindState.OPEN)
    state_at = models.DateTimeField()
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Who passed it on or left it; None where it became a concern: nothing says who reported one."""
    way = models.CharField(max_length=10, choices=Way, blank=True)
    because = models.CharField(max_length=20, choices=LeftBecause, blank=True)
    note = models.CharField(max_length=500, blank=True)
    item = models.ForeignKey(Item, models.PROTECT, null=True, related_name="finds")
    enquiry = models.ForeignKey(Enquiry, models.PROTECT, null=True, related_name="+")
    wiped_at = models.DateTimeField(null=True)
    """When its words and author were wiped; the key stays, so that it isn't found again."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "watch", "key"], name="listening_find_once"),
            models.CheckConstraint(
                name="listening_find_settled_as_a_whole",
                condition=Q(state=FindState.OPEN, way="", because="", item=None, enquiry=None)
                | Q(state=FindState.LEFT, way="", item=None, enquiry=None) & ~Q(because="")
                | Q(state=FindState.PASSED, because="") & ~Q(way=""),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "state", "-id"], name="listening_find_by_state"),
            models.Index(fields=["federation", "watch", "state", "-id"], name="listening_find_of_watch"),
            models.Index(fields=["federation", "item"], name="listening_find_of_item"),
        ]

    def __str__(self) -> str:
        return f"find {self.pk} of watch {self.watch_id}"


declare_events(
    {
        "watch.started": Event(_("A saved search for public posts about a school was started.")),
        "watch.refused": Event(_("The policy didn’t allow a saved search.")),
        "watch.ended": Event(_("A saved search was ended.")),
        "watch.feed_added": Event(_("A feed was added to a saved search.")),
        "watch.feed_removed": Event(_("A feed was removed from a saved search.")),
        "watch.found": Event(_("A saved search found public posts.")),
        "find.passed": Event(_("A public post was passed on.")),
        "find.left": Event(_("A public post was left as it is.")),
        "find.reopened": Event(_("A public post that had been left was reopened.")),
        "watch.wiped": Event(_("The text of old public posts that a saved search had found was deleted.")),
    }
)


HERE = "as=listening&watch="
"""How the inbox shows one watch; its number follows."""

# fmt: off
FINDS = declare_task("listening.finds", _("Read public posts about your school"), _("Read posts"),
    page="inbox", view=HERE, mail="comments")
SEARCH = declare_task("listening.search", _("Search for public posts about us, as the policy asks"),
    _("See what is missing"),
    page="inbox", view="as=listening&for=", mail="comments")
# fmt: on


FIND = "listening.find:"


class Watches(Declared):
    """Watches that are over, with what they found."""

    key, number, endings = "watches", 21, ("watch_period",)
    area = Area.INBOX
    public = Public.NOWHERE
    name = _("Saved searches for the schools’ names")
    thing = _("Saved search")
    counted = _("From the day it ended.")
    goes = _("Its name, words and purpose, its news feeds, and any public post that is still stored with it.")
    stays = _("The search, its dates, its school and who set it up.")
    because = _(
        "Our suggestion: one year. No law sets a number. A public post that someone dealt with is emptied "
        "after 90 days."
    )
    first = _("End the search, and read what it found.")
    row = Row(
        Watch,
        over=Q(),
        since=("ended_at", "until"),
        empties={"name": NUMBERED, "phrases": ["-"], "purpose": "-"},
        parts=(
            Part(Source, "watch"),
            Part(
                Find, "watch",
                {
                    "text": "", "address": "", "place": "", "author_id_there": "", "author_handle": "",
                    "author_name": "", "note": "", "ref": None, "version": "",
                },
            ),
            DECIDED_ON,
        ),
    )  # fmt: skip

    def due(self, before: datetime, *, at: datetime) -> QuerySet[Watch]:
        """Leave out what still searches today."""
        return super().due(before, at=at).exclude(ended_at=None, until__gte=local_day(at))

    def unheld(self, rows: QuerySet[Watch], held: Sequence[str]) -> QuerySet[Watch]:
        """Leave out what a ban on the watch, or on something that it found, keeps."""
        found = Find.objects.filter(pk__in=[number_of(one) for one in held if one.startswith(FIND)])
        return super().unheld(rows, held).exclude(pk__in=found.values("watch"))

    def destroy(self, pks: Sequence[int], *, at: datetime) -> list[str]:
        """Say of what they found that it was emptied, too."""
        Find.objects.filter(watch__in=pks, wiped_at=None).update(wiped_at=at)
        return super().destroy(pks, at=at)


class OfItems(Beside):
    """Listening. Nothing to do at a lock: no one finds the post meanwhile (`rules.is_open_to_all`)."""

    def known(self, item: Item) -> Mapping[str, Any]:
        """Return that an item was found elsewhere, if a watch found it."""
        return {"found_elsewhere": True} if Find.objects.filter(item=item).exists() else {}
