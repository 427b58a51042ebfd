"""The clauses of a federation's own policy, for its owner: their text and whether they have a rule; and its
roles, in the version that is being prepared.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.people.assignments import all_holders
from schoolgate.people.rules import ACTS
from schoolgate.policy import own_policy, rules
from schoolgate.policy.writing import Writing, clause_of, writing
from schoolgate.rulebook.clauses import Clause, Role
from schoolgate.rulebook.one_file import as_text
from schoolgate.rulebook.readings import may_be_aside
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.paging import numbers_in
from schoolgate.web.frame.rule_words import rule_in_words
from schoolgate.web.policy.own_forms import GROUPS, MODALITIES, ChangesForm, ClauseForm
from schoolgate.web.policy.own_ready import left_out, offered_for
from schoolgate.web.policy.own_rules import edition_of
from schoolgate.web.policy.reading import RoleForm

STATES = {
    "text": ("plain", _("Text only")),
    "rule": ("good", _("Has a rule")),
    "next": ("wait", _("New rule, not signed")),
}
"""Whether a clause has a rule: colour and words."""
NEW = {
    True: ("wait", _("In the next version, with a rule")),
    False: ("wait", _("In the next version, text only")),
}
"""A clause that is not in force yet: whether it has a rule."""
REMOVED = ("wait", _("Removed in the next version"))
FEW = 10
"""So many clauses are shown open; more are folded by section."""


@page(place="policy", check=rules.check_may_own)
def clauses(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List every clause by section, with its state, and work in progress."""
    now = writing(visit.on)
    form = ChangesForm(
        request.POST or None,
        initial={"words": now.coming.material_changes if now.coming else ""},
    )
    if request.method == "POST" and form.is_valid():
        own_policy.say_what_changed(
            by=visit.person, at=visit.at, words=form.cleaned_data["words"], seen=request.POST.get("seen", "")
        )
        return done(request, _("Summary saved."), "own-clauses")
    states, ahead = now.states(), now.ruled_ahead()
    sections: dict[str, list[dict[str, Any]]] = {}
    for clause in now.text.clauses.values():
        kind, words = _state(now, clause, states, ahead)
        sections.setdefault(clause.section, []).append({"clause": clause, "kind": kind, "state": words})
    shown = [row for rows in sections.values() for row in rows]
    context = {
        "now": now,
        "form": form,
        "sections": list(sections.items()),
        "count": len(shown),
        "few": FEW,
        "only_text": sum(row["state"] in (STATES["text"][1], NEW[False][1]) for row in shown),
    }
    return render(request, "policy/own/clauses.html", context, status=422 if form.is_bound else 200)


def _state(now: Writing, clause: Clause, states: dict[str, Any], ahead: frozenset[str]) -> tuple[str, Any]:
    if clause.id not in now.text.clauses:
        return REMOVED
    was = now.pack.clauses.get(clause.id)
    if now.ahead or was is None or was.says != clause.says:
        return NEW[clause.id in ahead]
    return STATES[states[clause.id]]


SAVED = _("Saved. It counts once the interpretation is signed.")


@page(place="policy", check=rules.check_may_own)
def clause(request: HttpRequest, visit: Visit, clause: str) -> HttpResponseBase:
    """One clause: its text, and its rules as sentences."""
    now = writing(visit.on).about(clause)
    coming = now.text.clauses.get(clause)
    found = clause_of(now.pack, clause)
    in_force = not now.ahead
    if request.method == "POST":
        if not now.rules(clause):
            aside = request.POST.get("aside") == "yes"
            own_policy.say_aside(
                by=visit.person, at=visit.at, clause=clause, aside=aside, edition=edition_of(request)
            )
            return done(request, SAVED, "own-clause", clause)
        said = numbers_in(request.POST.getlist("sentence"))
        own_policy.say_in_full(
            by=visit.person, at=visit.at, clause=clause, sentences=said, edition=edition_of(request)
        )
        return done(request, SAVED, "own-clause", clause)
    in_full = {words for one in now.rules(clause) for words in one.get("in_full", ())}
    context = {
        "now": now,
        "clause": found,
        "coming": coming if coming and in_force and coming.says != found.says else None,
        "in_force": in_force,
        "strength": MODALITIES[found.modality],
        "group": GROUPS.get(found.actor, ""),
        "state": _state(now, found, now.states(), now.ruled_ahead()),
        "removed": coming is None,
        "rules": [
            {"number": number, "words": rule_in_words(one, now.pack.clauses), "text": as_text([one])}
            for number, one in enumerate(now.rules(clause), start=1)
        ],
        "kinds": now.kept_by_kind(clause),
        "sentences": [(one, one in in_full, left_out(now, found, one)) for one in found.sentences],
        "may_be_aside": may_be_aside(found),
        "aside": clause in now.meant.asides,
        **offered_for(now, found),
    }
    return render(request, "policy/own/clause.html", context)


@page(place="policy", check=rules.check_may_own)
def new(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Add a clause to the version that is being prepared."""
    return _write(request, visit, writing(visit.on), None)


@page(place="policy", check=rules.check_may_own)
def words(request: HttpRequest, visit: Visit, clause: str) -> HttpResponseBase:
    """Change the text of a clause in the version that is being prepared."""
    now = writing(visit.on)
    return _write(request, visit, now, clause_of(now.text, clause))


@page(place="policy", check=rules.check_may_own)
def remove(request: HttpRequest, visit: Visit, clause: str) -> HttpResponseBase:
    """Take a clause out of the version that is being prepared, or put it back."""
    now = writing(visit.on)
    found = now.text.clauses.get(clause) or clause_of(now.pack, clause)
    removed = clause not in now.text.clauses
    refused: BadInput | None = None
    if request.method == "POST":
        do = own_policy.restore_clause if removed else own_policy.remove_clause
        try:
            version = do(by=visit.person, at=visit.at, clause=clause, seen=request.POST.get("seen", ""))
        except BadInput as error:
            refused = error
        else:
            if version is None:
                told = _("The next version was the same as the one in force, so it has been withdrawn.")
            else:
                told = _("Clause restored.") if removed else _("Clause removed from the next version.")
            return done(request, told, "own-clauses")
    context = {
        "clause": found,
        "now": now,
        "removed": removed,
        "in_force": clause in now.pack.clauses,
        "refused": list(refused.fields.values()) if refused else [],
    }
    return render(request, "policy/own/remove.html", context, status=422 if refused else 200)


def _write(request: HttpRequest, visit: Visit, now: Writing, clause: Clause | None) -> HttpResponseBase:
    form = ClauseForm(request.POST or None, roles=now.text.roles, clause=clause)
    had = now.about(clause.id).rules(clause.id) if clause else []
    if request.method == "POST" and form.is_valid():
        try:
            _version, key = own_policy.keep_clause(
                by=visit.person,
                at=visit.at,
                words=form.words(),
                clause=clause.id if clause else "",
                seen=request.POST.get("seen", ""),
            )
        except BadInput as error:
            form.refuse(error)
        else:
            told = _("Saved in the next version. It applies once that is adopted.")
            warns = clause is not None and bool(had) and form.words().says.split() != clause.says.split()
            if warns and writing(visit.on).about(key).rules(key):
                told = _("Saved in the next version. Check that its rules still say the same.")
            elif warns:
                told = _(
                    "Saved in the next version. Its rules no longer fit and won’t apply "
                    "there. Set them again."
                )
            return done(request, told, "own-clause", key, warns=warns)
    context = {
        "form": form,
        "clause": clause,
        "now": now,
        "sections": list(dict.fromkeys(one.section for one in now.text.clauses.values())),
    }
    return render(request, "policy/own/words.html", context, status=422 if form.is_bound else 200)


NEW_ROLE = "new"
"""In the address of a role that is to be added."""


class NamedRoleForm(RoleForm):
    """A role as the policy names it, and what its holders may do."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_("As the policy calls it. Clauses keep their own words."),
        max_length=100,
    )
    field_order = ("name", "capacities")


class RemoveForm(SchoolForm):
    """Where the holders of a removed role go."""

    to = forms.ChoiceField(label=_("What about people with this role?"), required=False)

    def __init__(self, data: Any, *, others: Sequence[Role]) -> None:
        super().__init__(data)
        moves = [(one.key, gettext("They move to: {role}").format(role=one.name)) for one in others]
        ends = ("", gettext("Their role ends when the version comes into force"))
        self.fields["to"].choices = [ends, *moves]  # type: ignore[attr-defined]


@page(place="policy", check=rules.check_may_own)
def roles(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """List the roles; add one, rename it, change what it may do, or remove it (`?role=`)."""
    now = writing(visit.on)
    key = request.GET.get("role", "")
    found = next((one for one in now.text.roles if one.key == key), None)
    if key and key != NEW_ROLE and found is None:
        raise NotFound
    removing = request.POST.get("act") == "remove"
    form = NamedRoleForm(None if removing else request.POST or None, initial=_initial(found))
    seen = request.POST.get("seen", "")
    others = [one for one in now.text.roles if one != found]
    removal = RemoveForm(request.POST if removing else None, others=others)
    if removing and found is not None:
        if removal.save(
            lambda said: own_policy.remove_role(
                by=visit.person, at=visit.at, key=found.key, seen=seen, **said
            )
        ):
            return done(request, gettext("Role removed from the next version."), "own-roles")
    elif request.method == "POST" and form.save(
        lambda said: own_policy.keep_role(
            by=visit.person, at=visit.at, key=found.key if found else "", seen=seen, **said
        )
    ):
        return done(
            request, gettext("Saved in the next version. It applies once that is adopted."), "own-roles"
        )
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


urlpatterns = [
    path("policy/clauses/roles", roles, name="own-roles"),
    path("policy/clauses", clauses, name="own-clauses"),
    path("policy/clauses/new", new, name="own-clause-new"),
    path("policy/clauses/<slug:clause>", clause, name="own-clause"),
    path("policy/clauses/<slug:clause>/text", words, name="own-clause-text"),
    path("policy/clauses/<slug:clause>/remove", remove, name="own-clause-remove"),
]
