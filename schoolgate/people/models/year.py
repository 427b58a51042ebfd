"""Rows of the year: people's recorded days away, the numbers at which they are reached, and their
statements on what only a person can settle of the new school year.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned
from schoolgate.people.models.people import Person


class TurnPoint(TextChoices):
    """Points that no row of ours can show: whether a list was checked, and no one is missing from it."""

    LEAVERS = "leavers", _("All leavers entered")
    STARTERS = "starters", _("All starters entered")
    CLASSES = "classes", _("No other accounts belong to a class")


class Absence(FederationOwned):
    """A person is away from a day to a day (both included). It suspends nothing, unlike long leave: they may
    still sign in and act. Ended, never deleted; `said_by` is the person, or the one who entered it for
    them."""

    numbered: ClassVar[Promise] = _("Days away {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    person = models.ForeignKey(Person, models.PROTECT, related_name="days_away")
    from_day = models.DateField()
    to_day = models.DateField()
    said_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(name="people_away_days", condition=Q(to_day__gte=F("from_day"))),
            models.CheckConstraint(
                name="people_away_ended_together",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["federation", "person", "to_day"],
                condition=Q(ended_at=None),
                name="people_away_of_person",
            ),
        ]

    def __str__(self) -> str:
        return f"days away {self.pk}"


class PersonTelephone(FederationOwned):
    """The number at which a person is reached when the program is down.

    Given by the person or by those who manage people; removed when they leave.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="telephones")
    number = models.CharField(max_length=30)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["federation", "person"], name="people_telephone_once"),
            models.CheckConstraint(name="people_telephone_given", condition=~Q(number="")),
        ]

    def __str__(self) -> str:
        return f"telephone {self.pk}"


class TurnWord(FederationOwned):
    """A person's statement on a point of the new school year that no row of ours can show.

    `year`: the calendar year in which the new school year begins. Withdrawn, never deleted.
    """

    numbered: ClassVar[Promise] = _("New school year confirmation {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    year = models.PositiveSmallIntegerField()
    point = models.CharField(max_length=12, choices=TurnPoint)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "year", "point"],
                condition=Q(taken_back_at=None),
                name="people_turn_word_once",
            ),
            models.CheckConstraint(
                name="people_turn_word_taken_back_together",
                condition=Q(taken_back_at=None, taken_back_by=None)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"word {self.pk} on {self.point}, {self.year}"
