"""Handing over an account: its page, asking a person to take a part in it and their answer, each person's
step, and what other pages show of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import access, care, connecting, handover_facts, opening
from schoolgate.accounts.access import account_for
from schoolgate.accounts.care import names_here, offer_by_id, offers_of, team_names
from schoolgate.accounts.handover import check_may_run, check_still_open, end_handover, name_successor
from schoolgate.accounts.handover_facts import last_day, leading, person_added_facts
from schoolgate.accounts.models import (
    Account,
    AccountState,
    Ends,
    Handover,
    HandoverState,
    Offer,
    OfferState,
    Part,
    RunBy,
    Taken,
)
from schoolgate.accounts.opening import ON_TRANSFER
from schoolgate.core.actions import together
from schoolgate.core.errors import NotFound
from schoolgate.people.models import Person
from schoolgate.people.queries import person as person_by_id
from schoolgate.people.rules import can
from schoolgate.policy.asking import verdict
from schoolgate.policy.queries import in_force
from schoolgate.rulebook import Book
from schoolgate.rulebook.kinds import Outcome
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm, at, form_page
from schoolgate.web.frame.parts import PagePart, on_account_page
from schoolgate.web.frame.shown import ShownClause

MOST_PEOPLE = 300
NOTHING = "nothing"
TAGS = {
    HandoverState.OPEN: "wait",
    HandoverState.TRANSFERRED: "good",
    HandoverState.CLOSED: "",
    HandoverState.STAYS: "good",
    HandoverState.TAKEN_BACK: "",
}


class SuccessorForm(SchoolForm):
    """The new lead of an account."""

    policy_help = {"person": (at("account.lead_left", "handover", "handover_result", "looked_after"),)}

    person = forms.TypedChoiceField(label=_("Who will be responsible for the account?"), coerce=int)

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", _("Choose")), *people]  # type: ignore[attr-defined]


class TakenForm(SchoolForm):
    """What the leaver would take along, where the policy covers it."""

    policy_help = {"keeps": (at("account.lead_left", "stays_with_school"),)}

    keeps = forms.MultipleChoiceField(
        label=_("Would the person leaving take any of this with them?"),
        choices=[*Taken.choices, (NOTHING, _("Nothing: it all stays with the school"))],
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_keeps(self) -> list[str]:
        """The things; an empty list for nothing at all."""
        said: list[str] = self.cleaned_data["keeps"]
        if NOTHING in said and len(said) > 1:
            raise forms.ValidationError(_("Choose what is being taken, or choose nothing."))
        return [one for one in said if one != NOTHING]


@dataclass(frozen=True)
class Step:
    """One step of a handover: what, and whether it is done. `who`: names, never translated."""

    says: str | Promise
    done: bool
    who: str = ""


@page(place="accounts")
def handover(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show who leaves, who runs the handover, what is done and what is left; handle the runner's actions."""
    found = handover_facts.handover_for(visit.person, pk, on=visit.on)
    return _show(request, visit, found)


@page(place="accounts", methods=("POST",))
def successor(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Choose the new lead of the account."""
    found = handover_facts.handover_for(visit.person, pk, on=visit.on)
    form = SuccessorForm(request.POST, people=handover_facts.people_who_can_follow(found, limit=MOST_PEOPLE))
    if form.save(
        lambda typed: name_successor(
            handover=found,
            by=visit.person,
            at=visit.at,
            person=handover_facts.successor_by_id(found, typed["person"]),
        )
    ):
        return done(request, _("Saved. They’ll be asked for what the policy requires."), "handover", pk)
    return _show(request, visit, found, naming=form)


@page(place="accounts", methods=("POST",))
def end(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """End the handover: with a new team, closed (confirmed once more, because its keys are deleted), or
    continued by the people who stay."""
    found = handover_facts.handover_for(visit.person, pk, on=visit.on)
    ends, keeps = request.POST.get("ends", ""), None
    if ends not in Ends.values:
        raise NotFound
    if asks_what_is_taken(in_force(visit.on).book):
        form = TakenForm(request.POST)
        if not form.is_valid():
            return _show(request, visit, found, taken=form)
        keeps = form.cleaned_data["keeps"]
    shuts = ends == Ends.CLOSE and found.account.state != AccountState.CLOSED
    if shuts:
        check_still_open(found)
        check_may_run(visit.person, found, handover_facts.runners_of(found, on=visit.on), on=visit.on)
        if request.POST.get("sure") != "yes":
            sure = {"handover": found, "keeps": request.POST.getlist("keeps")}
            return render(request, "accounts/handover_sure.html", sure)
    with together(at=visit.at, by=visit.person):
        if shuts:
            connecting.close_account(account=found.account, by=visit.person, at=visit.at)
        end_handover(handover=found, by=visit.person, at=visit.at, ends=ends, keeps=keeps)
    return done(request, _("The handover has ended."), "handover", pk)


def asks_what_is_taken(book: Book) -> bool:
    """Return whether this policy says what a leaver may not take along."""
    return bool(book.at(handover_facts.SITUATION, "stays_with_school"))


def _show(
    request: HttpRequest,
    visit: Visit,
    found: Handover,
    naming: SuccessorForm | None = None,
    taken: TakenForm | None = None,
) -> HttpResponseBase:
    book = in_force(visit.on).book
    runners = handover_facts.runners_of(found, on=visit.on)
    is_open = found.state == HandoverState.OPEN
    runs = is_open and can(check_may_run, visit.person, found, runners, on=visit.on)
    staying = [one for one in leading(handover_facts.team_of(found.account)) if one.left_on is None]
    if runs and naming is None:
        people = handover_facts.people_who_can_follow(found, limit=MOST_PEOPLE)
        naming = SuccessorForm(people=people, initial={"person": found.successor_id})
    if runs and taken is None and asks_what_is_taken(book):
        taken = TakenForm()
    context = {
        "handover": found,
        "tag": TAGS[HandoverState(found.state)],
        "who_runs": who_runs(found.run_by, found.role_key, runners, book),
        "clauses": clauses_shown(found.clauses, book),
        "by_house": found.run_by == RunBy.HOUSE,
        "last_day": last_day_of(found),
        "staying": ", ".join(one.name for one in staying),
        "steps": _steps(found, visit),
        "verdict": _verdict(found, visit) if is_open else None,
        "runs": runs,
        "naming": naming,
        "taken": taken,
        "may_stay": runs and bool(staying) and not _must_change(book),
        "may_close": runs and can(access.check_may_open, visit.person, found.account, on=visit.on),
        "errors": next((form for form in (naming, taken) if form is not None and form.errors), None),
    }
    return render(request, "accounts/handover.html", context, status=422 if context["errors"] else 200)


def _verdict(found: Handover, visit: Visit) -> Any:
    facts = handover_facts.facts_of(found, at=visit.at)
    answer = verdict(handover_facts.SITUATION, facts, on=visit.on)
    return None if answer.outcome is Outcome.SILENT else wording.verdict(answer, at=visit.at)


def _steps(found: Handover, visit: Visit) -> list[Step]:
    ended = found.state in (HandoverState.TRANSFERRED, HandoverState.STAYS, HandoverState.CLOSED)
    steps = [Step(_("Someone is known to be leaving"), True, found.leaver.name)]
    if found.successor is not None:
        steps.append(Step(_("A new person responsible is named"), True, found.successor.name))
        if found.state == HandoverState.OPEN:
            steps += _proofs(found, found.successor, visit)
    elif found.state in (HandoverState.OPEN, HandoverState.TAKEN_BACK):
        steps.append(Step(_("A new person responsible is named"), False))
    ending = _("The account is handed over or closed")
    in_hands_of = found.successor if found.state == HandoverState.TRANSFERRED else None
    steps.append(
        Step(found.get_state_display() if ended else ending, ended, in_hands_of.name if in_hands_of else "")
    )
    return steps


PROOFS = (
    ("has_read", _("They confirm that they’ve read the policy")),
    ("has_understood", _("They confirm that they understand it")),
    ("trained", _("They have had the training")),
)


def _proofs(found: Handover, person: Person, visit: Visit) -> list[Step]:
    """Return what the policy requires of a new person in the account, each with whether it is there; nothing
    where it requires nothing."""
    policy = in_force(visit.on)
    if not policy.book.bound("account.person_added"):
        return []
    facts = person_added_facts(
        person, found.account, policy, by=visit.person, at=visit.at, occasion=ON_TRANSFER
    )
    runner = facts.person
    return [
        Step(says, bool(runner is not None and getattr(runner, fact)), person.name) for fact, says in PROOFS
    ]


def _must_change(book: Book) -> bool:
    return bool(book.at(handover_facts.SITUATION, "handover_result"))


def who_runs(run_by: str, role_key: str, runners: Sequence[Person], book: Book) -> dict[str, Any]:
    """Return who runs a handover, for a page: the policy's role in its own words, and the people."""
    named = [role.name for role in book.roles if role.key == role_key]
    return {
        "role": named[0] if named and run_by in (RunBy.ROLE, RunBy.HOUSE) else "",
        "people": ", ".join(one.name for one in runners),
    }


def clauses_shown(clauses: Sequence[str], book: Book) -> list[ShownClause]:
    """Return the clauses under which a person runs a handover."""
    federation, quote = wording.federation_of(book.key), wording.quote_from(book)
    return [
        wording.clause_shown(clause, basis="policy", federation=federation, quote=quote) for clause in clauses
    ]


def last_day_of(found: Handover) -> date | None:
    """The leaver's last day."""
    return last_day(found.left_on)


@on_account_page
def part_of_account(visit: Visit, account: Account) -> PagePart | None:
    """Return a card: the account is at risk, why, and who runs its handover."""
    waiting = handover_facts.open_handovers(account)
    if not waiting:
        return None
    book = in_force(visit.on).book
    inside = access.may_set_up(visit.person, account, on=visit.on)
    rows = []
    for each in waiting:
        runners = handover_facts.runners_of(each, on=visit.on)
        rows.append(
            {
                "handover": each,
                "last_day": last_day_of(each),
                "who_runs": who_runs(each.run_by, each.role_key, runners, book),
                "may_see": inside or visit.person in runners,
            }
        )
    return PagePart(
        "accounts/_handover.html",
        {"rows": rows, "at_risk": bool(handover_facts.at_risk([account], on=visit.on))},
        first=True,
    )


MOST_OFFERED = 500


class OfferForm(SchoolForm):
    """Who is asked, for which part, and who steps back then."""

    policy_help = {
        "part": (
            at(
                "account.decide",
                "staff_number",
                "administrator_number",
                "moderator_number",
                "approved_people",
            ),
        )
    }

    to = forms.ChoiceField(label=_("Person asked"))
    part = forms.ChoiceField(label=_("Role"), choices=Part.choices, widget=forms.RadioSelect)
    instead_of = forms.ChoiceField(label=_("Person stepping down after they accept"), required=False)

    def __init__(
        self, *args: Any, people: list[tuple[int, str]], team: list[tuple[int, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(pk), name) for pk, name in people]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]
        steps_back = [
            ("", _("No one steps down: they join the team")),
            *((str(pk), name) for pk, name in team),
        ]
        self.fields["instead_of"].choices = steps_back  # type: ignore[attr-defined]


@page(place="accounts")
def offers(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Ask a person to take a part, and show who was asked."""
    found = account_for(visit.person, pk)
    care.check_may_offer(visit.person, found, on=visit.on)
    form = OfferForm(
        request.POST or None,
        people=names_here(visit.on, limit=MOST_OFFERED),
        team=team_names(found),
        initial={"part": Part.LEAD},
    )
    if form.save(lambda typed: _ask(visit, found, typed)):
        return done(request, _("They’ll see it on their Today page and answer there."), "account-offers", pk)
    return form_page(request, "care/offers.html", form, {"account": found, "rows": offers_of(found)})


def _ask(visit: Visit, found: Account, typed: dict[str, Any]) -> Offer:
    return opening.offer_part(
        account=found,
        by=visit.person,
        at=visit.at,
        to=person_by_id(int(typed["to"])),
        part=typed["part"],
        instead_of=person_by_id(int(typed["instead_of"])) if typed["instead_of"] else None,
    )


@page(place="accounts")
def offer(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show what the person is asked to take on, and take their yes or no."""
    found = _offer(visit, pk)
    context = {
        "offer": found,
        "account": found.account,
        "mine": found.to_id == visit.person.pk and found.state == OfferState.WAITING,
        "may_withdraw": found.state == OfferState.WAITING
        and can(care.check_may_offer, visit.person, found.account, on=visit.on),
    }
    return render(request, "care/offer.html", context)


def _offer(visit: Visit, pk: int) -> Offer:
    found = offer_by_id(pk)
    if found.to_id != visit.person.pk and not can(
        care.check_may_offer, visit.person, found.account, on=visit.on
    ):
        raise NotFound
    return found


@page(methods=("POST",))
def accept(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take the part."""
    found = _offer(visit, pk)
    opening.accept_part(offer=found, by=visit.person, at=visit.at)
    return done(request, _("You’ve accepted this role."), "account", found.account_id)


@page(methods=("POST",))
def decline(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say no."""
    found = _offer(visit, pk)
    opening.decline_part(offer=found, by=visit.person, at=visit.at)
    return done(request, _("You’ve declined. Nothing changes."), "account-offer", pk)


@page(methods=("POST",))
def withdraw(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take it back before it is answered."""
    found = _offer(visit, pk)
    opening.withdraw_offer(offer=found, by=visit.person, at=visit.at)
    return done(request, _("Request withdrawn."), "account-offers", found.account_id)


urlpatterns = [
    path("accounts/handovers/<int:pk>", handover, name="handover"),
    path("accounts/handovers/<int:pk>/successor", successor, name="handover-successor"),
    path("accounts/handovers/<int:pk>/end", end, name="handover-end"),
    path("accounts/<int:pk>/offers", offers, name="account-offers"),
    path("accounts/offers/<int:pk>", offer, name="account-offer"),
    path("accounts/offers/<int:pk>/accept", accept, name="account-offer-accept"),
    path("accounts/offers/<int:pk>/decline", decline, name="account-offer-decline"),
    path("accounts/offers/<int:pk>/withdraw", withdraw, name="account-offer-withdraw"),
]
