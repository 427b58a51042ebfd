"""Proposals for accounts: the list, one of them, sending for approval, talking over, signing, returning,
deciding and withdrawing, letting people who aren't employed take part; and the filled form on paper, as a
sheet to print or as PDF, in either language.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from crispy_forms_gds.layout import Layout
from django import forms
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import include, path
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import deciding, proposals, proposing
from schoolgate.accounts.models import Proposal, ProposalState, Signature
from schoolgate.accounts.papers import paper_of, signing_parts
from schoolgate.accounts.proposal_form import deciders, differences, may_ask_for_approval, said_of
from schoolgate.core.documents import pdf_of
from schoolgate.core.errors import NotFound
from schoolgate.people.models import Person
from schoolgate.policy.queries import in_force
from schoolgate.rulebook import Book
from schoolgate.web.accounts.proposal import (
    APPROVES,
    TAGS,
    AllowForm,
    ShownDifference,
    context_of,
    parts_shown,
    shown_differences,
    shown_sections,
    shown_steps,
)
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import YES_NO, Drawing, SchoolForm, at, form_page, radios
from schoolgate.web.frame.paging import number_in, page_by_key
from schoolgate.web.frame.shown import day_in_words


@page(place="accounts")
def proposals_page(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """The proposals that I may see, newest first."""
    rows = proposals.proposals(visit.person, visit.on)
    found = page_by_key(rows, request.GET.dict(), by="started_at")
    context = {
        "page": found,
        "rows": [(row, TAGS[row.state]) for row in found.rows],
        "may_propose": "propose_account" in visit.capacities,
    }
    return render(request, "accounts/proposals.html", context)


@page(place="accounts")
def proposal(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show one proposal: its content, its status, what the policy says about it, and what the visitor can
    do."""
    found = proposals.proposal_for(visit.person, pk, on=visit.on)
    return render(request, "accounts/proposal.html", context_of(found, visit))


@page(methods=("POST",))
def submit(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Hand the proposal in."""
    found = proposals.proposal_for(visit.person, pk, on=visit.on)
    proposing.submit_proposal(proposal=found, by=visit.person, at=visit.at)
    if found.state == ProposalState.NOTED and may_ask_for_approval(in_force(visit.on).book):
        said = _("No rule says who approves an account. Read the policy’s clauses before you set it up.")
        return done(request, said, "proposal", pk)
    if found.state == ProposalState.NOTED:
        return done(
            request,
            _("Proposals need no approval under this policy. You can set up the account now."),
            "account",
            found.account.pk,
        )
    return done(request, _("Proposal sent for approval."), "proposal", pk)


@page(methods=("POST",))
def withdraw(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Take the proposal back."""
    found = proposals.proposal_for(visit.person, pk, on=visit.on)
    proposing.withdraw_proposal(proposal=found, by=visit.person, at=visit.at)
    return done(request, _("Proposal withdrawn."), "proposal", pk)


_ONE = "accounts/proposals/<int:pk>"


COVERED = ("aims", "content", "brand", "logo")


class DecideForm(SchoolForm):
    """Yes or no to a proposal, and why not."""

    policy_help = {
        "answer": (at("account.decide", "decider", "weighing", "order"),),
        "strong": (at("account.decide", "strong_reason"),),
    }

    answer = forms.ChoiceField(label=_("Your decision"), choices=[("yes", _("Approve")), ("no", _("Refuse"))])
    reason = forms.CharField(
        label=_("Reason for refusing"),
        help_text=_("The applicant will see this."),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        max_length=4000,
    )

    def __init__(self, *args: Any, asks_for_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks_for_reason:
            self.fields["strong"] = radios(
                _("Is there a strong reason for this account, as the policy asks?"), YES_NO
            )

    @property
    def to_approve(self) -> Drawing | None:
        """Return what a yes requires, drawn beside its button."""
        return self._only("strong") if "strong" in self.fields else None

    @property
    def to_refuse(self) -> Drawing:
        """Return what a no requires, drawn beside its button."""
        return self._only("reason")

    def _only(self, name: str) -> Drawing:
        drawn = Drawing(self)
        drawn.layout = Layout(name)
        return drawn

    def strong(self) -> bool | None:
        """Return the decider's judgement of the reason; None where it was not asked or not given."""
        return {"yes": True, "no": False}.get(self.cleaned_data.get("strong", ""))


class SignForm(SchoolForm):
    """The person's own part of the form: what their signature does not approve, if anything."""

    def __init__(self, *args: Any, approves: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(one, APPROVES[one]) for one in approves if one in COVERED]
        if choices:
            self.fields["leaves_out"] = forms.MultipleChoiceField(
                label=_("Is there anything you don’t approve with your signature?"),
                help_text=_("Leave blank to approve everything your part of the form covers."),
                choices=choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )


class SendBackForm(SchoolForm):
    """Why a form is not signed."""

    words = forms.CharField(
        label=_("Changes needed"),
        help_text=_("The applicant will see this."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=4000,
    )


def sign_and_see(
    found: Proposal, visit: Visit, book: Book, form: SignForm, back: SendBackForm
) -> dict[str, Any]:
    """Return what the page of the person's signature shows: changes since they last signed, otherwise
    everything."""
    step, role = proposals.part_to_sign(visit.person, found, book, on=visit.on)
    part = signing_parts(book).get(step)
    return {
        "form": form,
        "back_form": back,
        "role": role,
        "declaration": part.declaration if part else "",
        "approves": [APPROVES.get(one, one) for one in part.approves] if part else [],
        "changed": changed_since_signed(found, visit.person, step, book),
    }


def changed_since_signed(
    found: Proposal, person: Person, step: int, book: Book
) -> list[ShownDifference] | None:
    """Return what has changed since this person last signed this step; None where they had not."""
    rows = [row for row in found.signatures.all() if row.step == step and row.by_id == person.pk]
    last: Signature | None = rows[-1] if rows else None
    if last is None or last.edition is None:
        return None
    before, after = last.edition.said, said_of(found)
    return shown_differences(differences(before, after), book, before, after)


@page(place="accounts")
def sign(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Sign my part of the form, as it is shown here."""
    found = proposals.proposal_for(visit.person, pk, on=visit.on)
    book = in_force(visit.on).book
    if request.method != "POST":  # a signature that is not theirs is refused by the clause; a page needs none
        _step, role = proposals.part_to_sign(visit.person, found, book, on=visit.on)
        proposals.check_signs_as(visit.person, found, book, role, on=visit.on)
    form = _sign_form(found, visit, book, request.POST or None)
    if form.save(
        lambda typed: deciding.sign_proposal(
            proposal=found,
            by=visit.person,
            at=visit.at,
            seen=request.POST.get("seen", ""),
            leaves_out=typed.get("leaves_out", ()),
        )
    ):
        return done(request, _("Your part is signed."), "proposal", pk)
    return _sign_page(request, visit, found, form, SendBackForm())


@page(methods=("POST",))
def back(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Do not sign, and say why."""
    found = proposals.proposal_for(visit.person, pk, on=visit.on)
    form = SendBackForm(request.POST)
    if form.save(
        lambda typed: deciding.send_back(proposal=found, by=visit.person, at=visit.at, words=typed["words"])
    ):
        return done(request, _("Changes requested. The applicant will see your reason."), "proposal", pk)
    book = in_force(visit.on).book
    return _sign_page(request, visit, found, _sign_form(found, visit, book, None), form)


@page(methods=("POST",))
def talk(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that the author talked it over with me."""
    found = proposals.proposal_for(visit.person, pk, on=visit.on)
    deciding.record_talk(proposal=found, by=visit.person, at=visit.at, covers=request.POST.getlist("covers"))
    return done(request, _("Discussion recorded."), "proposal", pk)


@page(methods=("POST",))
def allow(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Allow a person named in the proposal to take their part, or end that."""
    found = proposals.proposal_for(visit.person, pk, on=visit.on)
    book = in_force(visit.on).book
    parts = proposals.people_to_allow(found, book, on=visit.on)
    number = number_in(request.POST.get("person", ""))
    person = next((one.person for one in parts if one.person.pk == number), None)
    if person is None:
        raise NotFound
    said: dict[str, Any] = {"proposal": found, "person": person, "by": visit.person, "at": visit.at}
    if "end" in request.POST:
        proposals.end_part(**said)
        return done(request, _("Permission withdrawn."), "proposal", pk)
    form = AllowForm(request.POST, prefix=f"person-{person.pk}")
    if form.save(lambda typed: proposals.allow_part(**said, to_day=typed["to_day"])):
        return done(request, _("Your permission has been recorded."), "proposal", pk)
    context = {**context_of(found, visit), "parts": parts_shown(found, book, visit, sent=form)}
    return form_page(request, "accounts/proposal.html", form, context)


@page(place="accounts")
def decide(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Say yes or no; the page shows all that the decision covers."""
    found = proposals.proposal_for(visit.person, pk, on=visit.on)
    policy = in_force(visit.on)
    proposals.check_may_decide(visit.person, found, policy.book, on=visit.on)
    form = DecideForm(request.POST or None, asks_for_reason=_asks_for_reason(policy.book))
    if form.save(
        lambda typed: deciding.decide_proposal(
            proposal=found,
            by=visit.person,
            at=visit.at,
            approve=typed["answer"] == "yes",
            seen=request.POST.get("seen", ""),
            reason=typed["reason"],
            reason_is_strong=form.strong(),
        )
    ):
        return done(request, _("Your decision has been saved."), "proposal", pk)
    return form_page(request, "accounts/decide.html", form, context_of(found, visit))


def _sign_form(found: Proposal, visit: Visit, book: Book, typed: Any) -> SignForm:
    step, _role = proposals.part_to_sign(visit.person, found, book, on=visit.on)
    part = signing_parts(book).get(step)
    return SignForm(typed, approves=part.approves if part else ())


def _sign_page(
    request: HttpRequest, visit: Visit, found: Proposal, form: SignForm, back: SendBackForm
) -> HttpResponseBase:
    book = in_force(visit.on).book
    context = {**context_of(found, visit), **sign_and_see(found, visit, book, form, back)}
    wrong = form.errors or back.errors
    return render(request, "accounts/sign.html", context, status=422 if wrong else 200)


def _asks_for_reason(book: Book) -> bool:
    return bool(book.at("account.decide", "strong_reason"))


LANGUAGES = {"en": "English", "cy": "Cymraeg"}


@page(place="accounts")
def paper(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The filled form on a sheet to print, as the policy's own paper has it."""
    found = proposals.proposal_for(visit.person, pk, on=visit.on)
    language = _language(request)
    with translation.override(language):
        others = [(key, name) for key, name in LANGUAGES.items() if key != language]
        shown = {**_sheet(found, visit), "others": others, "language": language}
        return render(request, "accounts/proposal_paper.html", shown)


@page(place="accounts")
def paper_as_pdf(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Return the same sheet as a PDF to save or send."""
    found = proposals.proposal_for(visit.person, pk, on=visit.on)
    language = _language(request)
    with translation.override(language):
        made = pdf_of("form", _as_text(_sheet(found, visit), language), at=visit.at)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="proposal-{found.pk}-{language}.pdf"'
    return answer


def _language(request: HttpRequest) -> str:
    asked = request.GET.get("language", "")
    return asked if asked in LANGUAGES else translation.get_language() or "en"


def _sheet(found: Proposal, visit: Visit) -> dict[str, Any]:
    book = in_force(visit.on).book
    return {
        "proposal": found,
        "paper": paper_of(book),
        "policy": book.meta,
        "sections": shown_sections(found, book, blank=True),
        "steps": shown_steps(found, book),
        "deciders": ", ".join(deciders(book)),
    }


def _as_text(sheet: dict[str, Any], language: str) -> dict[str, Any]:
    """The sheet as the template of the PDF takes it: texts and lists of texts."""
    form, found = sheet["paper"], sheet["proposal"]
    return {
        "language": language,
        "federation": sheet["policy"].federation,
        "printed": form is not None,
        "title": form.title if form else gettext("Account proposal"),
        "source": form.source if form else "",
        "note": (form.note or "") if form else "",
        "heads": [gettext("Question"), gettext("Answer")],
        "sections": [
            {
                "title": section.title,
                "printed": section.printed,
                "rows": [
                    {"label": row.label, "words": row.words, "section": row.section, "marks": list(row.marks)}
                    for row in section.rows
                ],
            }
            for section in sheet["sections"]
        ],
        "steps": [_signed(step) for step in sheet["steps"]],
        "stands": _how_it_stands(found, sheet["deciders"]),
        "words": {
            "approval": gettext("Approval"),
            "part": gettext("Part"),
            "name": gettext("Name"),
            "signature": gettext("Signature"),
            "date": gettext("Date"),
            "marked": gettext("(ticked)"),
        },
    }


def _signed(step: Any) -> dict[str, str]:
    given = step.signature
    how = gettext("Given in Schoolgate using their own sign-in (no. %(number)s)")
    return {
        "role": step.role,
        "approves": step.declaration or step.approves,
        "name": given.by.name if given else "",
        "how": how % {"number": given.pk} if given else "",
        "day": capfirst(day_in_words(step.day)) if step.day else "",
    }


def _how_it_stands(found: Proposal, deciding: str) -> str:
    state = str(found.get_state_display())
    if found.decided_by is not None:
        return f"{found.decided_by.name}: {state}"
    return f"{gettext('Decided by: %(deciders)s.') % {'deciders': deciding}} {state}" if deciding else state


urlpatterns = [
    path("accounts/proposals", proposals_page, name="proposals"),
    path("", include("schoolgate.web.accounts.proposing")),
    path(f"{_ONE}/paper", paper, name="proposal-paper"),
    path(f"{_ONE}/paper.pdf", paper_as_pdf, name="proposal-paper-pdf"),
    path(_ONE, proposal, name="proposal"),
    path(f"{_ONE}/submit", submit, name="proposal-submit"),
    path(f"{_ONE}/withdraw", withdraw, name="proposal-withdraw"),
    path(f"{_ONE}/sign", sign, name="proposal-sign"),
    path(f"{_ONE}/send-back", back, name="proposal-send-back"),
    path(f"{_ONE}/talk", talk, name="proposal-talk"),
    path(f"{_ONE}/allow", allow, name="proposal-allow"),
    path(f"{_ONE}/decide", decide, name="proposal-decide"),
]
