"""The rows of this room: federations and their schools, in the terms of their country; the days that a school
has entered; the record, which may be added to and read, nothing else, and what areas above still have to be
told; secrets, holds, certificates of destruction and stops; how the installation is run; leads and set-up.

The rows about how the installation is run belong to no federation. They say nothing about what a school does:
numbers, instants and short codes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import Text
from schoolgate.core.reading_once import read_once
from schoolgate.core.tenancy import federation_in_scope, in_scope

LANGUAGES = ("en", "cy")
OTHER_SCHOOL = "other"
"""What rules call a school that the policy does not name, and what belongs to no school."""


def english() -> list[str]:
    """Return the default languages of a federation or school."""
    return ["en"]


class Country(models.TextChoices):
    """The country of a school: its bank holidays and the law it is under."""

    ENGLAND = "england", _("England")
    WALES = "wales", _("Wales")


class Federation(models.Model):
    """One federation of the installation. The directory is open to all; only the owner's role adds to it."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=200)
    policy_key = models.SlugField(max_length=60)
    """The pack of its policy, such as `wildground`."""
    languages = ArrayField(models.CharField(max_length=8), default=english)
    is_example = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="core_federation_languages", condition=Q(languages__len__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name


class FederationOwned(models.Model):
    """Every row that belongs to a federation inherits this; `tenancy.protect` closes its table.

    `app_may` says what the application's role may do with the table's rows; fewer rights make a table one
    that is only added to. `only_read_by` gives a table a second policy, on the person: (table of readers,
    column that both have), such as ("incidents_reader", "report_id"). A row is then there only for a person
    in scope who has a row there for the same thing, without an `ended_at` if that table has one.
    `only_destroyed`: rows go, or where `app_may` has UPDATE are emptied, only in a transaction with a
    certificate (`core.retention`). `numbered` is what the history calls a row, with its number.
    """

    numbered: ClassVar[Promise] = _("Entry {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE", "DELETE")
    only_read_by: ClassVar[tuple[str, str] | None] = None
    only_destroyed: ClassVar[bool] = False

    federation = models.ForeignKey(
        Federation, on_delete=models.PROTECT, related_name="+", default=federation_in_scope, editable=False
    )

    class Meta:
        abstract = True


class School(FederationOwned):
    """One school of a federation."""

    numbered: ClassVar[Promise] = _("School {number}")

    name = models.CharField(_("Name"), max_length=200)
    slug = models.SlugField(max_length=60)
    country = models.CharField(_("Country"), max_length=10, choices=Country, default=Country.ENGLAND)
    languages = ArrayField(models.CharField(max_length=8), default=english)
    in_policy = models.CharField(_("School named in the policy"), max_length=200, blank=True, db_default="")
    """The policy's own name for it, if the policy has rules for single schools; OTHER_SCHOOL: none of those
    named; empty: not stated."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "slug"], name="core_school_slug"),
            models.CheckConstraint(name="core_school_country", condition=Q(country__in=Country.values)),
            models.CheckConstraint(name="core_school_languages", condition=Q(languages__len__gte=1)),
        ]

    def __str__(self) -> str:
        return self.name

    def among(self, named: Sequence[str]) -> str | None:
        """Return which of the schools named by a policy this is, OTHER_SCHOOL for none of them. None: not
        known, because it was not stated and no name matches its own exactly."""
        if not named or self.in_policy == OTHER_SCHOOL:
            return OTHER_SCHOOL
        known = self.in_policy or self.name
        return known if known in named else None


def country_of(school: School | None) -> str | None:
    """Return the country whose law and terms count at a school; where no school is known, that of all
    schools. None where they are in two."""
    if school is not None:
        return school.country
    found = set(School.objects.values_list("country", flat=True))
    return found.pop() if len(found) == 1 else None


SOFTENING = "[Ii]|[Aa]m|[Aa]r|[Aa]t|[Gg]an|[Hh]eb|[Ww]rth|[Oo]|neu|yn|ail|unrhyw"
"""Welsh words after which a noun begins softly."""
OF_WALES = tuple(
    (re.compile(england), wales)
    for england, wales in (
        (r"The local authority \(LADO\)", "The local authority’s social services"),
        (r"Yr awdurdod lleol \(LADO\)", "Gwasanaethau cymdeithasol yr awdurdod lleol"),
        (
            r"The local authority’s designated officer \(LADO\)",
            "The local authority’s Designated Officer for Safeguarding",
        ),
        (r"Swyddog dynodedig yr awdurdod lleol \(LADO\)", "Swyddog Diogelu Penodedig yr awdurdod lleol"),
        (r"\b(?:Designated s|S)afeguarding lead(?=s?\b)", "Designated safeguarding person"),
        (r"\b(?:designated )?safeguarding lead(?=s?\b)", "designated safeguarding person"),
        (r"\bDSL(?=s?\b)", "DSP"),
        (r"\byr (?=arwein(?:ydd|wyr) diogelu\b)", "y "),
        (rf"\b({SOFTENING}) arweinydd diogelu(?: dynodedig)?\b", r"\1 berson diogelu dynodedig"),
        (rf"\b({SOFTENING}) arweinwyr diogelu(?: dynodedig)?\b", r"\1 bersonau diogelu dynodedig"),
        (r"\barweinydd diogelu(?: dynodedig)?\b", "person diogelu dynodedig"),
        (r"\bArweinydd diogelu(?: dynodedig)?\b", "Person diogelu dynodedig"),
        (r"\barweinwyr diogelu(?: dynodedig)?\b", "personau diogelu dynodedig"),
        (r"\byr ADD\b", "y PDD"),
        (r"\bADD\b", "PDD"),
    )
)
"""What is written in the terms of England, and those of Wales, in both languages."""


def _said(text: Text, school: School | None) -> str:
    said = of_wales = str(text)
    if not in_scope():
        return said
    for england, wales in OF_WALES:
        of_wales = england.sub(wales, of_wales)
    return of_wales if of_wales != said and _country(school) == Country.WALES else said


def _country(school: School | None) -> str | None:
    if school is not None:
        return school.country
    return read_once(("core.country_of_all",), lambda: country_of(None))


def in_terms(text: Text, school: School | None = None) -> Any:
    """Return a sentence of ours in the terms of the school's country, when it's read; where no school is
    given, of the one country in which all schools are. Never a policy's own words or what people wrote."""
    return lazy(_said, str)(text, school)


class DayKind(models.TextChoices):
    """Why a day is unlike its neighbours."""

    INSET = "inset", _("INSET day")
    ADDED_HOLIDAY = "added_holiday", _("Extra bank holiday")


class Term(FederationOwned):
    """An unbroken run of teaching, both days included.

    A half-term break ends one and the next begins after it.
    """

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="terms")
    name = models.CharField(_("Name"), max_length=80)
    first_day = models.DateField(_("First day"))
    last_day = models.DateField(_("Last day"))

    class Meta:
        constraints = [
            models.CheckConstraint(name="core_term_days", condition=Q(last_day__gte=F("first_day"))),
            models.UniqueConstraint(fields=["federation", "school", "first_day"], name="core_term_once"),
        ]

    def __str__(self) -> str:
        return self.name


class CalendarDay(FederationOwned):
    """One day of a school that the terms and the printed list of bank holidays do not tell."""

    school = models.ForeignKey(School, on_delete=models.PROTECT, related_name="special_days")
    day = models.DateField(_("Day"))
    kind = models.CharField(_("Type"), max_length=15, choices=DayKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "school", "day"], name="core_calendar_day_once"),
            models.CheckConstraint(name="core_calendar_day_kind", condition=Q(kind__in=DayKind.values)),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.kind}"


class Delivery(FederationOwned):
    """One event for one handler. It is done when the handler's own writes are committed, and not before.

    `part`: the row that a handler of several rows is called for; 0: the handler is asked which, or has one.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    number = models.BigIntegerField()
    """The event's row in the federation's record."""
    handler = models.CharField(max_length=120)
    """Key of the handler in the registry, never a path into the code."""
    part = models.BigIntegerField(default=0, db_default=0)
    made_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=120, blank=True)
    """The kind of the last error; never its words, which may hold names."""
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "number", "handler", "part"], name="core_delivery_part_once"
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "next_try_at", "id"],
                condition=Q(done_at=None),
                name="core_delivery_waiting",
            )
        ]

    def __str__(self) -> str:
        return f"{self.handler} of {self.number}"


def _chained_federation() -> models.ForeignKey[Federation]:
    """The federation of a chained row.

    The head that is locked for it refers to the directory once for the batch.
    """
    return models.ForeignKey(
        Federation,
        on_delete=models.PROTECT,
        related_name="+",
        default=federation_in_scope,
        editable=False,
        db_index=False,
        db_constraint=False,
    )


class LedgerRow(FederationOwned):
    """One event of one federation. `stored` holds the exact bytes that `hash` is the SHA-256 of.

    The columns beside it repeat what the bytes say, so that rows can be found; `ledger.verify` compares the
    two.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    pk = models.CompositePrimaryKey("federation_id", "number")
    federation = _chained_federation()
    number = models.BigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=80)
    """`people.person:17`, or nothing where the program itself acted."""
    event = models.CharField(max_length=60)
    subject = models.CharField(max_length=80)
    clauses = ArrayField(models.CharField(max_length=80))
    decision = models.BigIntegerField(null=True)
    previous_hash = models.BinaryField()
    hash = models.BinaryField()
    stored = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "previous_hash"], name="core_ledger_previous"),
            models.CheckConstraint(name="core_ledger_number_from_one", condition=Q(number__gte=1)),
        ]
        indexes = [
            models.Index(fields=["federation", "subject", "number"], name="core_ledger_by_subject"),
            BrinIndex(fields=["at"], name="core_ledger_by_time", autosummarize=True),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.event}"

    @property
    def details(self) -> dict[str, Any]:
        """The ids and short codes that were recorded beside the subject."""
        found: dict[str, Any] = json.loads(bytes(self.stored))["ids"]
        return found


class LedgerClause(FederationOwned):
    """Which rows rest on a clause.

    A table of its own, because forced row security switches GIN indexes off.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    pk = models.CompositePrimaryKey("federation_id", "clause", "number")
    federation = _chained_federation()
    clause = models.CharField(max_length=80)
    number = models.BigIntegerField()

    class Meta:
        db_table = "ledger_clause"

    def __str__(self) -> str:
        return f"{self.clause} {self.number}"


class LedgerHead(FederationOwned):
    """The last row of a federation's chain; locked by each appending transaction until it commits."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    number = models.BigIntegerField(default=0)
    hash = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["federation"], name="core_ledger_one_head")]

    def __str__(self) -> str:
        return f"head {self.number}"


class VaultSecret(FederationOwned):
    """A credential, sealed; only the keys in the home open it."""

    numbered: ClassVar[Promise] = _("Keys {number}")

    purpose = models.CharField(max_length=60)
    about = models.CharField(max_length=80)
    sealed = models.BinaryField()
    sealed_with = models.CharField(max_length=16, blank=True)
    """Name of the key, so that a change of keys finds what is left to do."""

    class Meta:
        indexes = [models.Index(fields=["federation", "about"], name="core_vault_about")]

    def __str__(self) -> str:
        return f"secret {self.pk}"


class Hold(FederationOwned):
    """Something that must not be deleted while the hold lasts, whatever its retention says."""

    numbered: ClassVar[Promise] = _("Ban on deleting {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    subject = models.CharField(max_length=80)
    because = models.CharField(max_length=60)
    """A short code: subject access, a complaint, an investigation."""
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=80)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="core_hold_lifted_at_and_by_together",
                condition=Q(lifted_at=None, lifted_by="") | Q(lifted_at__isnull=False) & ~Q(lifted_by=""),
            ),
            models.UniqueConstraint(
                fields=["federation", "subject", "because"],
                condition=Q(lifted_at=None),
                name="core_hold_once",
            ),
        ]

    def __str__(self) -> str:
        return f"hold {self.pk}"


class ThisTransaction(models.Func):
    """The number of the transaction, which no other has had in this database."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()
    arity = 0


class Destruction(FederationOwned):
    """The certificate of what was destroyed together, in the transaction that destroyed it: because its
    period was over, or one `thing` that was erased before that, with who did it and why.

    The database lets rows of a table with `only_destroyed` go in that transaction alone.
    """

    numbered: ClassVar[Promise] = _("Certificate of destruction {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    kind = models.CharField(max_length=20)
    """Key of a kind of `core.retention`."""
    months = models.PositiveSmallIntegerField(null=True)
    """How long such records were kept then."""
    setting = models.BigIntegerField(null=True)
    """The federation's setting that was in force (`records.Setting`)."""
    thing = models.BigIntegerField(null=True)
    """The number of the one that was erased, as people know it."""
    because = models.CharField(max_length=20, blank=True)
    by = models.CharField(max_length=80, blank=True)
    number = models.PositiveIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    """From when to when the days were from which the period counted."""
    ids_digest = models.CharField(max_length=64)
    """SHA-256 of the numbers of the rows (`retention.digest_of`)."""
    at = models.DateTimeField()
    made_in = models.BigIntegerField(db_default=ThisTransaction())

    class Meta:
        indexes = [
            models.Index(fields=["federation", "-id"], name="core_destruction_newest"),
            models.Index(fields=["made_in"], name="core_destruction_made_in"),
        ]
        constraints = [
            models.CheckConstraint(
                name="core_destruction_by_period_or_erased",
                condition=Q(months__isnull=False, setting__isnull=False, thing=None, because="", by="")
                | Q(months=None, setting=None, thing__isnull=False) & ~Q(because="") & ~Q(by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"certificate {self.pk}"


class DestroyedFile(FederationOwned):
    """A file that goes with what was destroyed, until it is gone from the disk."""

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "DELETE")

    destruction = models.ForeignKey(Destruction, models.PROTECT, related_name="+")
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"file {self.pk} of certificate {self.destruction_id}"


class _Stopped(models.Model):
    """A stop: nothing starts until it is lifted or has ended."""

    reason = models.CharField(_("Reason"), max_length=300)
    placed_at = models.DateTimeField()
    placed_by = models.CharField(max_length=80, blank=True)
    until = models.DateTimeField(_("Until"), null=True)
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.CharField(max_length=80, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"stop {self.pk}"


class Stop(FederationOwned, _Stopped):
    """A stop for one school, or for the whole federation where no school is named."""

    numbered: ClassVar[Promise] = _("Stop on posting {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    destroyed_at = models.DateTimeField(null=True)
    """When what people wrote in it was destroyed (`core.retention`)."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="core_stop_until_later", condition=Q(until=None) | Q(until__gt=F("placed_at"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "school"], condition=Q(lifted_at=None), name="core_stop_standing"
            )
        ]


class InstallationStop(_Stopped):
    """A stop for every federation of the installation, set by the machine's operator."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="core_installation_stop_until_later",
                condition=Q(until=None) | Q(until__gt=F("placed_at")),
            ),
        ]


class Backup(models.Model):
    """One backup that was made, or was to be. `trouble`: a code of `core.backups.sealing`, nothing where
    all went well.

    `number` goes up with each, whatever the clock says. `record`: the last row of each federation's record
    in it."""

    number = models.PositiveIntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    folder = models.CharField(max_length=500)
    trouble = models.CharField(max_length=20, blank=True)
    size = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    rows = models.BigIntegerField(default=0)
    files = models.BigIntegerField(default=0)
    record = models.JSONField(default=dict)
    gone_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-number"], name="core_backup_newest")]
        constraints = [
            models.CheckConstraint(
                name="core_backup_whole_or_in_trouble",
                condition=~Q(trouble="") | (Q(size__gt=0) & ~Q(digest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"backup {self.number}"


class BackupRehearsal(models.Model):
    """One try at restoring a backup beside the running program. `trouble`: as in Backup."""

    number = models.PositiveIntegerField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    trouble = models.CharField(max_length=20, blank=True)
    rows = models.BigIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["-began_at"], name="core_rehearsal_newest")]

    def __str__(self) -> str:
        return f"rehearsal of {self.number}"


class Restoration(models.Model):
    """This home was made from a backup. Until `released_at` nothing is sent, read from a network or mailed.

    `lost`: by federation, how many rows of the record were signed after the backup; only where newer signed
    heads were given. `told`: what the restore found, in short codes and numbers."""

    number = models.PositiveIntegerField()
    backup_at = models.DateTimeField()
    restored_at = models.DateTimeField()
    sound = models.BooleanField(default=False)
    lost = models.JSONField(default=dict)
    told = models.JSONField(default=dict)
    looked_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    released_by = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [models.Index(fields=["-id"], name="core_restoration_newest")]
        constraints = [
            models.UniqueConstraint(
                models.Value(1), condition=Q(released_at=None), name="core_one_restoration_waits"
            ),
        ]

    def __str__(self) -> str:
        return f"restoration {self.pk}"


class Heartbeat(models.Model):
    """The last good run of one thing that has to run again and again; a name of the closed list
    `core.heartbeats`. It belongs to no federation and says nothing of what a school does."""

    what = models.CharField(max_length=40, unique=True)
    last_good = models.DateTimeField()

    def __str__(self) -> str:
        return self.what


FROM_THE_FIRST = datetime(2000, 1, 1, tzinfo=UTC)
"""Before anything here."""


class SetUpLink(models.Model):
    """The one address that opens the first pages of an empty home. Installation-level.

    Only the owner's role writes it (`core.setting_up`): the application reads the digest, and the database's
    own function compares it before it adds the federation.
    """

    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    federation = models.ForeignKey(Federation, null=True, on_delete=models.PROTECT, related_name="+")
    """The federation that was added with it; None: none yet."""

    def __str__(self) -> str:
        return f"set-up link {self.pk}"


class SafeguardingPlace(models.TextChoices):
    """Who a safeguarding concern goes to first, and who when that person cannot be reached."""

    LEAD = "lead", _("Designated safeguarding lead")
    DEPUTY = "deputy", _("Deputy")


def place_in_words(place: str, school: School | None = None) -> Promise:
    """Return a place in the terms of the school's country; where no school is given, of the one country in
    which all schools are."""
    said: Promise = in_terms(SafeguardingPlace(place).label, school)
    return said


class Safeguarder(FederationOwned):
    """Who is the designated safeguarding lead, or a deputy, of one school or (no school) of all of them.

    Not a role of a policy, but it opens what is locked or kept to the leads. `person_id`: a person of the
    people app, as in a membership.
    """

    numbered: ClassVar[Promise] = _("Safeguarding lead entry {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    place = models.CharField(max_length=10, choices=SafeguardingPlace)
    school = models.ForeignKey(School, null=True, on_delete=models.PROTECT, related_name="+")
    person_id = models.BigIntegerField()
    since = models.DateTimeField()
    reads_from = models.DateTimeField(default=FROM_THE_FIRST)
    """What came to the leads before this instant stays closed to them."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="core_safeguarder_place", condition=Q(place__in=SafeguardingPlace.values)
            ),
            models.UniqueConstraint(
                name="core_safeguarder_one_lead",
                fields=["federation", "school"],
                condition=Q(place=SafeguardingPlace.LEAD, ended_at=None),
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                name="core_safeguarder_once",
                fields=["federation", "school", "person_id"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"safeguarding {self.place} {self.pk}"

    def get_place_display(self) -> Promise:  # type: ignore[no-redef]
        """Return the place in the terms of the school's country."""
        return place_in_words(self.place, self.school)
