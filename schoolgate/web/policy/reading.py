"""How the policy is interpreted here: the owner chooses where its words leave something open, tries the
choices on past decisions, and signs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.people.rules import can
from schoolgate.policy import actions, queries, rules
from schoolgate.policy.books import changes_of, pack_of
from schoolgate.policy.choices import working_day_choice
from schoolgate.policy.models import ReadingDraft
from schoolgate.policy.queries import PolicyInForce
from schoolgate.policy.taking_over import choices_for
from schoolgate.rulebook.readings import Changes, differences
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm, form_page
from schoolgate.web.frame.numbers import small_in
from schoolgate.web.policy.choices import CHOICE_ACTS, choices_shown, choose
from schoolgate.web.policy.reading_forms import ReadingForm, RoleForm, WordingForm
from schoolgate.web.policy.reading_shown import (
    asked_of,
    difference_in_words,
    left_in_words,
    row_of,
    tried_in_words,
)
from schoolgate.web.policy.rehearsal import beside

SIGNED = _("Interpretation signed. It applies from now on.")


@page(place="policy")
def reading(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The reading in force, and the next one while its owner is at it."""
    draft = queries.draft_of(queries.in_force(visit.on).version)
    if request.method == "POST":
        return _act(request, visit, draft)
    return _show(request, visit, draft)


@page(place="policy", check=rules.check_may_own, methods=("GET", "HEAD"))
def trial(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show how far the trial of the next interpretation is: the part of its page that changes meanwhile."""
    policy = queries.in_force(visit.on)
    draft = queries.draft_of(policy.version)
    if draft is None or not request.headers.get("HX-Request"):
        return redirect("reading")
    shown = {**_drafted(policy, draft), **beside(visit, "reading"), "oob": True}
    return render(request, "policy/_trial.html", shown)


def _act(request: HttpRequest, visit: Visit, draft: ReadingDraft | None) -> HttpResponseBase:
    """One of the buttons of the page."""
    act = request.POST.get("act", "")
    who: Mapping[str, Any] = {"by": visit.person, "at": visit.at}
    if act in CHOICE_ACTS:
        chosen = choose(request, visit, act)
        return _show(request, visit, draft, choice=chosen) if isinstance(chosen, SchoolForm) else chosen
    if act == "start":
        actions.start_draft(**who)
        return redirect("reading")
    if act == "sign" and draft is None:
        actions.sign_reading(**who)
        return done(request, SIGNED, "reading")
    if draft is None or act not in ("save", "try", "stop", "sign", "drop"):
        raise NotFound
    edition = small_in(request.POST.get("edition", "")) or 0
    if act == "drop":
        actions.drop_draft(**who, draft=draft)
        return done(request, _("Draft interpretation discarded."), "reading")
    if act == "stop":
        actions.stop_trying(**who, draft=draft, edition=edition)
        return done(request, _("Stopped. Nothing was changed."), "reading")
    try:
        if act == "sign":
            actions.sign_draft(**who, draft=draft, edition=edition)
            return done(request, SIGNED, "reading")
        if act == "try":
            actions.try_draft(**who, draft=draft, edition=edition)
            return redirect("reading")
    except BadInput as error:
        return _show(request, visit, draft, refused=error)
    form = ReadingForm(
        request.POST,
        asked=asked_of(pack_of(draft.version)),
        changes=changes_of(draft.changes),
        because=draft.because,
    )
    if form.save(
        lambda typed: actions.save_draft(
            **who,
            draft=draft,
            edition=edition,
            changes=form.changes(changes_of(draft.changes)),
            because=typed["because"],
        )
    ):
        return done(request, _("Saved. Now see what changes."), "reading")
    return _show(request, visit, draft, form=form)


def _show(
    request: HttpRequest,
    visit: Visit,
    draft: ReadingDraft | None,
    *,
    form: ReadingForm | None = None,
    choice: SchoolForm | None = None,
    refused: BadInput | None = None,
) -> HttpResponseBase:
    policy = queries.in_force(visit.on)
    now = changes_of(policy.reading.changes)
    owner = can(rules.check_may_own, visit.person, on=visit.on)
    asked = asked_of(pack_of(policy.version))
    before, *earlier = queries.readings_of(policy.version)
    days = working_day_choice(on=visit.on)
    rows = [row_of(one, now, days) for one in asked]
    context: dict[str, Any] = {
        "policy": policy,
        "chosen": [row for row in rows if row["value"]],
        "not_chosen": [row for row in rows if not row["value"]],
        "reading": before,
        "earlier": earlier,
        "may_own": owner,
        "open_choices": choices_shown(visit, policy.book, may_own=owner, refused=choice),
        "draft": draft if owner else None,
        "refused": list(refused.fields.values()) if refused else [],
    }
    if owner and (draft or not policy.reading.signed_by_id):
        context |= beside(visit, "reading" if draft else "now")
    if draft is not None and owner:
        context |= _drafted(policy, draft)
        context["form"] = form or ReadingForm(
            None, asked=asked, changes=changes_of(draft.changes), because=draft.because
        )
    refused_here = refused or choice or (form is not None and form.is_bound)
    status = 422 if refused_here else 200
    return render(request, "policy/reading.html", context, status=status)


def _drafted(policy: PolicyInForce, draft: ReadingDraft) -> dict[str, Any]:
    """The next reading: what it changes, what a trial of it has found so far, and what was carried over."""
    pack = pack_of(policy.version)
    now, after = changes_of(policy.reading.changes), changes_of(draft.changes)
    before = queries.version_before(policy.version) if draft.based_on.signed_by_id is None else None
    fits, left = choices_for(before, policy.version) if before else (Changes(), [])
    carried = bool(left) or not (fits.nothing or after.nothing)
    return {
        "draft": draft,
        "changes": [difference_in_words(one, pack) for one in differences(pack, now, after)],
        "tried": tried_in_words(draft),
        "carried_from": before if carried else None,
        "left": [left_in_words(one, pack_of(before)) for one in left] if before else [],
    }


@page(place="policy", check=rules.check_may_own)
def part(request: HttpRequest, visit: Visit, what: str, key: str) -> HttpResponseBase:
    """Change one part of the next interpretation: a clause's exact wording, or what a role may do here."""
    policy = queries.in_force(visit.on)
    clause = policy.book.clauses.get(key) if what == "words" else None
    role = next((one for one in policy.book.roles if one.key == key), None) if what == "roles" else None
    form: SchoolForm
    if clause is not None:
        form = WordingForm(request.POST or None, initial={"words": clause.wording})
    elif role is not None:
        # A role that may do nothing sends no box at all.
        sent = request.POST if request.method == "POST" else None
        form = RoleForm(sent, initial={"capacities": sorted(role.capacities)})
    else:
        raise NotFound

    def save(typed: Mapping[str, Any]) -> None:
        draft = actions.start_draft(by=visit.person, at=visit.at)
        changes = changes_of(draft.changes).model_dump(mode="json")
        if clause is not None:
            changes["wordings"][key] = typed["words"].strip()
            changes["wordings"] = {one: text for one, text in changes["wordings"].items() if text}
        else:
            packaged = next(one for one in pack_of(policy.version).roles if one.key == key)
            changes["roles"][key] = sorted(typed["capacities"])
            if changes["roles"][key] == sorted(packaged.capacities):
                del changes["roles"][key]
        actions.save_draft(
            by=visit.person,
            at=visit.at,
            draft=draft,
            edition=draft.edition,
            changes={name: value for name, value in changes.items() if value},
            because=draft.because,
        )

    if form.save(save):
        told = _("Saved for the next interpretation. It applies once you sign that.")
        return done(request, told, "reading")
    return form_page(request, "policy/part.html", form, {"clause": clause, "role": role})


urlpatterns = [
    path("policy/reading", reading, name="reading"),
    path("policy/reading/trial", trial, name="reading-trial"),
    path("policy/reading/<slug:what>/<slug:key>", part, name="reading-part"),
]
