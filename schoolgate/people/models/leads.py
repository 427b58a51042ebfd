"""Who leads on safeguarding: each time someone is to lead, or no longer does."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.models import FederationOwned, School
from schoolgate.core.terms import in_terms
from schoolgate.people.models.people import Person, RoleAssignment
from schoolgate.people.states import LeadPlace, LeadState


class LeadChange(FederationOwned):
    """Someone is to lead on safeguarding, or no longer does. It opens what only leads read, so it takes two
    people: who asked, and a second, neither of them the person. `by` None: the program found the role.
    `assignment`: of a role that the policy makes lead. `earlier`: they may read what came before, too.
    To go (`people.letting_go`) takes two as well, and the second may be the person: `by` None is the program,
    which saw that they can't sign in any more. A role that a version or interpretation of the policy lets be
    told of concerns (`role_key`, `people.told_roles`): `person` put it in force, and isn't the second."""

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
