"""A school's own days, as it has entered them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models.directory import FederationOwned, School


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
