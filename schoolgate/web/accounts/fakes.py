"""Reported fake accounts, for staff: what was seen, who saw it, what is done, and what the public is told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts import unofficial
from schoolgate.accounts.connecting import register_address
from schoolgate.accounts.models import FAKE_STANDS, Fake, FakeNote, FakeState
from schoolgate.accounts.register import check_may_handle, fake_by_id, fakes, role_for
from schoolgate.accounts.unofficial import LONGEST_WORDS
from schoolgate.core import vault
from schoolgate.core.errors import BadInput, NotAllowed, NotFound
from schoolgate.people.confined import not_meant
from schoolgate.people.queries import Where as Place
from schoolgate.people.queries import assignments as assignments_of
from schoolgate.people.queries import book_of, roles_of
from schoolgate.web.accounts.register_wording import network_name
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm
from schoolgate.web.frame.pictures import sealed_picture, take_copy

TAGS = {"reported": "wait", "confirmed": "no", "gone": "good", "ours": "good", "left": ""}


END_IDS = "id_end_%s"
"""Two forms of the page ask for words."""


class EvidenceForm(SchoolForm):
    """What a person saw on the page."""

    words = forms.CharField(
        label=_("What do you see on the page?"),
        help_text=_("Include the date and time if it isn’t now. It’s stored securely with your name."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    picture = forms.FileField(
        label=_("Picture of the page"), help_text=_("JPEG, HEIC, PNG, WebP or AVIF."), required=False
    )


class ConfirmForm(SchoolForm):
    """Whether the public sees the address."""

    show_address = forms.ChoiceField(
        label=_("What should the public register show?"),
        choices=[
            ("yes", _("That there’s a fake account, and its address as text")),
            ("no", _("Only that there’s a fake account on this network, so that its address "
                     "isn’t spread")),
        ],
        initial="yes",
        widget=forms.RadioSelect,
    )  # fmt: skip


class ToldForm(SchoolForm):
    """The network's own number."""

    case = forms.CharField(
        label=_("The network’s reference number"),
        help_text=_("If you were given one."),
        max_length=100,
        required=False,
    )


class EndForm(SchoolForm):
    """How it ended."""

    to = forms.ChoiceField(
        label=_("Outcome"),
        choices=[
            (FakeState.GONE, FakeState.GONE.label),
            (FakeState.OURS, FakeState.OURS.label),
            (FakeState.LEFT, FakeState.LEFT.label),
        ],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Reason, in one sentence"),
        help_text=_("Required if we don’t act on it."),
        max_length=LONGEST_WORDS,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def mine(visit: Visit) -> QuerySet[Fake]:
    """Return the fakes that the person may handle, without those that may be about them. Reports may name
    a child, so no one else reads them."""
    seen = fakes().filter(not_meant("accounts.fake", visit.person))
    if "administer" in visit.capacities:
        return seen
    held = assignments_of(visit.person, on=visit.on, where=Place(anywhere=True)).values_list(
        "role_key", flat=True
    )
    return seen.filter(role_key__in=[key for key in held if key])


def handles(visit: Visit) -> bool:
    """Return whether the person handles reported fakes."""
    return "administer" in visit.capacities or mine(visit).exists()


def check_handles(visit: Visit) -> None:
    """Raise NotAllowed for people who handle no reported fakes."""
    if not handles(visit):
        raise NotAllowed(
            _("The people who look after people and roles here look into reported fake accounts."),
            _("Ask one of them."),
        )


def row(fake: Fake) -> dict[str, Any]:
    """Return a reported fake as a row of the list of unofficial pages."""
    return {
        "href": reverse("fake", args=[fake.pk]),
        "name": fake.reference,
        "network": network_name(fake.network),
        "school": fake.school,
        "at": fake.reported_at,
        "tag": TAGS[fake.state],
        "state": fake.get_state_display(),
    }


def _fake(visit: Visit, pk: int) -> Fake:
    found = fake_by_id(pk)
    check_may_handle(visit.person, found, on=visit.on)
    return found


@page(place="accounts")
def fake(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show one fake account: what was seen and done, and what to do next."""
    return _show(request, visit, _fake(visit, pk))


def _show(request: HttpRequest, visit: Visit, found: Fake, **given: Any) -> HttpResponseBase:
    book = book_of(visit.federation)
    role = role_for(found.role_key, book, on=visit.on)
    forms_here = {
        "evidence": EvidenceForm(),
        "confirm": ConfirmForm(),
        "told": ToldForm(),
        "end": EndForm(auto_id=END_IDS),
        **given,
    }
    context = {
        "fake": found,
        "network": network_name(found.network),
        "tag": TAGS[found.state],
        "notes": [_note(note) for note in found.notes.select_related("by").order_by("id")],
        "stands": found.state in FAKE_STANDS,
        "confirmed": found.state == FakeState.CONFIRMED,
        "role": next((each.name for each in book.roles if each.key == role), ""),
        "role_is_named": bool(found.role_key),
        "my_roles": roles_of(visit.person, on=visit.on, anywhere=True),
        "way": unofficial.way(found.network),
        "text": unofficial.text_for_network(
            address=found.address, federation=visit.federation.name,
            school=found.school.name if found.school else "", register=register_address(visit.federation),
            reference=found.reference,
        ),
        "public": f"/{visit.federation.slug}/register",
        "forms": forms_here,
        "form": next((form for form in given.values() if form.errors), None),
    }  # fmt: skip
    wrong = any(form.errors for form in given.values())
    return render(request, "register/fake.html", context, status=422 if wrong else 200)


def _note(note: FakeNote) -> dict[str, Any]:
    return {"note": note, "words": _opened(note.words_ref), "who": note.by.name if note.by else ""}


def _opened(ref: int | None) -> str:
    if ref is None:
        return ""
    try:
        return vault.reveal(ref)
    except vault.CannotOpen:  # the home's keys were lost
        return str(_("This can no longer be opened."))


@page(place="accounts", prepare=take_copy, methods=("POST",))
def evidence(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Save what I see on the page."""
    found, form = _fake(visit, pk), EvidenceForm(request.POST)
    if form.save(lambda typed: _note_evidence(visit, found, typed["words"])):
        return done(request, _("What you saw has been recorded under your name."), "fake", pk)
    return _show(request, visit, found, evidence=form)


def _note_evidence(visit: Visit, found: Fake, words: str) -> Any:
    if isinstance(visit.prepared, BadInput):
        raise visit.prepared
    return unofficial.note_evidence(
        fake=found, by=visit.person, at=visit.at, words=words, copy=visit.prepared
    )


@page(place="accounts", methods=("POST",))
def confirm(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that the page is not ours; the public register says so."""
    found, form = _fake(visit, pk), ConfirmForm(request.POST)
    if form.is_valid():
        show = form.cleaned_data["show_address"] == "yes"
        unofficial.confirm_fake(fake=found, by=visit.person, at=visit.at, show_address=show)
        return done(request, _("The public register now says that this page isn’t ours."), "fake", pk)
    return _show(request, visit, found, confirm=form)


@page(place="accounts", methods=("POST",))
def told(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Record that I reported it to its network."""
    found, form = _fake(visit, pk), ToldForm(request.POST)
    if form.save(lambda typed: unofficial.told_network(fake=found, by=visit.person, at=visit.at, **typed)):
        return done(request, _("Your report has been recorded."), "fake", pk)
    return _show(request, visit, found, told=form)


@page(place="accounts", methods=("POST",))
def end(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Close the matter."""
    found, form = _fake(visit, pk), EndForm(request.POST, auto_id=END_IDS)
    if form.save(lambda typed: unofficial.end_fake(fake=found, by=visit.person, at=visit.at, **typed)):
        return done(request, _("Closed."), "fake", pk)
    return _show(request, visit, found, end=form)


@page(place="accounts", methods=("GET", "HEAD"))
def copy(request: HttpRequest, visit: Visit, pk: int, note_pk: int) -> HttpResponseBase:
    """Return a copy of what was seen, for the people who handle it."""
    note = _fake(visit, pk).notes.filter(pk=note_pk, picture_ref__isnull=False).first()
    if note is None or note.picture_ref is None:
        raise NotFound
    return sealed_picture(note.picture_ref, note.picture_type)


_ONE = "accounts/fakes/<int:pk>"
urlpatterns = [
    path(_ONE, fake, name="fake"),
    path(f"{_ONE}/evidence", evidence, name="fake-evidence"),
    path(f"{_ONE}/confirm", confirm, name="fake-confirm"),
    path(f"{_ONE}/told", told, name="fake-told"),
    path(f"{_ONE}/end", end, name="fake-end"),
    path(f"{_ONE}/copies/<int:note_pk>", copy, name="fake-copy"),
]
