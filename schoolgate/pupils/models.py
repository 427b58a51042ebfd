"""Rows of pupils, their consents, the do-not-publish list, and the lists they came from."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned, School
from schoolgate.people.models import Person
from schoolgate.people.models.lists import BroughtList, ListMapping
from schoolgate.pupils.states import Answer, Form, Giver, Use


class PupilMapping(ListMapping):
    """What the columns and words of a list of pupils mean here."""

    numbered: ClassVar[Promise] = _("Pupil list settings {number}")


class PupilImport(BroughtList):
    """One list of pupils."""

    numbered: ClassVar[Promise] = _("Pupil list {number}")

    mapping = models.ForeignKey(PupilMapping, null=True, on_delete=models.PROTECT, related_name="+")


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


class Consent(FederationOwned):
    """One answer about one use. Only ever added to: the latest of each person counts (`consents`)."""

    numbered: ClassVar[Promise] = _("Consent answer {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT")

    pupil = models.ForeignKey(Pupil, models.PROTECT, related_name="consents")
    use = models.CharField(max_length=10, choices=Use)
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
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    listed_in = models.ForeignKey(PupilImport, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pupils_consent_from_list",
                condition=Q(giver=Giver.LIST, listed_in__isnull=False)
                | (~Q(giver=Giver.LIST) & Q(listed_in=None)),
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
