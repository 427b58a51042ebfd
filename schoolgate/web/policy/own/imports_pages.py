"""The sentences of an imported document in lists of about twenty, each with what it may be; one press saves
them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path, reverse

from schoolgate.core.errors import BadInput, NotFound
from schoolgate.policy import actions, rules
from schoolgate.policy.imports import LEAVE, TAKE, Pick
from schoolgate.policy.imports_ready import AND, ReadyOffer, ready_offers, say_it_all, together
from schoolgate.policy.models import PolicyImport
from schoolgate.policy.writing import Writing, writing
from schoolgate.rulebook.kinds import Modality
from schoolgate.rulebook.packs.model import ASIDE
from schoolgate.web.frame.doors import Visit, page
from schoolgate.web.frame.numbers import number_in
from schoolgate.web.policy.own.imports import WHY_NOT, Row, in_pages, rows_of
from schoolgate.web.policy.own.imports_forms import READY, RowForm

TAKE_ALL, LEAVE_ALL, BACK = "take-", "leave-", "back"
"""What the buttons beside *Save and continue* send; the place of the section on the page follows the first
two."""
FILLED = "filled"
"""What the button sends that chooses every ready rule which the words fill in: nothing is saved by it."""
OPEN = "sentence-"
"""What opens one sentence sends, before its number: what was chosen on the page is saved first."""


@dataclass(frozen=True)
class Met:
    """A sentence as it's met on the page. `form`: None where its clause is in the next version already;
    `chosen`: whether its ready rule was chosen with all that are filled in, and isn't saved yet."""

    row: Row
    form: RowForm | None
    chosen: bool = False

    @property
    def why_not(self) -> Any:
        """Why it is probably no clause."""
        return WHY_NOT.get(self.row.one.why_not, "")

    @property
    def in_a_row(self) -> bool:
        """Whether the answers are short: a clause or none, with no ready rule to read."""
        return self.form is not None and not self.form.offers


@page(place="policy", check=rules.check_may_own)
def sentences(request: HttpRequest, visit: Visit, number: int) -> HttpResponseBase:
    """Show a page of sentences, and save what each of them is."""
    now = writing(visit.on)
    row = PolicyImport.objects.first()
    pages = in_pages(rows_of(now, row)) if row else []
    if not 1 <= number <= len(pages):
        raise NotFound
    fills = request.POST.get("act") == FILLED
    met = [_met(now, one, request.POST or None, fills=fills) for one in pages[number - 1]]
    parts = _parts(met)
    forms = [one.form for one in met if one.form]
    if request.method == "POST" and not fills and not [one for one in forms if not one.is_valid()]:
        act = request.POST.get("act", "")
        try:
            actions.pick_sentences(by=visit.person, at=visit.at, picks=_picks(parts, act))
        except BadInput as error:
            forms[0].refuse(error)
        else:
            return _onward(act, number, len(pages))
    context = {
        "import": row, "number": number, "count": len(pages), "parts": parts,
        "forms": [one for one in forms if one.is_bound and one.errors],
        "chosen": sum(one.chosen for one in met),
        "can_be_chosen": sum(bool(one.form and filled_in(one.form)) for one in met if not one.chosen),
    }  # fmt: skip
    return render(request, "policy/own/import_page.html", context, status=422 if context["forms"] else 200)


def _met(now: Writing, row: Row, data: Any, *, fills: bool = False) -> Met:
    if row.taken:
        return Met(row, None)
    offers = ready_offers(now, row.one, row.pick if row.pick and row.pick.choice == TAKE else Pick("take"))
    form = RowForm(data, row=row, offers=offers, begins=begun_with(row, offers))
    if not fills:
        return Met(row, form)
    chosen = "" if form.has_changed() else filled_in(form)
    return Met(row, RowForm.as_sent(form, chosen), bool(chosen))


def filled_in(form: RowForm) -> str:
    """Return the choice of the ready rule that comes first and that the words of a sentence fill in, or of
    those about everyone it names; empty where there's none, or something is chosen already."""
    if form.initial["choice"] != TAKE or not form.offers:
        return ""
    some = together(form.offers) or form.offers[:1]
    if some[0].ready.modality is Modality.MAY:
        return ""  # what permits is chosen by itself
    return "" if some[0].open else READY + AND.join(one.ready.key for one in some)


def begun_with(row: Row, offers: Sequence[ReadyOffer]) -> str:
    """Return what a sentence is until someone says otherwise: a clause with the ready rule that says all of
    it, a clause, or none."""
    if row.pick is not None:
        return f"{READY}{row.pick.ready}" if row.pick.ready else ASIDE if row.pick.aside else row.pick.choice
    if row.one.why_not:
        return LEAVE
    whole = next((one.ready.key for one in offers[:1] if one.whole), "")
    if not whole and say_it_all(some := together(offers), row.says):
        whole = AND.join(one.ready.key for one in some)
    return f"{READY}{whole}" if whole else TAKE


def _parts(met: Sequence[Met]) -> list[tuple[str, list[Met]]]:
    return [(section, [*some]) for section, some in groupby(met, key=lambda one: one.row.one.section)]


def _picks(parts: Sequence[tuple[str, list[Met]]], act: str) -> Mapping[int, Pick]:
    """Return what each sentence is; `act` takes or leaves out all of one section, whatever was chosen, or
    opens one sentence: then only what was changed counts as looked at."""
    picks: dict[int, Pick] = {}
    for place, (_section, some) in enumerate(parts):
        for one in some:
            if one.form is None or (act.startswith(OPEN) and not one.form.has_changed()):
                continue
            pick = one.form.pick()
            if act == f"{LEAVE_ALL}{place}":
                pick = Pick("leave")
            elif act == f"{TAKE_ALL}{place}" and pick.choice == LEAVE:
                pick = one.form.taken()
            picks[one.row.number] = pick
    return picks


def _onward(act: str, number: int, count: int) -> HttpResponseBase:
    if act.startswith((TAKE_ALL, LEAVE_ALL)):
        return redirect("own-import-page", number)
    if act.startswith(OPEN):
        one = reverse("own-import-sentence", args=[number_in(act.removeprefix(OPEN))])
        return redirect(f"{one}?page={number}")
    if act == BACK:
        return redirect("own-import-page", max(1, number - 1))
    return redirect("own-import-page", number + 1) if number < count else redirect("own-import")


urlpatterns = [path("policy/import/page/<int:number>", sentences, name="own-import-page")]
