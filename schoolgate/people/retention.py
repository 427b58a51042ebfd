"""People who left: whose name and address are due, how they are destroyed, and what ended about people and
may not come back by a restore: leads, roles, seats.

The row of a person stays, because the record, roles and decisions name people by its number. Without
name and address the number leads to no one.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db.models import DateTimeField, QuerySet
from django.db.models.functions import Cast
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.core.clock import local_day
from schoolgate.core.errors import NotFound
from schoolgate.core.models import Safeguarder
from schoolgate.core.retention import SIX_YEARS, Area, Columns, Kind, Public, needed
from schoolgate.core.subjects import number_of
from schoolgate.people.models import (
    ApiToken,
    Invitation,
    Membership,
    Permission,
    Person,
    RoleAssignment,
    SchoolAccount,
    User,
)

PERSON = "people.person:"
NOWHERE = "destroyed.invalid"
"""Mail to an address there reaches no one (RFC 2606, section 2)."""


class PeopleWhoLeft(Kind):
    """Names and addresses of people who left."""

    key, number, endings = "people", 5, ("person_period", "person_emptied")
    area = Area.PEOPLE
    public = Public.THEIRS
    name = _("People who have left")
    thing = _("Person")
    counted = _("From the day they left.")
    goes = _(
        "The name, the email address and the sign-in, unless they still work for another federation on this "
        "server."
    )
    stays = _(
        "The person’s number, roles and dates, and what they decided. Texts that name them "
        "stay too: search for the name, and erase those one by one."
    )
    because = format_lazy(
        "{} {}", SIX_YEARS, _("Ask for advice first if a concern about a child names this person.")
    )
    first = _(
        "Record that they’ve left. Then finish their open tasks and any concern that they raised or that is "
        "about them."
    )

    def due(self, before: datetime, *, at: datetime) -> QuerySet[Person]:
        """Return the people who had left before that instant."""
        last = local_day(before - timedelta(microseconds=1))
        rows = Person.objects.filter(left_on__lte=min(last, local_day(at)), destroyed_at=None)
        return rows.annotate(since=Cast("left_on", DateTimeField())).order_by("left_on", "pk")

    def unheld(self, rows: QuerySet[Person], held: Sequence[str]) -> QuerySet[Person]:
        """Leave out those that a ban names."""
        return rows.exclude(pk__in=[number_of(one) for one in held if one.startswith(PERSON)])

    def subject_of(self, pk: int) -> str:
        """Return the name of a person who still has one."""
        if not self.rows_of(pk).exists():
            raise NotFound(
                _("There is no person with this number, or their details have been destroyed."),
                _("Open the person’s page and start there."),
            )
        return f"{PERSON}{pk}"

    def rows_of(self, pk: int) -> QuerySet[Person]:
        """Return the person."""
        return Person.objects.filter(pk=pk, destroyed_at=None)

    def called(self, pk: int) -> str:
        """Return the person’s name, so that no one mistakes the number."""
        return f"{self.rows_of(pk).get().name} ({self.thing} {pk})"

    def still_needed(self, pks: Sequence[int]) -> set[int]:
        """Lock them; return those in use at this moment, and those that a room above needs."""
        locked = Person.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            pk__in=pks, destroyed_at=None
        )
        free = set(locked.values_list("pk", flat=True))
        return set(pks) - free | needed(self.key, sorted(free))

    def destroy(self, pks: Sequence[int], *, at: datetime) -> list[str]:
        """Empty their rows, and their sign-ins where no other federation has them."""
        rows = list(Person.objects.filter(pk__in=pks))
        for row in rows:
            row.name, row.email, row.destroyed_at = f"Person {row.pk}", f"person-{row.pk}@{NOWHERE}", at
        Person.objects.bulk_update(rows, ["name", "email", "destroyed_at"])
        ApiToken.objects.filter(person__in=pks).update(name="-")
        elsewhere = Membership.objects.exclude(person_id__in=pks).values("user")
        for one in User.objects.filter(pk__in=[row.user_id for row in rows]).exclude(pk__in=elsewhere):
            for model in (EmailAddress, Authenticator, SchoolAccount, Invitation):
                model.objects.filter(user=one).delete()
            one.email, one.is_active, one.last_login = f"user-{one.pk}@{NOWHERE}", False, None
            one.set_unusable_password()
            one.save()
        return []


class LeadsEnded(Columns):
    """Safeguarding leads and deputies whose time ended."""

    key, model, when = "people.lead_ended", Safeguarder, "ended_at"
    undone = _("Safeguarding lead entry {number} ended after the backup. End it again, under Set-up.")


class RolesEnded(Columns):
    """Roles that were ended."""

    key, model, when = "people.role_ended", RoleAssignment, "ended_on"
    undone = _("Role {number} ended after the backup. End it again, on the person’s page.")


class PeopleLeft(Columns):
    """People who left: without a seat from their day on."""

    key, model, when = "people.left", Person, "left_on"
    undone = _("Person {number} left after the backup. Record it again, on their page.")

    def afterwards(self, row: Any, *, at: datetime) -> None:
        """End the seat that the sign-in reads."""
        left_on = Person.objects.values_list("left_on", flat=True).get(pk=row.pk)
        Membership.objects.filter(person_id=row.pk).update(ends_on=left_on)


class PermissionsEnded(Columns):
    """Permissions and delegated approvals that were ended."""

    key, model, when = "people.permission_ended", Permission, "ended_at"
    undone = _("Permission {number} ended after the backup. End it again.")
