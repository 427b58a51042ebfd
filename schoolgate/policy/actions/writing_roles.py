"""Roles of a federation's own policy, in the version that is being prepared, and where their holders go."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.people.models import Person
from schoolgate.people.roles_held import all_holders
from schoolgate.policy import rules
from schoolgate.policy.actions.writing import check_seen, prepared_or_not
from schoolgate.policy.models import PolicyVersion
from schoolgate.policy.parts import with_role, with_roles, without_role
from schoolgate.policy.writing import Writing, data_of, rules_naming, writing
from schoolgate.rulebook.capacities import Capacity
from schoolgate.rulebook.clauses import Clause, Role
from schoolgate.rulebook.packs.building import RELATIONS

STILL_NAMED = _("These clauses or their rules still name “%(role)s”: %(places)s. Change them first.")
SOMEONE_MUST = {
    Capacity.OWN_POLICY: _(
        "No one would be left to look after the policy. Move the holders to another role."
    ),
    Capacity.ADMINISTER: _("No one would be left to look after people. Move the holders to another role."),
}
"""What a federation can't be without, and what is said where no holder would be left."""


@action
def keep_role(
    *, by: Person, at: datetime, name: str, capacities: Sequence[str], key: str = "", seen: str = ""
) -> PolicyVersion | None:
    """Add a role to the version that is being prepared, or rename it there and change what it may do; start
    that version where there is none.

    Args:
        key: of the role to change; empty for a new one.

    Returns as `remove_clause`. Raises NotAllowed; NotFound; NotNow where another person changed the text
    meanwhile; BadInput on `name` or `capacities`.
    """
    rules.check_may_own(by, on=local_day(at))
    now = writing(local_day(at))
    check_seen(now, seen)
    name = " ".join(name.split())
    _check_name(now, name, key)
    data = data_of(now)
    if not key:
        data = with_roles(data, [name])
        key = data["roles"][-1]["key"]
    else:
        was = _role_of(now, key)
        if was.name != name:
            _check_not_named(was, _named_ahead(now, was))
    data = with_role(data, key, name, capacities)
    if not any(Capacity.OWN_POLICY in one["capacities"] for one in data["roles"]):
        raise BadInput({"capacities": _("One role must look after the policy.")})
    return prepared_or_not(now, data, by=by, at=at)


@action
def remove_role(*, by: Person, at: datetime, key: str, seen: str, to: str = "") -> PolicyVersion | None:
    """Remove a role from the version that is being prepared. When that comes into force, its holders move to
    the role `to`; their assignment ends where that is empty.

    As `keep_role`; BadInput on `name` where clauses or rules still name it, with their sections, and on `to`
    where no one would be left who looks after people or the policy.
    """
    on = local_day(at)
    rules.check_may_own(by, on=on)
    now = writing(on)
    check_seen(now, seen)
    role = _role_of(now, key)
    _check_not_named(role, now.naming(role))
    data = without_role(data_of(now), key)
    if not any(Capacity.OWN_POLICY in one["capacities"] for one in data["roles"]):
        raise BadInput({"name": _("One role must look after the policy.")})
    if to and to not in {one["key"] for one in data["roles"]}:
        raise BadInput({"to": _("Choose one of the roles this policy names.")})
    before = now.coming.roles_removed if now.coming else {}
    removed = {**{one: to if there == key else there for one, there in before.items()}, key: to}
    _check_someone_is_left(now, data["roles"], removed, on=on)
    version = prepared_or_not(now, data, by=by, at=at)
    if version is not None and key in {one.key for one in now.policy.book.roles}:
        version.roles_removed = removed
        version.save(update_fields=["roles_removed"])
    return version


def _role_of(now: Writing, key: str) -> Role:
    found = next((one for one in now.text.roles if one.key == key), None)
    if found is None:
        raise NotFound
    return found


def _check_name(now: Writing, name: str, key: str) -> None:
    if not name:
        raise BadInput({"name": _("Enter the name of the role.")})
    if any(one.name.casefold() == name.casefold() and one.key != key for one in now.text.roles):
        raise BadInput({"name": _("The policy already has a role with this name.")})
    if name in RELATIONS and all(one.key != key or one.name != name for one in now.text.roles):
        raise BadInput({"name": _("Rules use this word for everyone of that kind. Choose another name.")})


def _named_ahead(now: Writing, role: Role) -> list[Clause]:
    """Return the new clauses whose rules name the role."""
    named = rules_naming(role, now.laid_ahead())
    return [one for key, one in now.text.clauses.items() if key in named]


def _check_not_named(role: Role, named: Sequence[Clause]) -> None:
    if named:
        places = "; ".join(dict.fromkeys(one.section for one in named))
        raise BadInput({"name": STILL_NAMED % {"role": role.name, "places": places}})


def _check_someone_is_left(
    now: Writing, roles: Sequence[dict[str, Any]], removed: dict[str, str], *, on: date
) -> None:
    """Raise BadInput where a capacity that a federation needs would have no holder any more."""
    for capacity, why in SOMEONE_MUST.items():
        keys = {one["key"] for one in roles if capacity in one["capacities"]}
        keys |= {key for key, to in removed.items() if to in keys}
        had = [role.key for role in now.policy.book.pack.roles_with(capacity)]
        if any(all_holders(key, on=on) for key in had) and not any(all_holders(key, on=on) for key in keys):
            raise BadInput({"to": why})
