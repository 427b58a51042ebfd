"""Permissions that a post or a reply lacks: a button for each, or who has the request; the role answers it,
and the person who asked sees who has it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Model
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _

from schoolgate.core.subjects import number_of
from schoolgate.people.models import Person
from schoolgate.people.outside import is_told, waits_for_lead
from schoolgate.people.queries import book_of
from schoolgate.policy.asking import verdict
from schoolgate.policy.models import STILL_ASKED, AskedState, PermissionAsked
from schoolgate.policy.permitting import (
    LONGEST_WORDS,
    Area,
    Lacking,
    Place,
    area_of,
    ask_back,
    ask_first,
    asked_about,
    first_of,
    lacking,
    note_permission_seen,
    permit,
    place_of,
    refuse_permission,
    reply,
    request_for,
    roles_to_answer,
    who_can_give,
)
from schoolgate.rulebook import Book
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import DayField, SchoolForm
from schoolgate.web.frame.wording import kept_verdict, point_label

MOST_NAMES = 3


@dataclass(frozen=True)
class ShownAsk:
    """One permission that is lacking, or was asked for.

    `whom`: the roles with their holders' names. `asked`: the request about the current text; `lacks`: whether
    the policy waits for it now; `advised`: it may go ahead without. `opens`: the
    visitor may open the request.
    """

    covers: str
    title: str
    whom: Sequence[str]
    asked: PermissionAsked | None
    lacks: bool
    advised: bool = False
    opens: bool = False

    @property
    def can_ask(self) -> bool:
        """Whether the author may ask now: no one has the request, and there is someone to ask."""
        return self.lacks and bool(self.whom) and (self.asked is None or self.asked.state not in STILL_ASKED)

    @property
    def waits(self) -> bool:
        """Whether someone still has to answer."""
        return self.asked is not None and self.asked.state in STILL_ASKED


@dataclass(frozen=True)
class ShownAsks:
    """What is lacking or was asked for (`wanted`), and what the policy only advises to ask for."""

    wanted: Sequence[ShownAsk]
    advised: Sequence[ShownAsk]


def asks_shown(
    about: Model, lacking: Sequence[Lacking], place: Place, *, asker: Person, digest: str, visit: Visit
) -> ShownAsks:
    """Return what is lacking and what was asked about a thing, each with who can give it. `digest`: of the
    current text; a request about another text counts no more."""
    known = {
        covers: row
        for covers, row in asked_about(about).items()
        if row.covers in (covers, f"{covers}:{digest}")
    }
    wanted = {one.covers: one for one in lacking}
    if not known and not wanted:
        return ShownAsks([], [])
    book = book_of(visit.federation)
    roles = [role for one in wanted.values() for role in one.roles]
    roles += [role for row in known.values() for role in row.roles]
    holders = who_can_give(dict.fromkeys(roles), place, asker=asker, on=visit.on, about=known.values())
    found = []
    for covers in dict.fromkeys((*wanted, *known)):
        lacks, asked = wanted.get(covers), known.get(covers)
        asks = asked.roles if asked is not None else lacks.roles if lacks is not None else ()
        point = lacks.point if lacks is not None else asked.point if asked is not None else ""
        found.append(
            ShownAsk(
                covers,
                point_label(point),
                whom(asks, holders, book),
                asked,
                lacks is not None,
                opens=asked is not None
                and (
                    visit.person.pk in (asked.asked_by_id, asked.answered_by_id)
                    or any(visit.person in holders.get(role, ()) for role in asks)
                ),
                advised=asked is None and lacks is not None and lacks.advised,
            )
        )
    return ShownAsks(
        [one for one in found if not one.advised], [one for one in found if one.advised and one.can_ask]
    )


def whom(roles: Sequence[str], holders: dict[str, list[Person]], book: Book) -> list[str]:
    """Return these roles in the policy's words, those with few holders with their names."""
    found = []
    for role in roles:
        people = holders.get(role, [])
        if people:
            name = book.role_names.get(role, role)
            names = ", ".join(each.name for each in people)
            found.append(f"{name} ({names})" if len(people) <= MOST_NAMES else name)
    return found


KINDS = {
    AskedState.OPEN: "wait",
    AskedState.BACK: "ask",
    AskedState.GIVEN: "good",
    AskedState.DECLINED: "no",
    AskedState.LAPSED: "",
}


class AskForm(SchoolForm):
    """What the person who asks for a permission adds."""

    words = forms.CharField(
        label=_("What should they know?"),
        help_text=_("Optional. Don’t name pupils."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=LONGEST_WORDS,
        required=False,
    )


class PermitForm(SchoolForm):
    """The answer of the role to a request."""

    says = forms.ChoiceField(
        label=_("Do you agree?"),
        choices=[("yes", _("Yes")), ("no", _("No")), ("back", _("Ask a question first"))],
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=_("Reason or question"),
        help_text=_("Required unless you say yes. The person who asked will read it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=LONGEST_WORDS,
        required=False,
    )
    until = DayField(
        label=_("Last day of a longer permission"),
        help_text=_("Leave blank to give permission for this text only."),
        required=False,
    )

    def __init__(self, *args: Any, lasts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not lasts:
            del self.fields["until"]


class BackForm(SchoolForm):
    """The reply to a question asked back."""

    words = forms.CharField(
        label=_("Your reply"), widget=forms.Textarea(attrs={"rows": 3}), max_length=LONGEST_WORDS
    )


@page(place="policy")
def permission(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Show a request for a permission; the role answers it, the person who asked replies to a question."""
    asked = request_for(visit.person, pk, on=visit.on)
    mine = asked.asked_by_id == visit.person.pk
    replies = mine and asked.state == AskedState.BACK
    sent = request.POST if request.method == "POST" else None
    form = BackForm(sent) if mine else PermitForm(sent, lasts=bool(asked.lasts_for))
    if sent is not None and form.save(
        lambda typed: (
            reply(by=visit.person, at=visit.at, asked=asked, words=typed["words"])
            if mine
            else _answer(asked, typed, visit)
        )
    ):
        told = _("Reply sent.") if mine else _("Answer saved. The person who asked will be told.")
        return done(request, told, "permission-asked", pk)
    answers = asked.state == AskedState.OPEN and bool(roles_to_answer(asked, visit.person, on=visit.on))
    answers = answers and not waits_for_lead(asked)
    book, area = book_of(visit.federation), area_of(asked)
    holders = who_can_give(asked.roles, place_of(asked), asker=asked.asked_by, on=visit.on, about=[asked])
    context = {
        "asked": asked,
        "title": point_label(asked.point),
        "kind": KINDS[AskedState(asked.state)],
        "mine": mine,
        "lead_first": is_told(visit.person, asked),
        "form": form if replies or answers else None,
        "changed": asked.state == AskedState.OPEN and not area.current(asked),
        "whom": whom(asked.roles, holders, book),
        "href": _address(area, number_of(asked.about))
        if area.sees(visit.person, number_of(asked.about), visit.on)
        else "",
        "asks": _first(asked, visit) if answers else None,
        "may_ask": answers,
        "ask_at": reverse("permission-asked-first", args=[pk]),
        "ask_form": AskForm(),
        "verdict": kept_verdict(asked.decision, at=asked.at),
    }
    return render(request, "policy/permission.html", context, status=422 if form.errors else 200)


def _first(asked: PermissionAsked, visit: Visit) -> ShownAsks | None:
    """Return what the role has to ask before it says yes; None if nothing."""
    first = first_of(asked)
    if first is None:
        return None
    decision = verdict(first.situation, first.facts(asked, visit.person, visit.at), on=visit.on)
    return asks_shown(
        asked,
        lacking([decision], book_of(visit.federation), first.permits),
        place_of(asked),
        asker=visit.person,
        digest=asked.covers.partition(":")[2],
        visit=visit,
    )


def _address(area: Area, pk: int) -> str:
    """Return where the thing of a request is shown."""
    return f"{reverse(area.page)}?{area.view}{pk}" if area.view else reverse(area.page, args=[pk])


def _answer(asked: PermissionAsked, typed: Mapping[str, Any], visit: Visit) -> object:
    given: dict[str, Any] = {"by": visit.person, "at": visit.at, "asked": asked, "words": typed["words"]}
    if typed["says"] == "yes":
        return permit(**given, until=typed.get("until"))
    return ask_back(**given) if typed["says"] == "back" else refuse_permission(**given)


@page(methods=("POST",))
def ask_before(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Ask the role that has to be heard before this request can be granted."""
    asked = request_for(visit.person, pk, on=visit.on)
    ask_first(by=visit.person, at=visit.at, asked=asked, words=request.POST.get("words", ""))
    return done(request, _("Request sent. You’ll be told when it is answered."), "permission-asked", pk)


@page(methods=("POST",))
def permission_seen(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """The person who asked has read the answer."""
    note_permission_seen(by=visit.person, at=visit.at, asked=request_for(visit.person, pk, on=visit.on))
    return done(request, _("Done."), "today")


urlpatterns = [
    path("policy/permissions/<int:pk>", permission, name="permission-asked"),
    path("policy/permissions/<int:pk>/ask", ask_before, name="permission-asked-first"),
    path("policy/permissions/<int:pk>/seen", permission_seen, name="permission-asked-seen"),
]
