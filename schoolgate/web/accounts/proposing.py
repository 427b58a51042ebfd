"""Writing a proposal page by page, changing it while it waits, and trying a second time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import proposals, proposing
from schoolgate.accounts.models import Proposal
from schoolgate.accounts.papers import FormPage, asked_pages, form_pages, paper_of
from schoolgate.accounts.proposal_form import OWN, people_in, said_of
from schoolgate.accounts.proposals import propose_facts
from schoolgate.accounts.proposing import Change
from schoolgate.core.errors import BadInput, NotFound, Refused
from schoolgate.core.models import School
from schoolgate.policy.asking import verdict
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import PolicyInForce, in_force
from schoolgate.rulebook import Decision
from schoolgate.web.accounts.proposal import (
    context_of,
    idea_of,
    rest_of,
    rows_by_page,
    shown_differences,
    tasks_of,
    title_of,
)
from schoolgate.web.accounts.proposal_form import POINT, ProposalForm, asked_by
from schoolgate.web.frame import wording
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import MOST_PEOPLE, form_page
from schoolgate.web.frame.paging import numbers_in
from schoolgate.web.frame.shown import ShownVerdict

Given = Mapping[str, Any]


@page(place="accounts", capacity="propose_account")
def start(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The first page of a proposal. Nothing is saved before it has a name."""
    if request.method == "POST" and not request.POST.keys() - {"csrfmiddlewaretoken"}:
        return redirect("proposal-new")  # the button of a page that was open before
    policy = in_force(visit.on)
    schools = list(School.objects.order_by("name")[:2])
    planned = Proposal(
        by=visit.person,
        started_at=visit.at,
        saved_at=visit.at,
        school=schools[0] if len(schools) == 1 else None,
    )
    pages = form_pages(policy.book)
    form = _form(request, visit, planned, policy, pages[:1])
    saved = form.save(lambda typed: _begin(visit, form, typed["school"]))
    if saved:
        return _go_on(request, saved.value, policy, pages[0])
    return form_page(request, "accounts/proposal_part.html", form, _page_shown(form, pages[0], policy))


def _begin(visit: Visit, form: ProposalForm, school: School | None) -> Proposal:
    proposal = proposing.start_proposal(by=visit.person, at=visit.at, school=school)
    return proposing.save_proposal(proposal=proposal, by=visit.person, at=visit.at, **form.given())


@page(methods=("POST",), capacity="propose_account")
def again(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Begin a second try with the words of a refused proposal."""
    refused = proposals.proposal_for(visit.person, pk, on=visit.on)
    proposal = proposing.start_proposal(by=visit.person, at=visit.at, second_try_of=refused)
    return redirect("proposal", proposal.pk)


@page(place="accounts")
def edit(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The whole form: shown as the task list on the draft's page; what is sent here is saved all the same."""
    proposal = proposals.proposal_for(visit.person, pk, on=visit.on)
    proposals.check_own_draft(visit.person, proposal)
    if request.method != "POST":
        return redirect("proposal", pk)
    policy = in_force(visit.on)
    pages = form_pages(policy.book)
    form = _form(request, visit, proposal, policy, pages)
    _save(form, proposal, visit)
    if not form.errors:
        return done(request, _("Proposal saved."), "proposal", pk)
    shown = _first_wrong(form, pages)
    context = {**_page_shown(form, shown, policy), "proposal": proposal}
    return form_page(request, "accounts/proposal_part.html", form, context)


@page(place="accounts")
def one_part(request: HttpRequest, visit: Visit, pk: int, part: str) -> HttpResponseBase:
    """One page of the form, saved on its own. What can be used is saved; the rest stays as it was typed."""
    proposal = proposals.proposal_for(visit.person, pk, on=visit.on)
    proposals.check_own_draft(visit.person, proposal)
    policy = in_force(visit.on)
    pages = asked_pages(policy.book, proposal.answers)
    shown = _page_of(pages, part)
    if shown is None:  # the policy changed since the link was made, or nothing is asked there now
        return redirect("proposal", pk)
    form = _form(request, visit, proposal, policy, [shown])
    if request.method == "POST":
        _save(form, proposal, visit)
        if not form.errors:
            return _go_on(request, proposal, policy, shown)
    context = {
        **_page_shown(form, shown, policy),
        "proposal": proposal,
        "tasks": tasks_of(proposal, policy.book, _answer(proposal, policy, visit)),
        "then": "check" if request.GET.get("then") == "check" else "",
    }
    return form_page(request, "accounts/proposal_part.html", form, context)


@page(place="accounts")
def check(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """All answers before they are sent, each with the way back to its page, and what is still missing."""
    proposal = proposals.proposal_for(visit.person, pk, on=visit.on)
    proposals.check_own_draft(visit.person, proposal)
    policy = in_force(visit.on)
    decision = _answer(proposal, policy, visit)
    tasks, rows = tasks_of(proposal, policy.book, decision), rows_by_page(proposal, policy.book)
    context = {
        "missing": sum(len(task.missing) for task in tasks),
        "answers": [(task, rows[task.key]) for task in tasks],
        "verdict": rest_of(decision, tasks, wording.verdict(decision, at=visit.at)),
        "idea": idea_of(proposal, policy, visit),
    }
    return render(request, "accounts/proposal_check.html", {**context_of(proposal, visit), **context})


@page(methods=("POST",))
def save(request: HttpRequest, visit: Visit, pk: int, part: str) -> HttpResponseBase:
    """Save what was typed on a page so far, after a pause or when it is left, and return the line that says
    so."""
    proposal = proposals.proposal_for(visit.person, pk, on=visit.on)
    proposals.check_own_draft(visit.person, proposal)
    policy = in_force(visit.on)
    shown = _page_of(form_pages(policy.book), part)
    if shown is None:
        raise NotFound
    form = _form(request, visit, proposal, policy, [shown])
    _save(form, proposal, visit)
    answer = render(request, "accounts/_saved.html", {"form": form, "proposal": proposal, "by_itself": True})
    answer["X-Saved"] = "yes"  # tells the script that this is the saved page and not another one in its place
    return answer


@page(place="accounts")
def change(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Change a waiting proposal, page by page, and save all pages at once.

    Signatures that would become invalid are shown before anything is saved.
    """
    proposal = proposals.proposal_for(visit.person, pk, on=visit.on)
    proposals.check_own_waiting(visit.person, proposal)
    policy = in_force(visit.on)
    changing = Changing(request, visit, proposal, policy)
    if request.method != "POST":
        return changing.page(request.GET.get("part", ""))
    form = changing.form
    sound = form.is_valid()
    if go := request.POST.get("go", ""):
        return changing.page(go)
    if not sound:
        return changing.page(_first_wrong(form, changing.pages).key, status=422)
    given = form.given()
    try:
        told = proposing.would_change(proposal=proposal, by=visit.person, at=visit.at, given=given)
        if not told.fields:
            return done(request, _("Nothing has changed."), "proposal", pk)
        if told.falling and "sure" not in request.POST:
            return _sure(request, visit, proposal, policy, told)
        proposing.change_proposal(
            proposal=proposal,
            by=visit.person,
            at=visit.at,
            falling=numbers_in(request.POST.getlist("falling")),
            **given,
        )
    except BadInput as error:
        form.refuse(by_field(error))
        return changing.page(_first_wrong(form, changing.pages).key, status=422)
    except Refused as error:  # already saved as evidence; what was typed is shown again with the answer
        refused = (
            wording.kept_verdict(error.kept, at=visit.at) if isinstance(error.kept, DecisionRecord) else None
        )
        return changing.page(request.POST.get("page", ""), refused=refused, status=409)
    return done(request, _("Changes saved."), "proposal", pk)


class Changing:
    """A proposal on its way to be changed: what was typed on other pages is carried along, unsaved."""

    def __init__(self, request: HttpRequest, visit: Visit, proposal: Proposal, policy: PolicyInForce) -> None:
        self.request, self.visit, self.proposal, self.policy = request, visit, proposal, policy
        self.every = form_pages(policy.book)
        named = request.POST.getlist("opened")
        self.pages = [one for one in self.every if one.key in named] or self.every
        self.form = _form(request, visit, proposal, policy, self.pages)

    def page(self, key: str, *, refused: ShownVerdict | None = None, status: int = 200) -> HttpResponseBase:
        """One page of the form, or the list of pages where none is named."""
        typed = self.request.method == "POST"
        answers = self.form.given()["answers"] if typed else self.proposal.answers
        pages = asked_pages(self.policy.book, answers)
        shown = _page_of(pages, key) or (pages[0] if typed else None)
        opened = [page.key for page in self.pages] if typed else []
        form = self.form
        if shown is not None and shown.key not in opened:
            people = _people(self.policy, self.proposal)
            book = self.policy.book
            form = ProposalForm(
                book=book,
                people=people,
                proposal=self.proposal,
                pages=[shown],
                answers=answers,
                on=self.visit.on,
            )
        listed = [(page.key, *title_of(page, self.policy.book)) for page in pages]
        context = {
            "form": form,
            "proposal": self.proposal,
            "changing": True,
            "listed": listed,
            "refused": refused,
            "opened": dict.fromkeys([*opened, *([shown.key] if shown else [])]),
            "carried": self._carried(shown) if shown else [],
            **(_page_shown(form, shown, self.policy) if shown else {}),
        }
        name = "accounts/proposal_part.html" if shown else "accounts/proposal_change.html"
        return render(self.request, name, context, status=status)

    def _carried(self, shown: FormPage) -> list[tuple[str, str]]:
        """Return what was typed on the other pages, as hidden fields."""
        if self.request.method != "POST":
            return []
        others = [page for page in self.pages if page.key != shown.key]
        names = (
            set(_form(self.request, self.visit, self.proposal, self.policy, others).fields)
            if others
            else set()
        )
        return [
            (name, value)
            for name, values in self.request.POST.lists()
            for value in values
            if name in names or name.rpartition("_")[0] in names
        ]


def _save(form: ProposalForm, proposal: Proposal, visit: Visit) -> None:
    form.is_valid()
    given = form.given()
    try:
        proposing.save_proposal(proposal=proposal, by=visit.person, at=visit.at, **given)
    except BadInput as error:
        # Show beside its field what the action cannot use, and save the rest all the same.
        form.refuse(by_field(error))
        proposal.refresh_from_db()
        usable = _without(given, error, proposal)
        proposing.save_proposal(proposal=proposal, by=visit.person, at=visit.at, **usable)


def _without(given: Given, error: BadInput, proposal: Proposal) -> dict[str, Any]:
    """The fields with what was saved before in place of what cannot be used."""
    wrong = set(error.fields)
    answers = {
        key: proposal.answers.get(key) if key in wrong or "answers" in wrong else value
        for key, value in given["answers"].items()
    }
    considered = proposal.considered if wrong & set(given["considered"]) else given["considered"]
    own = {key: value for key, value in given.items() if key in OWN and key not in wrong}
    return {**own, "answers": answers, "considered": considered}


def _form(
    request: HttpRequest, visit: Visit, proposal: Proposal, policy: PolicyInForce, pages: Sequence[FormPage]
) -> ProposalForm:
    people = _people(policy, proposal)
    typed = request.POST if request.method == "POST" else None
    return ProposalForm(typed, book=policy.book, people=people, proposal=proposal, pages=pages, on=visit.on)


def _page_shown(form: ProposalForm, shown: FormPage, policy: PolicyInForce) -> dict[str, Any]:
    """Return what every page of the form shows: its fields, its number of all, and what the policy says about
    them."""
    keys = [page.key for page in asked_pages(policy.book, form.answers)]
    title, quoted = title_of(shown, policy.book)
    return {
        "page": shown,
        "title": title,
        "quoted": quoted,
        "sections": form.sections_of(shown),
        "number": keys.index(shown.key) + 1 if shown.key in keys else 1,
        "count": len(keys),
        "asked_by": asked_by(shown, policy.book),
        "paper": paper_of(policy.book),
    }


def _page_of(pages: Sequence[FormPage], key: str) -> FormPage | None:
    return next((page for page in pages if page.key == key), None)


def _first_wrong(form: ProposalForm, pages: Sequence[FormPage]) -> FormPage:
    """The first page with something that cannot be used."""
    for one in pages:
        names = {part.field.name for section in form.sections_of(one) for part in section.parts}
        if names & form.errors.keys():
            return one
    return pages[0]


def _go_on(
    request: HttpRequest, proposal: Proposal, policy: PolicyInForce, shown: FormPage
) -> HttpResponseBase:
    """Redirect to where the button leads: the list, another page, this one with one more box, or the next
    one."""
    keys = [page.key for page in asked_pages(policy.book, proposal.answers)]
    go = request.POST.get("go", "")
    if "more" in request.POST:
        go = shown.key
    if go == "list":
        return redirect("proposal", proposal.pk)
    if go not in keys and go != "check":
        later = keys[keys.index(shown.key) + 1 :] if shown.key in keys else []
        go = later[0] if later else "check"
    if go == "check":
        return redirect("proposal-check", proposal.pk)
    return redirect("proposal-part", proposal.pk, go)


def _sure(
    request: HttpRequest, visit: Visit, proposal: Proposal, policy: PolicyInForce, told: Change
) -> HttpResponseBase:
    before = said_of(proposal)
    after = {**before, **{one.key: one.after for one in told.fields}}
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken"
    ]
    context = {
        "proposal": proposal,
        "changed": shown_differences(told.fields, policy.book, before, after),
        "falling": told.falling,
        "verdict": wording.verdict(told.said, at=visit.at) if told.said else None,
        "typed": typed,
    }
    return render(request, "accounts/proposal_sure.html", context)


def _answer(proposal: Proposal, policy: PolicyInForce, visit: Visit) -> Decision:
    return verdict("account.propose", propose_facts(proposal, policy, at=visit.at), on=visit.on)


def _people(policy: PolicyInForce, proposal: Proposal) -> list[tuple[int, str]]:
    """Return the people that the form offers: everyone here, and those it names already."""
    named = people_in(policy.book.proposal_form, proposal.answers)
    return proposals.people_offered(named, most=MOST_PEOPLE)


def by_field(error: BadInput) -> BadInput:
    """Return the same error with the form's own field names for the policy's points."""
    own = (*OWN, "answers")
    return BadInput({key if key in own else f"{POINT}{key}": words for key, words in error.fields.items()})


_ONE = "accounts/proposals/<int:pk>"
urlpatterns = [
    path("accounts/proposals/new", start, name="proposal-new"),
    path(f"{_ONE}/edit", edit, name="proposal-edit"),
    path(f"{_ONE}/edit/<slug:part>", one_part, name="proposal-part"),
    path(f"{_ONE}/edit/<slug:part>/save", save, name="proposal-save"),
    path(f"{_ONE}/check", check, name="proposal-check"),
    path(f"{_ONE}/change", change, name="proposal-change"),
    path(f"{_ONE}/again", again, name="proposal-again"),
]
