"""The whole list of the program's addresses, read from the resolver, and what their parameters stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

WHAT = {
    "accounts/<int:pk>": "account",
    "accounts/<int:pk>/go-on/<int:permission_pk>": "leave to go on",
    "accounts/import/<int:pk>": "list of accounts",
    "accounts/<int:pk>/conditions/<int:condition_pk>": "condition of an approval",
    "accounts/<int:pk>/pictures/<int:picture_pk>": "picture of a page",
    "accounts/<int:pk>/team/<int:member_pk>": "part in an account",
    "accounts/<int:pk>/training/<int:wanted_pk>": "training asked for",
    "accounts/keys/<int:key_pk>": "key of an account",
    "accounts/papers/<int:paper_pk>": "sealed paper",
    "accounts/approvals/<int:pk>": "small proposal",
    "accounts/handovers/<int:pk>": "handover",
    "accounts/beside/<int:pk>": "page beside the school",
    "accounts/fakes/<int:pk>": "fake",
    "accounts/fakes/<int:pk>/copies/<int:note_pk>": "copy of a fake",
    "accounts/found/<int:pk>": "found page",
    "accounts/proposals/<int:pk>": "proposal",
    "accounts/offers/<int:pk>": "part that was offered",
    "accounts/archives/<int:pk>": "archive of an account",
    "accounts/requests/<int:pk>": "request to be let in",
    "account/second-step/passkeys/<int:pk>": "passkey",
    "answers/<int:pk>": "answer",
    "decisions/<int:pk>": "decision",
    "deliveries/<int:pk>": "delivery",
    "evidence/clauses/<slug:clause>": "clause",
    "evidence/requests/<int:pk>": "request about data",
    "inbox/<int:pk>": "item",
    "inbox/mail/<int:pk>": "account",
    "inbox/messages/<int:pk>": "message to a group",
    "inbox/views/<int:pk>": "saved view of the inbox",
    "inbox/words/<int:pk>": "phrase of a list",
    "inbox/listening/watches/<int:pk>": "watch",
    "inbox/listening/posts/<int:pk>": "public post",
    "inbox/press/<int:pk>": "enquiry of the press",
    "inbox/press/expected/<int:pk>": "expected attention of the press",
    "inbox/<int:pk>/photographs/<int:photo_pk>": "photograph of a comment",
    "may-i/asked/<int:pk>": "ruling asked for",
    "me/keys/<int:pk>": "key of a program",
    "me/own/<int:pk>": "saved answer",
    "me/own/leaving/<int:pk>": "reminder at leaving",
    "me/own/remove/<int:pk>": "post to remove",
    "me/sessions/<int:pk>": "session",
    "messages/devices/<int:pk>": "device for notifications",
    "news/<int:pk>": "news that was sent in",
    "people/<int:pk>": "person",
    "people/<int:pk>/away/<int:away_pk>": "days away",
    "people/<int:pk>/roles/<int:assignment_pk>": "assignment",
    "people/import/<int:pk>": "list of people",
    "pictures/<int:pk>": "picture",
    "inbox/import/<int:pk>": "list of comments",
    "pupils/<int:pk>": "pupil",
    "pupils/import/<int:pk>": "list of pupils",
    "pupils/import/wonde/<int:pk>": "source of pupils",
    "policy/known/papers/<int:pk>": "paper",
    "policy/known/people/<int:pk>": "person",
    "policy/known/team/<int:pk>": "person",
    "policy/clauses/<slug:clause>": "clause",
    "policy/permissions/<int:pk>": "permission asked for",
    "policy/reading/<slug:what>/<slug:key>": "clause",
    "policy/rulings/<slug:tension>": "tension",
    "policy/suggestions/<int:pk>": "suggestion",
    "policy/training/<int:pk>": "training session",
    "policy/versions/<int:pk>": "version of the policy",
    "policy/versions/<int:pk>/document/clauses/<slug:clause>": "clause",
    "posts/<int:pk>": "post",
    "posts/before/older/<int:pk>": "older post to take down",
    "posts/before/imports/<int:pk>": "download of old posts",
    "posts/sent/<slug:key>": "key of a sending",
    "posts/take-downs/<int:pk>": "act of taking down",
    "posts/<int:pk>/changes/<int:change>": "change of a post on its network",
    "posts/<int:pk>/marks/<int:mark_pk>": "mark",
    "posts/pictures/<int:pk>": "picture",
    "posts/new/<int:school_pk>": "school",
    "posts/permissions/<int:pk>": "permission of an owner",
    "posts/slots/<int:pk>": "good time",
    "posts/texts/<int:pk>": "text that is ready for use",
    "posts/own-details/<int:pk>": "detail of a school's own",
    "rota/requests/<int:swap_pk>": "request for cover",
    "rota/set/<int:rota_pk>": "rota",
    "rota/set/shifts/<int:shift_pk>": "shift",
    "rota/shifts/<int:shift_pk>": "shift",
    "rota/shifts/<int:shift_pk>/<str:day>/swap/<int:person_pk>": "person",
    "rota/turns/<int:turn_pk>": "turn",
    "schools/<int:school_pk>": "school",
    "uploads/<str:key>": "upload",
    "searches/checks/<int:pk>": "check of systems",
    "searches/vacancies/<int:pk>": "vacancy",
    "set-up/safeguarding/<int:safeguarder_pk>": "entry on safeguarding",
    "set-up/leads/<int:change_pk>": "change of a safeguarding lead",
    "set-up/schools/<int:school_pk>": "school",
    "stop/<int:pk>": "stop",
    "breaches/<int:pk>": "breach",
    "wrong/reports/<int:pk>": "report of what is wrong",
    "wrong/reported/<int:pk>": "report of what is wrong",
    "wrong/openings/<int:pk>": "opening of a report",
    "wrong/reports/<int:pk>/openings/<int:opening_pk>": "opening of a report",
    "wrong/reports/<int:pk>/pictures/<int:step_pk>": "picture of a report",
    "wrong/reports/<int:pk>/evidence/<int:evidence_pk>": "evidence of a report",
    "<slug:federation>/noticeboard/<slug:school>": "school slug",
    "<slug:federation>/schools/<slug:school>": "school slug",
    "<slug:federation>/noticeboard/<slug:school>/<slug:key>": "noticeboard post",
    "<slug:federation>/noticeboard/<slug:school>/pictures/<slug:digest>": "noticeboard picture",
    "api/v1/posts/<post_id>": "post",
    "api/v1/pictures/<picture_id>": "picture",
    "api/v1/inbox/<item_id>": "item",
    "api/v1/decisions/<decision_id>": "decision",
}
"""An address up to and with its parameter -> the thing of `everything.Everything` that it names."""

NOT_A_THING = {
    "accounts/<int:pk>/setup/<slug:task>": "one of three pages of setting an account up",
    "accounts/proposals/<int:pk>/edit/<slug:part>": "a page of the form that the policy in force asks for",
    "accounts/<int:pk>/site/words/<slug:kind>": "what kind of word is put on record; the program knows three",
    "wrong/reports/<int:pk>/stages/<slug:stage>": "one of four stages, the same for everybody",
    "wrong/reports/<int:pk>/evidence/<int:evidence_pk>/files/<slug:part>": "one of five parts",
    "<slug:federation>": "which federation's public pages; everybody may know it",
    "manifest/<slug:federation>": "which federation's name the app has; everybody may know it",
    "accounts/approvals/new/<slug:kind>": "one of three kinds, which are the same for everybody",
    "invitation/school/<slug:directory>": "whose list of sign-ins; the sign-in page shows it to everybody",
    "me/school-accounts/join/<slug:directory>": "whose list of sign-ins; the sign-in page shows it",
    "sign-in/school/<slug:directory>": "whose list of sign-ins; the sign-in page shows it to everybody",
    "first-walks/<slug:walk>": "a first walk that comes with the program",
    "first-walks/<slug:walk>/<slug:step>": "a step of it",
    "may-i/<slug:entry>": "a question of the catalogue that comes with the program",
    "<slug:federation>/may-i/<slug:entry>": "a question of the catalogue that comes with the program",
    "policy/ready-rules/<slug:key>": "a ready rule that comes with the program",
    "policy/clauses/<slug:clause>/rules/<int:number>": "the place of a rule among those of its clause",
    "accounts/cover/<str:day>": "a day; the asking person's own federation is shown",
    "rota/shifts/<int:shift_pk>/<str:day>": "a day of the shift named before it",
    "policy/reading/<slug:what>": "exact words or what a role may do; the program knows both",
    "policy/versions/<int:pk>/document/<int:number>": "which document of the version named before it",
    "set-up/<slug:step>": "a step of setting up; the program knows two",
    "policy/import/<int:number>": "a sentence of the asking person's own document",
    "policy/import/page/<int:number>": "a page of the asking person's own document",
    "password/new/<base36:uidb36>": "who forgot a password; only with the secret behind it",
}
"""Parameters that name nothing of a federation's, and why."""

ANY = {
    "number": 1,
    "token": "x",
    "federation": "wildground",
    "entry": "am-i-bound",
    "kind": "call",
    "part": "account",
    "task": "where",
    "walk": "help",
    "what": "words",
    "step": "ask",
    "stage": "assess",
    "directory": "x",
    "day": "2026-12-24",
}
"""What stands in an address for those, where it does not matter."""

_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


@dataclass(frozen=True)
class Address:
    """One address: its name for `reverse`, its route, and the view."""

    name: str
    route: str
    view: Any

    @property
    def parameters(self) -> dict[str, str]:
        """Parameter -> the route up to and with it."""
        return {found[1]: self.route[: found.end()] for found in _PARAMETER.finditer(self.route)}

    @property
    def things(self) -> dict[str, str]:
        """Parameter -> the thing it names; only those that name one. KeyError where nobody has said so."""
        return {key: WHAT[upto] for key, upto in self.parameters.items() if upto not in NOT_A_THING}

    def path(self, **values: Any) -> str:
        """The address with these values in it, and with ANY where none is given."""
        return reverse(self.name, kwargs={key: values.get(key, ANY.get(key)) for key in self.parameters})


def addresses(resolver: URLResolver | None = None, before: str = "", space: str = "") -> Iterator[Address]:
    """Every address of the program that has a name; those without one are `nameless`."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield Address(f"{space}{pattern.name or ''}", route, pattern.callback)
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern, route, inner)


ALL = list(addresses())
NOT_A_THING |= {
    upto: "a secret that lets in whoever has it"
    for each in ALL
    for key, upto in each.parameters.items()
    if upto.endswith(f"<secret:{key}>")
}
WITH_A_THING = [each for each in ALL if set(each.parameters.values()) - set(NOT_A_THING)]
