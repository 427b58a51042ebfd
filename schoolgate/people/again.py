"""What ended about people and may not come back by a restore: leads, roles, seats."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.again import Columns
from schoolgate.core.models import Safeguarder
from schoolgate.people.models import Membership, Permission, Person, RoleAssignment


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
