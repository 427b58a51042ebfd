"""Rows of pupils, their consents and withdrawals, consent links, the do-not-publish list and lists; their
values, and the limits of a list.

Texts of events about pupils and consents in the record.

Kinds of tasks about pupils' consents.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event
from schoolgate.core.events import declare as declare_events
from schoolgate.core.models import FederationOwned, School
from schoolgate.duties.kinds import declare as declare_task
from schoolgate.people.models import BroughtList, ListMapping, Person


class Use(TextChoices):
    """What a consent is for. Consent to one use is none to another. Each is looked at before anything goes
    out; what nothing looks at isn't asked."""

    PICTURE = "picture", _("Pictures")
    FILM = "film", _("Film")
    NAME = "name", _("Naming")
    VOICE = "voice", _("Voice")


ANSWERED = [*Use.choices, ("work", _("Schoolwork (no longer asked)"))]
"""What an answer on record may be about: every use, and what was asked once and never looked at."""


class Answer(TextChoices):
    """An answer to a request for consent. No answer, or none any more, is not asked: it counts as no."""

    GIVEN = "given", _("Given")
    REFUSED = "refused", _("Refused")
    NOT_ASKED = "not_asked", _("Not asked")


class Giver(TextChoices):
    """The person who answered. `LIST`: the school's records say so, without a name. `SETTLED`: the school
    settled which of the answers holds."""

    PARENT = "parent", _("A parent or carer")
    PUPIL = "pupil", _("The pupil")
    LIST = "list", _("The school’s records")
    SETTLED = "settled", _("Resolved by the school")


ANSWERING = {each: each.label for each in (Giver.PARENT, Giver.PUPIL)}
"""Those who answer for themselves, with what they're called: by a link, or in what reached the school."""


class Form(TextChoices):
    """How an answer reached the school."""

    LIST = "list", _("In an imported list")
    ALIKE = "alike", _("Copied from a pupil who may be the same child: say whether it is")
    PAPER = "paper", _("On paper")
    MESSAGE = "message", _("By email or letter")
    SPOKEN = "spoken", _("In person or by phone")
    HERE = "here", _("On the parents’ page")


ENTERED = {each: each.label for each in (Form.PAPER, Form.MESSAGE, Form.SPOKEN)}
"""How an answer reached the school that a person enters."""


class Cause(TextChoices):
    """Why a pupil may no longer be shown: what was answered, a list said so, the pupil's no on a day, or the
    do-not-publish list."""

    ANSWER = "answer", _("An answer")
    LIST = "list", _("An imported list")
    TODAY = "today", _("The pupil’s refusal on the day")
    KEPT_OFF = "kept_off", _("The do-not-publish list")


NAMES = ("first_name", "last_name", "known_as")
"""The fields of a pupil by which they're looked for."""


class ChangeState(TextChoices):
    """Whether a change of a pupil's names, or that they left, was made: at once, or by a safeguarding lead
    because the pupil is on the do-not-publish list."""

    MADE = "made", _("Made")
    WAITING = "waiting", _("Waits for a safeguarding lead")
    AGREED = "agreed", _("Made")
    DECLINED = "declined", _("Not made")


CHANGE_MOVES: Mapping[ChangeState, frozenset[ChangeState]] = {
    ChangeState.WAITING: frozenset({ChangeState.AGREED, ChangeState.DECLINED}),
}


class Why(TextChoices):
    """Why a pupil may or may not be shown. Pages for staff show only yes or no."""

    GIVEN = "given", _("Consent given.")
    NOT_ASKED = "not_asked", _("No answer on record. That counts as no.")
    REFUSED = "refused", _("Consent refused.")
    OBJECTS = "objects", _("The pupil said no.")
    DISAGREE = "disagree", _("The answers disagree. That counts as no.")
    OWN_YES = "own_yes", _("At this age the pupil’s own consent is needed as well.")
    LAPSED = "lapsed", _("The consent has ended.")
    LISTED = "listed", _("On the do-not-publish list.")
    LEFT = "left", _("No longer at the school.")


ADULT = 18
MOST_PUPILS = 5_000
"""Lines of one list, its headings not included (house rule)."""

WORDS: Mapping[str, str | Promise] = {
    # Why a line is refused
    "no_key": _("The pupil number is missing. It identifies the pupil."),
    "unknown_value": _("{column}: say what “{value}” means under Explain values."),
    "unknown_school": _("{column}: there is no school “{value}” here."),
    "one_place": _(
        "{column}: this column is about one place only, so a yes in it doesn’t count on all accounts. Choose "
        "its columns again."
    ),
    "bad_email": _("{column}: this isn’t an email address."),
    "born_future": _("{column}: this date is in the future."),
    "line_twice": _("Row {line} has the same pupil number."),
    "line_alike": _("Row {line} has the same pupil number, written differently. Correct one of them."),
    "numbers_alike": _(
        "Several pupils here have this number, written differently. Enter it as on their page."
    ),
    "no_left_out": _(
        "{use}: the list no longer says yes, but this row isn’t imported. Record the no on the pupil’s page."
    ),
    # What would change
    "comes": _("New."),
    "back": _("At the school again."),
    "changed": _("{use}: changes."),
    "renamed": _("{use}: “{old}” becomes “{new}”."),
    "named": _("{use}: “{new}”."),
    "answer": _("{use}: {answer}."),
    "link": _("{who}: consent link."),
    "taken_back": _("{use}: no longer given."),
    # What is worth knowing
    "held": _("{use}: “{new}”. Waits for a safeguarding lead."),
    "emptied": _("{use}: empty here. “{old}” stays, unless you tick that empty cells count."),
    "kept_off": _("Waits for a safeguarding lead or the office to check. Until then it counts as no."),
    "stays_no": _("{use}: the list says yes, but the answer stays no. {why}"),
    "stays_yes": _("{use}: the list has no yes, but another yes on record still counts."),
}
"""A short code -> the sentence that a page shows, with the words that fit in."""


BY_LETTER = "Letter"
"""Who answers by a letter that the school addressed to no one in particular."""


class PupilMapping(ListMapping):
    """What the columns and words of a list of pupils mean here."""

    numbered: ClassVar[Promise] = _("Pupil list settings {number}")


class PupilImport(BroughtList):
    """One list of pupils."""

    numbered: ClassVar[Promise] = _("Pupil list {number}")

    mapping = models.ForeignKey(PupilMapping, null=True, on_delete=models.PROTECT, related_name="+")


class PupilSource(FederationOwned):
    """Where a school's pupils and consents are read from by a key: Wonde. `their_school`, `their_name`: what
    it calls the school; `key_ref`: its key, in the vault."""

    numbered: ClassVar[Promise] = _("Source of pupils {number}")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    their_school = models.CharField(max_length=20)
    their_name = models.CharField(max_length=200)
    key_ref = models.BigIntegerField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "school"], name="pupils_source_once"),
        ]

    def __str__(self) -> str:
        return f"source of pupils {self.pk}"


class Pupil(FederationOwned):
    """A pupil of one school, as its records have them. `key`: the number in those records."""

    numbered: ClassVar[Promise] = _("Pupil {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    first_name = models.CharField(max_length=80)
    last_name = models.CharField(max_length=80)
    known_as = models.CharField(max_length=80, blank=True)
    year = models.CharField(max_length=20, blank=True)
    form = models.CharField(max_length=40, blank=True)
    born_on = models.DateField(null=True)
    left_on = models.DateField(null=True)
    """The first day on which they are no longer at the school."""
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "school", "key"], name="pupils_pupil_once"),
            models.CheckConstraint(name="pupils_pupil_has_key", condition=~Q(key="")),
        ]
        indexes = [
            models.Index(fields=["federation", "school", "form", "last_name"], name="pupils_by_form"),
        ]

    def __str__(self) -> str:
        return f"pupil {self.pk}"

    @property
    def name(self) -> str:
        """The name people use."""
        return f"{self.known_as or self.first_name} {self.last_name}".strip()


class ParentLink(FederationOwned):
    """The link by which one parent, or the pupil, answers without an account.

    Its code is made from its number, `turn` and a key of the installation (`linking`): only a digest of
    it is stored, and a raised `turn` makes a new code. `mail`: the newest mail with it.
    """

    numbered: ClassVar[Promise] = _("Consent link {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="links")
    giver = models.CharField(max_length=10, choices=list(ANSWERING.items()))
    who = models.CharField(max_length=120, blank=True)
    """Which parent, as the school calls them; "" for the pupil."""
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, default="en")
    turn = models.PositiveSmallIntegerField(default=1)
    digest = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    mailed_at = models.DateTimeField(null=True)
    mail = models.BigIntegerField(null=True)
    printed_at = models.DateTimeField(null=True)
    printed_by = ArrayField(models.BigIntegerField(), default=list)
    """The people who printed it: each has had its code in their hands."""
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "digest"], condition=~Q(digest=""), name="pupils_link_digest_once"
            ),
            models.UniqueConstraint(
                fields=["federation", "pupil", "giver", "who"],
                condition=Q(revoked_at=None),
                name="pupils_link_once",
            ),
            models.CheckConstraint(
                name="pupils_link_of_a_parent_is_named",
                condition=Q(giver=Giver.PUPIL, who="") | (Q(giver=Giver.PARENT) & ~Q(who="")),
            ),
        ]

    def __str__(self) -> str:
        return f"consent link {self.pk}"

    @property
    def addressed_to(self) -> str:
        """The parent it is for; "" for the pupil, and for a letter to no one in particular."""
        return "" if self.who == BY_LETTER else self.who


class Consent(FederationOwned):
    """One answer about one use. Only ever added to: the latest of each person counts (`consents`)."""

    numbered: ClassVar[Promise] = _("Consent answer {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")
    only_destroyed: ClassVar[bool] = True

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="consents")
    use = models.CharField(max_length=10, choices=ANSWERED)
    channel = models.CharField(max_length=40, blank=True)
    """The key of a network; "": all official accounts."""
    answer = models.CharField(max_length=10, choices=Answer)
    giver = models.CharField(max_length=10, choices=Giver)
    who = models.CharField(max_length=120, blank=True)
    """Which parent, by name; "": not said."""
    form = models.CharField(max_length=10, choices=Form)
    from_day = models.DateField()
    until = models.DateField(null=True)
    """Its last day; None: until it is withdrawn."""
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    """Who entered it; None: the parent or pupil, by `link`."""
    why = models.TextField(max_length=500, blank=True)
    """What was found out, where the school settled which answer holds."""
    hands = ArrayField(models.BigIntegerField(), default=list)
    """The members of staff who could have given this answer by `link`: who printed it, or reads its mail."""
    link = models.ForeignKey(ParentLink, models.PROTECT, null=True, related_name="answers")
    at = models.DateTimeField()
    scan = models.CharField(max_length=64, blank=True)
    """The signed paper, in the file store; proven by its content."""
    scan_type = models.CharField(max_length=60, blank=True)
    listed_in = models.ForeignKey(PupilImport, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pupils_consent_from_list",
                condition=Q(giver=Giver.LIST, listed_in__isnull=False)
                | (~Q(giver=Giver.LIST) & Q(listed_in=None)),
            ),
            models.CheckConstraint(
                name="pupils_consent_entered_or_by_link",
                condition=Q(link=None, by__isnull=False) & ~Q(form=Form.HERE)
                | Q(link__isnull=False, by=None, form=Form.HERE),
            ),
            models.CheckConstraint(
                name="pupils_consent_settled_with_a_reason",
                condition=~Q(giver=Giver.SETTLED) | (Q(by__isnull=False, who="", until=None) & ~Q(why="")),
            ),
            models.CheckConstraint(
                name="pupils_consent_period", condition=Q(until=None) | Q(until__gte=models.F("from_day"))
            ),
            models.CheckConstraint(
                name="pupils_consent_no_parent_is_the_pupil", condition=~Q(giver=Giver.PUPIL) | Q(who="")
            ),
        ]
        indexes = [models.Index(fields=["federation", "pupil", "id"], name="pupils_consent_of_pupil")]

    def __str__(self) -> str:
        return f"consent {self.pk}"


class Withdrawal(FederationOwned):
    """That a pupil may no longer be shown or named somewhere: written with the answer itself, before anything
    is taken down. `by`: who entered it; None: by the link of `giver` and `who`."""

    numbered: ClassVar[Promise] = _("Withdrawal {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")
    only_destroyed: ClassVar[bool] = True

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="withdrawals")
    cause = models.CharField(max_length=10, choices=Cause)
    uses = models.JSONField()
    channel = models.CharField(max_length=40, blank=True)
    giver = models.CharField(max_length=10, blank=True)
    who = models.CharField(max_length=120, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["federation", "pupil", "-id"], name="pupils_withdrawal_of_pupil")]

    def __str__(self) -> str:
        return f"withdrawal {self.pk}"


class ConsentWords(FederationOwned):
    """What the parents' page says in one language, in the school's own words by key of `words.WORDS`."""

    numbered: ClassVar[Promise] = _("Words for parents {number}")

    language = models.CharField(max_length=8)
    words = models.JSONField(default=dict)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "language"], name="pupils_words_once"),
        ]

    def __str__(self) -> str:
        return f"words for parents {self.pk}"


class NotPublished(FederationOwned):
    """A pupil on the do-not-publish list. `why_ref`: the reason, sealed, for safeguarding leads only."""

    numbered: ClassVar[Promise] = _("Do-not-publish entry {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="kept_off")
    why_ref = models.BigIntegerField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_why_ref = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "pupil"], condition=Q(ended_at=None), name="pupils_kept_off_once"
            ),
            models.CheckConstraint(
                name="pupils_kept_off_ended_by_a_person",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"do-not-publish entry {self.pk}"


class PupilChange(FederationOwned):
    """A change of a pupil's names, or that they left. `before` and `after`: the names, which are looked for
    beside the present ones; `why_ref`: a lead's reason, sealed for the leads."""

    numbered: ClassVar[Promise] = _("Change to a pupil’s record {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE", "DELETE")

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="changes")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    has_left = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=ChangeState)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    state_at = models.DateTimeField(null=True)
    why_ref = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pupils_change_decided_with_a_reason",
                condition=Q(state__in=[ChangeState.MADE, ChangeState.WAITING], decided_by=None)
                | Q(state__in=[ChangeState.AGREED, ChangeState.DECLINED], decided_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["federation", "pupil", "id"], name="pupils_change_of_pupil")]

    def __str__(self) -> str:
        return f"change of a pupil {self.pk}"


class PupilGroup(FederationOwned):
    """Pupils of one school who appear together again and again: a team, a choir, a cast."""

    numbered: ClassVar[Promise] = _("Pupil group {number}")

    school = models.ForeignKey(School, models.PROTECT, related_name="+")
    name = models.CharField(max_length=60)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "school", "name"], name="pupils_group_once"),
            models.CheckConstraint(name="pupils_group_named", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"pupil group {self.pk}"


class PupilInGroup(FederationOwned):
    """A pupil of a group."""

    group = models.ForeignKey(PupilGroup, models.CASCADE, related_name="members")
    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "group", "pupil"], name="pupils_group_member_once"),
        ]

    def __str__(self) -> str:
        return f"pupil {self.pupil_id} of group {self.group_id}"


declare_events(
    {
        "consent.answered": Event(_("An answer about consent was recorded.")),
        "consent.asked": Event(
            _("Consent was given on a device where staff are signed in, so it doesn’t count.")
        ),
        "consent.settled": Event(_("Someone decided which answer about consent counts.")),
        "consent.withdrawn": Event(_("Consent for a pupil was withdrawn."), heard=True),
        "consentlink.made": Event(_("A consent link was made.")),
        "consentlink.mailed": Event(_("A consent link was emailed.")),
        "consentlink.printed": Event(_("A consent link was printed.")),
        "consentlink.revoked": Event(_("A consent link was revoked.")),
        "consentwords.saved": Event(_("The wording of the parents’ page was changed.")),
        "pupil.kept_off": Event(_("A pupil was put on the do-not-publish list.")),
        "pupil.off_the_list": Event(_("A pupil was taken off the do-not-publish list.")),
        "pupil.name_off_page": Event(_("A pupil’s name was taken off one of our own pages.")),
        "pupil.change_agreed": Event(_("A safeguarding lead agreed to a change to a pupil’s record.")),
        "pupil.change_declined": Event(_("A safeguarding lead declined a change to a pupil’s record.")),
        "pupil.change_waits": Event(_("A change to a pupil’s record is waiting for a safeguarding lead.")),
        "pupils.group_dropped": Event(_("A pupil group was deleted.")),
        "pupils.group_saved": Event(_("A pupil group was saved.")),
        "pupils.list_dropped": Event(_("The import of a list of pupils was cancelled.")),
        "pupils.list_explained": Event(_("Pupil list columns matched.")),
        "pupils.list_lapsed": Event(_("The import of a list of pupils expired.")),
        "pupils.list_taken_in": Event(_("A list of pupils was imported.")),
        "pupils.source_connected": Event(_("A school’s pupils can now be read from its records system.")),
        "pupils.source_ended": Event(_("A connection to a school’s records system was removed.")),
        "pupils.list_uploaded": Event(_("A list of pupils was uploaded.")),
    }
)


DECIDE = declare_task(
    "pupil.decide_change",
    _("Decide about a change to a pupil on the do-not-publish list"),
    _("Read and decide"),
    page="pupil",
    mail="posts",
    passed_on=False,
)
LOOK = declare_task(
    "pupil.look_at_wall",
    _("See what changed on the do-not-publish list"),
    _("See what"),
    page="pupil",
    mail="posts",
    passed_on=False,
)
ASK = declare_task(
    "consent.ask_parent",
    _("Ask a parent: a yes was given on a device where staff are signed in"),
    _("See whose"),
    page="pupil",
    mail="posts",
)
SETTLE = declare_task("consent.settle", _("Resolve conflicting answers about consent"),
    _("See whose"), page="pupils", mail="posts", by_subject=False)  # fmt: skip
