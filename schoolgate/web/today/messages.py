"""Messages by email and notifications on the person's own devices; for administrators how mail goes out and
who can't be reached.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import together
from schoolgate.core.errors import BadInput, NotFound
from schoolgate.notices import mail_server, telling
from schoolgate.notices.actions import choose, choose_morning, set_morning
from schoolgate.notices.kinds import KINDS, Kind, MailState, Reason, Urgency
from schoolgate.notices.mails import (
    bad_address,
    bad_addresses,
    caught_mails,
    lost_mails,
    mails_of,
    standing_still,
)
from schoolgate.notices.models import Mail, PushDevice
from schoolgate.notices.pushing import add_device, devices_of, remove_device
from schoolgate.notices.sending import in_words
from schoolgate.notices.ways import public_key
from schoolgate.people import rules
from schoolgate.policy import knowing
from schoolgate.policy.queries import policy_or_none
from schoolgate.web.frame.doors import Visit, done, page
from schoolgate.web.frame.forms import SchoolForm, form_page
from schoolgate.web.frame.paging import page_by_key
from schoolgate.web.frame.parts import PagePart, on_today_page
from schoolgate.web.frame.shown import ShownClause
from schoolgate.web.frame.wording import clause_shown, federation_of, quote_from
from schoolgate.web.signin.signals import device_in_words


def notifications_shown(visit: Visit) -> dict[str, object]:
    """Return what the card about devices shows: the person's devices, and the key that a browser subscribes
    with."""
    devices: list[PushDevice] = devices_of(visit.person)
    return {"devices": devices, "push_key": "" if visit.federation.is_example else public_key()}


@page(methods=("POST",))
def add(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Tell the visitor on this device from now on."""
    add_device(
        by=visit.person,
        at=visit.at,
        subscription=request.POST.get("subscription", ""),
        name=device_in_words(request.headers.get("User-Agent", "")),
    )
    return done(request, _("Notifications are on for this device."), "messages")


@page(methods=("POST",))
def remove(request: HttpRequest, visit: Visit, pk: int) -> HttpResponseBase:
    """Turn off one of the person's own devices."""
    remove_device(by=visit.person, at=visit.at, pk=pk)
    return done(request, _("Notifications are off for that device."), "messages")


LATELY = 50
MINE, FEDERATION, DEMO = "mine", "federation", "demo"
PARTS = {
    MINE: _("My messages"),
    FEDERATION: _("Email settings"),
    DEMO: _("Demo emails"),
}
"""The parts of the page, each under its own tab."""
ASKED_FOR_ONES_WORD = ("policy.read", "policy.asking", "policy.reminder")
"""Kinds that exist only where the policy in force requires people's own declaration."""
GROUPS: Sequence[tuple[str | Promise, tuple[str, ...]]] = (
    (_("Posts and comments"), ("posts", "comments")),
    (_("Accounts"), ("accounts",)),
    (_("Policy and training"), ("policy",)),
    (_("Concerns and rota"), ("incidents", "rota")),
    (_("Other"), ()),
)
"""The folds of choices, with the first words of the kinds in each; all others are in the last."""
TAGS = {
    MailState.SENT: "good",
    MailState.FAILED: "no",
    MailState.UNKNOWN: "ask",
    MailState.DROPPED: "",
}
"""The colour of a mail's state; one on its way counts as waiting."""


@dataclass(frozen=True)
class ShownKind:
    """A kind of thing on the page: what is chosen, what can be, or why nothing can."""

    key: str
    kind: Kind
    chosen: Urgency
    choices: list[Urgency]
    clauses: Sequence[ShownClause] = ()


@dataclass(frozen=True)
class ShownGroup:
    """Kinds in one fold. `said`: what is chosen for all of them."""

    title: str | Promise
    kinds: list[ShownKind]
    said: str | Promise


@dataclass(frozen=True)
class ShownMail:
    """One mail as its reader sees it."""

    mail: Mail
    what: list[str]
    tag: str
    reason: str | Promise


def _time_label(each: time) -> str:
    return f"{each:%H:%M}"


def _times() -> list[tuple[str, str]]:
    return [(_time_label(each), _time_label(each)) for each in telling.TIMES]


def _time_of(said: str) -> time | None:
    """A time as our own list writes it; None for anything else."""
    return next((each for each in telling.TIMES if _time_label(each) == said), None)


@page(place="menu")
def messages(request: HttpRequest, visit: Visit) -> HttpResponseBase:
    """Show which mails I get, when, and the last ones; for administrators also the federation's (`?of=`)."""
    administers = rules.can(rules.check_may_administer, visit.person, on=visit.on)
    of = request.GET.get("of", MINE)
    shown = {"visit": visit, "of": of, "tabs": _tabs(visit, administers)}
    if of == FEDERATION:
        rules.check_may_administer(visit.person, on=visit.on)
        return _of_federation(request, visit, shown)
    if of == DEMO and visit.federation.is_example:
        rows = page_by_key(caught_mails(), request.GET, by="caught_at")
        return render(request, "notices/caught.html", {**shown, "page": rows})
    if of != MINE:
        raise NotFound
    return _mine(request, visit, shown)


def _tabs(visit: Visit, administers: bool) -> list[tuple[str, str]]:
    """Return the parts of the page that the visitor may see, with their words; none where it is only one."""
    wanted = {MINE: True, FEDERATION: administers, DEMO: visit.federation.is_example}
    found = [(key, str(words)) for key, words in PARTS.items() if wanted[key]]
    return found if len(found) > 1 else []


def _mine(request: HttpRequest, visit: Visit, shown: dict[str, Any]) -> HttpResponseBase:
    error: BadInput | None = None
    if request.method == "POST":
        try:
            _choose(request, visit)
        except BadInput as refused:
            error = refused
        else:
            return done(request, gettext("Choice saved."), "messages")
    kinds = _kinds(visit)
    own, bad = telling.morning_of(visit.person), bad_address(visit.person)
    context = {
        **shown,
        "groups": _groups([one for one in kinds if len(one.choices) > 1]),
        "fixed": [one for one in kinds if len(one.choices) == 1],
        "morning": _time_label(own) if own else "",
        "federations": _time_label(telling.morning_of_federation()),
        "times": _times(),
        "mails": _shown(mails_of(visit.person, limit=LATELY)),
        **notifications_shown(visit),
        "bad": bad is not None and bad.address == visit.person.email,
        "refused": list(error.fields.values()) if error else [],
    }
    return render(request, "notices/messages.html", context, status=422 if error else 200)


def _kinds(visit: Visit) -> list[ShownKind]:
    """Return every kind for this person. Requests for a declaration on the policy are included only where the
    policy in force requires it, with its clause."""
    clauses = _why_asked(visit.on)
    chosen = telling.urgencies([visit.person.pk])
    return [
        ShownKind(
            key,
            each,
            chosen[visit.person.pk, key],
            [Urgency.AT_ONCE] if each.letter else telling.choices(key),
            clauses if key in ASKED_FOR_ONES_WORD else (),
        )
        for key, each in KINDS.items()
        if clauses or key not in ASKED_FOR_ONES_WORD
    ]


def _groups(kinds: Sequence[ShownKind]) -> list[ShownGroup]:
    """Return the kinds that a person can choose about, in their folds."""
    places = {first: place for place, (_title, firsts) in enumerate(GROUPS) for first in firsts}
    found: list[list[ShownKind]] = [[] for _group in GROUPS]
    for one in kinds:
        found[places.get(one.key.partition(".")[0], -1)].append(one)
    return [
        ShownGroup(
            title, here, here[0].chosen.label if len({one.chosen for one in here}) == 1 else gettext("Mixed")
        )
        for (title, _firsts), here in zip(GROUPS, found, strict=True)
        if here
    ]


def _why_asked(on: date) -> list[ShownClause]:
    policy = policy_or_none(on)
    if policy is None:
        return []
    wanted = knowing.wants(policy, on=on)
    federation, quote = federation_of(policy.book.key), quote_from(policy.book)
    return [
        clause_shown(clause, basis="policy", federation=federation, quote=quote)
        for clause in [*wanted.word, *wanted.reading][:1]
    ]


def _choose(request: HttpRequest, visit: Visit) -> None:
    wishes = {key: request.POST[key] for key in KINDS if key in request.POST}
    with together(at=visit.at, by=visit.person):
        choose(by=visit.person, at=visit.at, wishes=wishes)
        if "morning" in request.POST:
            said = request.POST["morning"]
            when = _time_of(said)
            if said and when is None:
                raise BadInput({"morning": gettext("Choose one of the times shown.")})
            if when != telling.morning_of(visit.person):
                choose_morning(by=visit.person, at=visit.at, when=when)


def _shown(mails: Iterable[Mail]) -> list[ShownMail]:
    return [
        ShownMail(
            mail,
            [str(KINDS[mail.letter].sentence)] if mail.letter else in_words(_lists(mail)),
            TAGS.get(MailState(mail.state), "wait"),
            Reason(mail.reason).label if mail.reason in Reason.values else "",
        )
        for mail in mails
    ]


def _lists(mail: Mail) -> list[list[object]]:
    """Return what a mail lists; one that is not written yet lists its notices so far."""
    if mail.lists:
        return list(mail.lists)
    numbers: dict[tuple[str, str], int] = {}
    for one in mail.notices.all():
        numbers[one.kind, one.moment] = numbers.get((one.kind, one.moment), 0) + 1
    return [[key, moment, number] for (key, moment), number in numbers.items()]


class MorningForm(SchoolForm):
    """When the federation's morning mail goes out."""

    morning = forms.ChoiceField(label=_("Time of the morning email"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["morning"].choices = _times()  # type: ignore[attr-defined]


def _of_federation(request: HttpRequest, visit: Visit, shown: dict[str, Any]) -> HttpResponseBase:
    """Show the state of email: the time of the morning mail, the email server, and who cannot be reached."""
    now = _time_label(telling.morning_of_federation())
    form = MorningForm(request.POST or None, initial={"morning": now})

    def save(typed: dict[str, Any]) -> None:
        set_morning(by=visit.person, at=visit.at, when=_time_of(typed["morning"]) or telling.MORNING)

    if form.save(save):
        return done(request, gettext("Time saved."), f"{reverse('messages')}?of={FEDERATION}")
    context = {
        **shown,
        "server": mail_server.in_use(),
        "proven_at": mail_server.proven_at(),
        "trouble": mail_server.trouble_since(),
        "still": standing_still(visit.at),
        "bad": [{"row": row, "why": Reason(row.because).label} for row in bad_addresses(on=visit.on)],
        "lost": _shown(lost_mails(limit=LATELY)),
    }
    return form_page(request, "notices/federation.html", form, context)


@on_today_page
def card_of_today(visit: Visit) -> PagePart | None:
    """Return a card for administrators where mail is stuck."""
    if "administer" not in visit.capacities or visit.federation.is_example:  # an example's mail goes nowhere
        return None
    still = standing_still(visit.at)
    return PagePart("notices/_still.html", {"still": still}) if still else None


urlpatterns = [
    path("messages", messages, name="messages"),
    path("messages/devices", add, name="device-add"),
    path("messages/devices/<int:pk>/remove", remove, name="device-remove"),
]
