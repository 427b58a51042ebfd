"""The roles of a federation's own policy, in the version that is being prepared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolgate.core.errors import NotFound
from schoolgate.people.roles_held import all_holders
from schoolgate.people.rules import ACTS
from schoolgate.policy import actions, rules
from schoolgate.policy.writing import Writing, writing
from schoolgate.rulebook.clauses import Role
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.policy.reading_forms import RoleForm

NEW = "new"
"""In the address of a role that is to be added."""


class NamedRoleForm(RoleForm):
    """A role as the policy names it, and what its holders may do."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        help_text=gettext_lazy("As the policy calls it. Clauses keep their own words."),
        max_length=100,
    )
    field_order = ("name", "capacities")


class RemoveForm(SchoolForm):
    """Where the holders of a removed role go."""

    to = forms.ChoiceField(label=gettext_lazy("What about people with this role?"), required=False)

    def __init__(self, data: Any, *, others: Sequence[Role]) -> None:
        super().__init__(data)
        moves = [(one.key, _("They move to: {role}").format(role=one.name)) for one in others]
        ends = ("", _("Their role ends when the version comes into force"))
        self.fields["to"].choices = [ends, *moves]  # type: ignore[attr-defined]


@page(place="policy", check=rules.check_may_own)
def roles(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List the roles; add one, rename it, change what it may do, or remove it (`?role=`)."""
    now = writing(visit.on)
    key = request.GET.get("role", "")
    found = next((one for one in now.text.roles if one.key == key), None)
    if key and key != NEW and found is None:
        raise NotFound
    removing = request.POST.get("act") == "remove"
    form = NamedRoleForm(None if removing else request.POST or None, initial=_initial(found))
    seen = request.POST.get("seen", "")
    others = [one for one in now.text.roles if one != found]
    removal = RemoveForm(request.POST if removing else None, others=others)
    if removing and found is not None:
        if removal.save(
            lambda said: actions.remove_role(by=visit.person, at=visit.at, key=found.key, seen=seen, **said)
        ):
            return done(request, _("Role removed from the next version."), "own-roles")
    elif request.method == "POST" and form.save(
        lambda said: actions.keep_role(
            by=visit.person, at=visit.at, key=found.key if found else "", seen=seen, **said
        )
    ):
        return done(request, _("Saved in the next version. It applies once that is adopted."), "own-roles")
    context: dict[str, Any] = {"now": now, "form": form if key else None, "role": found}
    if found is not None:
        context |= {
            "removal": removal,
            "holders": all_holders(found.key, on=visit.on),
            "named": now.naming(found),
        }
    else:
        context |= {"roles": [_shown(one) for one in now.text.roles], "gone": _gone(now)}
    status = 422 if form.errors or removal.errors else 200
    return render(request, "policy/own/roles.html", context, status=status)


def _shown(role: Role) -> dict[str, Any]:
    return {"role": role, "may": [ACTS[each] for each in ACTS if each in role.capacities]}


def _gone(now: Writing) -> list[dict[str, str]]:
    """Return the roles in force that the next version no longer has, with the role their holders move to."""
    removed = now.coming.roles_removed if now.coming else {}
    names = {one.key: one.name for one in now.text.roles}
    return [
        {"name": one.name, "to": names.get(removed.get(one.key, ""), "")}
        for one in now.policy.book.roles
        if one.key not in names
    ]


def _initial(role: Role | None) -> dict[str, Any]:
    return {"name": role.name, "capacities": sorted(role.capacities)} if role else {}


urlpatterns = [path("policy/clauses/roles", roles, name="own-roles")]
