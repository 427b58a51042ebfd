"""Rows about people's own conduct, and their states. What a person answered is sealed; nothing here lists
their accounts.

Texts of events about people's own conduct in the record: never what it is about, nor whose it is.

Kinds of tasks about people's own accounts, contacts and posts. None of them names what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event
from schoolgate.core.events import declare as declare_events
from schoolgate.core.models import FederationOwned
from schoolgate.duties.kinds import declare as declare_task
from schoolgate.people.models import Departure, Person
from schoolgate.policy.models import DecisionRecord, PolicyVersion, RulingAsked


class AnswerState(TextChoices):
    """Whether a kept answer was talked over with the role that the policy names."""

    KEPT = "kept", _("Saved")
    ASKED = "asked", _("Waiting for a conversation")
    TALKED = "talked", _("Conversation recorded")


ANSWER_MOVES: Mapping[AnswerState, frozenset[AnswerState]] = {
    AnswerState.KEPT: frozenset({AnswerState.ASKED}),
    AnswerState.ASKED: frozenset({AnswerState.TALKED}),
    AnswerState.TALKED: frozenset(),
}


GONE = {
    "policy": _("The policy or its interpretation has changed since."),
    "ruling": _("A ruling on this was given or withdrawn since."),
    "permission": _("The permission for this has ended."),
}
"""Why a saved answer is out of date."""


class Confirmed(TextChoices):
    """What a leaver answered to the reminder about confidences."""

    NOT_YET = "not_yet", _("Not answered yet")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused")


class Topic(TextChoices):
    """What people are asked to give their word on, about their own accounts."""

    PUPILS = "pupils", _("Pupils")
    FORMER = "former_pupil", _("Former pupils")
    PARENTS = "parent", _("Parents")
    DISCLAIMER = "disclaimer", _("Disclaimer")


class Said(TextChoices):
    """What a person said on a topic: there is none of it, it is as the policy wants, or it isn't."""

    NONE = "none", _("None")
    SHOWN = "shown", _("As the policy asks")
    AGAINST = "against", _("Not as the policy asks")


class KeptAnswer(FederationOwned):
    """An answer of *May I ...?* that a person saved for themselves, with the decision behind it.

    `entry`: the question's key. `answers_ref`: what they answered, in the vault. `role_key`: the role they
    asked to talk it over with. The person may delete the row."""

    numbered: ClassVar[Promise] = _("Saved answer {number}")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entry = models.CharField(max_length=60)
    at = models.DateTimeField()
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")
    answers_ref = models.BigIntegerField()
    state = models.CharField(max_length=8, choices=AnswerState, default=AnswerState.KEPT)
    state_at = models.DateTimeField()
    role_key = models.CharField(max_length=80, blank=True)
    talked_with = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    talked_on = models.DateField(null=True)
    ruling_asked = models.ForeignKey(RulingAsked, models.PROTECT, null=True, related_name="+")
    """The question for a ruling that the person sent from it, with the answer to that."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conduct_talked_over_with_a_person_on_a_day",
                condition=Q(state=AnswerState.TALKED, talked_with__isnull=False, talked_on__isnull=False)
                | (~Q(state=AnswerState.TALKED) & Q(talked_with=None, talked_on=None)),
            ),
            models.CheckConstraint(
                name="conduct_asked_of_a_role", condition=Q(state=AnswerState.KEPT) | ~Q(role_key="")
            ),
        ]
        indexes = [models.Index(fields=["federation", "person", "-id"], name="conduct_answer_of_person")]

    def __str__(self) -> str:
        return f"kept answer {self.pk}"


class OwnWord(FederationOwned):
    """A person's word on their own contacts or pages, as they last gave it: for each topic one.

    `wordings`: the clauses that asked, each with the digest of its words; the word counts for these alone."""

    numbered: ClassVar[Promise] = _("Declaration on own accounts {number}")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    topic = models.CharField(max_length=12, choices=Topic)
    said = models.CharField(max_length=8, choices=Said)
    at = models.DateTimeField()
    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="+")
    wordings = models.JSONField()
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "person", "topic"], name="conduct_word_once_a_topic"
            )
        ]

    def __str__(self) -> str:
        return f"own word {self.pk}"


class LeavingReminder(FederationOwned):
    """That a leaver was told what counts after they leave, and their answer. `given_on`: None until they were
    reminded; `given_by`: None where the program reminded them."""

    numbered: ClassVar[Promise] = _("Reminder at leaving {number}")

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    departure = models.OneToOneField(Departure, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_on = models.DateField(null=True)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=Confirmed, default=Confirmed.NOT_YET)
    state_at = models.DateTimeField()
    document = models.CharField(max_length=64, blank=True)
    """SHA-256 of the school's own document, whose words stood beside the answer."""
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conduct_answered_once_reminded",
                condition=Q(state=Confirmed.NOT_YET) | Q(given_on__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["federation", "person", "-id"], name="conduct_leaving_of_person")]

    def __str__(self) -> str:
        return f"leaving reminder {self.pk}"


class Removal(FederationOwned):
    """That a person was told to remove a post of their own, by when, and that it is gone.

    `words_ref`: which post and why, in the vault; forgotten once it is gone."""

    numbered: ClassVar[Promise] = _("Post to remove {number}")

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    told_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    told_at = models.DateTimeField()
    reply_by = models.DateTimeField(null=True)
    words_ref = models.BigIntegerField(null=True)
    gone_at = models.DateTimeField(null=True)
    decision = models.ForeignKey(DecisionRecord, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="conduct_nothing_is_kept_of_what_is_gone",
                condition=Q(gone_at=None) | Q(words_ref=None),
            ),
        ]
        indexes = [models.Index(fields=["federation", "person", "-id"], name="conduct_removal_of_person")]

    def __str__(self) -> str:
        return f"removal {self.pk}"


class SupportNumber(FederationOwned):
    """A telephone number for staff who are targeted, as the federation entered it, such as a union's."""

    numbered: ClassVar[Promise] = _("Support number {number}")

    name = models.CharField(max_length=60)
    telephone = models.CharField(max_length=20)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "name"], name="conduct_support_number_once")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def dial(self) -> str:
        """The number for a link."""
        return self.telephone.replace(" ", "")


declare_events(
    {
        "keptanswer.decided_again": Event(
            _("A saved answer was decided again because of a permission or a ruling.")
        ),
        "keptanswer.asked": Event(_("Someone asked for a conversation about a contact of their own.")),
        "keptanswer.kept": Event(_("Someone saved the policy’s answer about their own account or contact.")),
        "keptanswer.removed": Event(_("Someone deleted an answer they had saved for themselves.")),
        "keptanswer.talked": Event(_("A conversation about a contact was recorded.")),
        "leavingreminder.answered": Event(_("A leaver answered the reminder about confidentiality.")),
        "leavingreminder.given": Event(_("A leaver was reminded about confidentiality.")),
        "ownword.given": Event(_("Someone made a declaration on their own accounts.")),
        "ownword.removed": Event(_("The declaration of someone who left was deleted.")),
        "removal.gone": Event(_("A post that someone was told to remove is gone.")),
        "removal.told": Event(_("Someone was told to remove a post of their own.")),
        "supportnumber.entered": Event(_("A number to ring for support was entered.")),
        "supportnumber.removed": Event(_("A number to ring for support was removed.")),
    }
)


# fmt: off
TALK = declare_task("conduct.talk", _("Talk to a colleague who is unsure about a contact"),
    _("Read and respond"), page="own-answer", mail="conduct")
TALKED = declare_task("conduct.talked", _("Your conversation about a contact has been recorded"),
    _("Read the answer"),
    page="own-answer", mail="conduct", passed_on=False)
SETTINGS = declare_task("conduct.own_settings", _("Check the settings of your own accounts"),
    _("Check my profile"),
    page="own-accounts", mail="conduct", by_subject=False, passed_on=False)
CONNECTIONS = declare_task("conduct.own_connections",
    _("Check who you’re connected with on your own accounts"),
    _("Check connections"),
    page="own-accounts", mail="conduct", by_subject=False, passed_on=False)
WORD = declare_task("conduct.own_word", _("Make your declaration on your own accounts"),
    _("Make declaration"), page="own-accounts", mail="conduct", by_subject=False, passed_on=False)
LEAVING = declare_task("conduct.leaving", _("Confirm which answers are still right after you leave"),
    _("Read and confirm"),
    page="own-leaving", mail="conduct", passed_on=False)
REMIND_LEAVER = declare_task("conduct.remind_leaver", _("Remind a leaver which duties continue"),
    _("Record reminder"),
    page="own-leaving", mail="conduct")
REMOVE = declare_task("conduct.remove_post", _("Remove a post or picture from your own page"),
    _("See which one"), page="own-removal", mail="conduct", passed_on=False)
# fmt: on
