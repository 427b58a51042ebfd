"""Rows of who isn't there: recorded days away, long leave, leaving, the numbers at which people are reached;
of safeguarding leads, each time someone is to lead, or no longer does; and what only a person can settle of
the new school year.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from django.db import models
from django.db.models import F, Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned, School, in_terms
from schoolgate.people.models.people import Person, RoleAssignment


class DepartureState(TextChoices):
    """A leaving is known in advance, takes effect on its day, or is cancelled."""

    EXPECTED = "expected", _("Leaving")
    DONE = "done", _("Has left")
    TAKEN_BACK = "taken_back", _("Cancelled")


LEAVING_MOVES: Mapping[DepartureState, frozenset[DepartureState]] = {
    DepartureState.EXPECTED: frozenset({DepartureState.DONE, DepartureState.TAKEN_BACK}),
    DepartureState.DONE: frozenset({DepartureState.TAKEN_BACK}),
    DepartureState.TAKEN_BACK: frozenset(),
}


class HowKnown(TextChoices):
    """How the federation came to know that a person leaves."""

    ENTERED = "entered", _("recorded by a person")
    IMPORTED = "imported", _("imported from a list")
    SIGN_IN = "sign_in", _("their sign-in was turned off")


class AbsenceKind(TextChoices):
    """Why a person is away for long. Three plain words and no more: no health details are stored."""

    LEAVE = "leave", _("On long leave")
    SECONDED = "seconded", _("Working somewhere else for a time")
    STUDY = "study", _("Studying or on a sabbatical")


class Departure(FederationOwned):
    """A person's leaving, from the moment it is known. `left_on` is the first day on which they are gone.

    `ended_assignments`: the roles that it ended, so that a cancelled leaving can restore them.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    person = models.ForeignKey(Person, models.PROTECT, related_name="departures")
    left_on = models.DateField()
    how = models.CharField(max_length=10, choices=HowKnown)
    state = models.CharField(max_length=10, choices=DepartureState, default=DepartureState.EXPECTED)
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    ended_assignments = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "person"],
                condition=Q(state=DepartureState.EXPECTED),
                name="people_leaving_one_expected",
            ),
            models.CheckConstraint(
                name="people_leaving_as_its_state_says",
                condition=Q(state=DepartureState.EXPECTED, done_at=None, taken_back_at=None)
                | Q(state=DepartureState.DONE, done_at__isnull=False, taken_back_at=None)
                | Q(state=DepartureState.TAKEN_BACK, taken_back_at__isnull=False),
            ),
            models.CheckConstraint(
                name="people_leaving_is_noted_by_somebody",
                condition=Q(noted_by__isnull=False) | Q(how=HowKnown.SIGN_IN),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "state", "left_on", "id"], name="people_leaving_by_day"),
            models.Index(fields=["federation", "person", "-id"], name="people_leaving_of_person"),
        ]

    def __str__(self) -> str:
        return f"leaving {self.pk}"


class ExtendedAbsence(FederationOwned):
    """A person's absence from a day to a day (both included), or until they are back: they have not left.

    `over_on`: the first day on which it no longer counts, once it is over or was ended.
    """

    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    person = models.ForeignKey(Person, models.PROTECT, related_name="extended_absences")
    kind = models.CharField(max_length=10, choices=AbsenceKind)
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    noted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True)
    over_on = models.DateField(null=True)
    over_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "person"], condition=Q(over_on=None), name="people_long_leave_one"
            ),
            models.CheckConstraint(
                name="people_long_leave_days", condition=Q(to_day=None) | Q(to_day__gte=F("from_day"))
            ),
            models.CheckConstraint(
                name="people_long_leave_over_together",
                condition=Q(over_on=None, over_at=None, ended_by=None)
                | Q(over_on__isnull=False, over_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["federation", "person", "from_day"], name="people_long_leave_of_person"),
            models.Index(
                fields=["federation", "from_day"],
                condition=Q(over_on=None),
                name="people_long_leave_standing",
            ),
        ]

    def __str__(self) -> str:
        return f"long leave {self.pk}"


class LeadPlace(TextChoices):
    """As what someone leads on safeguarding."""

    LEAD = "lead", _("Designated safeguarding lead")
    DEPUTY = "deputy", _("Deputy")
    ROLE = "role", _("Role that the policy makes safeguarding lead")
    GOES = "goes", _("No longer leads on safeguarding")
    TOLD = "told", _("Role that can be told of concerns")


class LeadState(TextChoices):
    """The status of a change. What was agreed counts."""

    ASKED = "asked", _("Needs a second person")
    AGREED = "agreed", _("Agreed")
    DECLINED = "declined", _("Declined")
    ENDED = "ended", _("No longer leads")


LEAD_MOVES: Mapping[LeadState, frozenset[LeadState]] = {
    LeadState.ASKED: frozenset({LeadState.AGREED, LeadState.DECLINED}),
    LeadState.AGREED: frozenset(),
    LeadState.DECLINED: frozenset(),
    LeadState.ENDED: frozenset(),
}


class LeadChange(FederationOwned):
    """Someone is to lead on safeguarding, or no longer does. It opens what only leads read, so it takes two
    people: who asked, and a second, neither of them the person. `by` None: the program found the role.
    `assignment`: of a role that the policy makes lead. `earlier`: they may read what came before, too.
    To go (`people.leads`) takes two as well, and the second may be the person: `by` None is the program,
    which saw that they can't sign in any more. A role that a version or interpretation of the policy lets be
    told of concerns (`role_key`, `told_roles`): `person` put it in force, and isn't the second."""

    numbered: ClassVar[Promise] = _("Safeguarding lead change {number}")
    app_may: ClassVar[tuple[str, ...]] = ("SELECT", "INSERT", "UPDATE")

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    place = models.CharField(max_length=10, choices=LeadPlace)
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="+")
    assignment = models.ForeignKey(RoleAssignment, models.PROTECT, null=True, related_name="+")
    role_key = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=LeadState, default=LeadState.ASKED)
    state_at = models.DateTimeField()
    second = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    earlier = models.BooleanField(default=False)
    why = models.TextField(max_length=500, blank=True)
    """Why the second person agreed."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["federation", "person", "place", "school", "assignment", "role_key"],
                condition=Q(state=LeadState.ASKED),
                nulls_distinct=False,
                name="people_lead_asked_once",
            ),
            models.CheckConstraint(
                name="people_lead_not_agreed_alone",
                condition=Q(second=None)
                | (Q(place=LeadPlace.GOES) | ~Q(second=F("person"))) & (Q(by=None) | ~Q(second=F("by"))),
            ),
            models.CheckConstraint(
                name="people_lead_not_asked_by_themselves",
                condition=Q(by=None)
                | Q(state=LeadState.ENDED)
                | Q(place=LeadPlace.GOES)
                | ~Q(by=F("person")),
            ),
            models.CheckConstraint(
                name="people_lead_of_a_role",
                condition=Q(place=LeadPlace.ROLE, assignment__isnull=False)
                | (~Q(place=LeadPlace.ROLE) & Q(assignment=None)),
            ),
        ]

    def get_place_display(self) -> Promise:  # type: ignore[no-redef]
        """Return the place in the terms of the school's country."""
        said: Promise = in_terms(LeadPlace(self.place).label, self.school)
        return said

    def __str__(self) -> str:
        return f"change of lead {self.pk}"


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
