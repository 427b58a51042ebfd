"""Roles that a new version no longer names: their holders move, and their open tasks pass on."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models import Q

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.models import School
from schoolgate.duties.actions import Then, pass_on, replace_second
from schoolgate.duties.kinds import KINDS
from schoolgate.duties.models import STILL_TO_DO, Basis, Duty
from schoolgate.notices.kinds import others_may_know
from schoolgate.people.assignments import end_role
from schoolgate.people.models import Person
from schoolgate.people.queries import holders
from schoolgate.policy.books import pack_of
from schoolgate.policy.models import PolicyVersion
from schoolgate.rulebook.packs import Pack

REMOVED = "role_removed"


@action
def replace_removed_roles(*, at: datetime, version: PolicyVersion, before: PolicyVersion | None) -> int:
    """Move the holders of roles that a version in force no longer names, and pass on these roles' open tasks.
    Returns how many tasks had such a role. Safe to run twice.

    A task goes to the role to which the holders move; else to the second person or role that the task names;
    else to a role that may do all that the removed one could, where someone holds it; else to the role that
    manages people. This is the program's rule: no policy covers it. Concerns are left to `incidents`, which
    knows who may be told.
    """
    roles = _Roles(version, before, at)
    for key, to in version.roles_removed.items():
        if key not in roles.named:
            end_role(at=at, role_key=key, to=to if to in roles.named else "")
    gone = ~Q(role_key__in=["", *roles.named]) | ~Q(then_role_key__in=["", *roles.named])
    private = [key for key in KINDS if not others_may_know(key)]
    rows = Duty.objects.filter(gone, state__in=STILL_TO_DO).exclude(kind__in=private).order_by("id")
    found = list(rows.select_related("person", "school", "then_person").select_for_update(of=("self",)))
    for duty in found:
        if duty.person is None and duty.role_key not in roles.named:
            person, role = roles.instead(duty)
            pass_on(
                duty=duty, because=REMOVED, at=at, person=person, role=role,
                then=roles.second(duty, person, role),
            )  # fmt: skip
        else:
            replace_second(duty=duty, then=roles.second(duty, duty.person, duty.role_key), at=at)
    return len(found)


@dataclass(frozen=True)
class _Roles:
    """The roles of a version, and which of them stands in for one that it no longer names."""

    version: PolicyVersion
    before: PolicyVersion | None
    at: datetime

    @cached_property
    def _pack(self) -> Pack:
        return pack_of(self.version)

    @cached_property
    def named(self) -> frozenset[str]:
        """The keys of the roles that the version names."""
        return frozenset(role.key for role in self._pack.roles)

    @cached_property
    def _could(self) -> dict[str, frozenset[str]]:
        return {role.key: role.capacities for role in pack_of(self.before).roles} if self.before else {}

    def instead(self, duty: Duty) -> tuple[Person | None, str]:
        """Return who gets a task of a removed role: a person, or the key of a role."""
        second = duty.then_person
        if self._moved_to(duty.role_key):
            return None, self._moved_to(duty.role_key)
        if second is not None and (second.left_on is None or second.left_on > local_day(self.at)):
            return second, ""
        if duty.then_role_key in self.named:
            return None, duty.then_role_key
        return None, self._in_place_of(duty.role_key, duty.school)

    def second(self, duty: Duty, person: Person | None, role: str) -> Then | None:
        """Return who gets the task once it is overdue; None where they have it already."""
        if duty.then_person is not None:
            same = person is not None and person.pk == duty.then_person_id
            return None if same else Then(Basis(duty.then_basis), person=duty.then_person)
        key = duty.then_role_key
        if not key or key in self.named:
            return Then(Basis(duty.then_basis), role=key) if key and key != role else None
        instead = self._moved_to(key) or self._in_place_of(key, duty.school)
        return Then(Basis.HOUSE, role=instead) if instead != role else None

    def _moved_to(self, key: str) -> str:
        to = self.version.roles_removed.get(key, "")
        return to if to in self.named else ""

    def _in_place_of(self, key: str, school: School | None) -> str:
        could, on, roles = self._could.get(key), local_day(self.at), self._pack.roles
        for role in roles:
            if could and could <= role.capacities and holders(role.key, on=on, school=school):
                return role.key
        return next((role.key for role in self._pack.roles_with("administer")), roles[0].key)
