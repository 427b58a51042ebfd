"""Wonde, answering in the shape of its published description, with invented pupils. Nothing was recorded:
no key was to be had. What its own clients rely on is kept: `data`, includes within `data`, pages by
`meta.pagination.next`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import httpx

SCHOOL, KEY = "A1930499544", "canary0of0a0wonde0key"
_LONDON = {"timezone_type": 3, "timezone": "Europe/London"}


def student(
    upn: str, forename: str, surname: str, *, known: str = "", consents: Any = None, **more: Any
) -> dict[str, Any]:
    """A pupil as Wonde tells one, with more than is stored here."""
    told: dict[str, Any] = {
        "id": f"B{upn}",
        "upi": "e5f6",
        "mis_id": "77",
        "initials": "XX",
        "surname": surname,
        "forename": known or forename,
        "middle_names": None,
        "legal_surname": surname,
        "legal_forename": forename,
        "gender": "FEMALE",
        "date_of_birth": {"date": "2016-09-01 00:00:00.000000", **_LONDON},
        "education_details": {
            "data": {"admission_number": "004504", "upn": upn, "current_nc_year": "4", "sen_status": "K"}
        },
        "year": {"data": {"id": "C1", "code": "4", "name": "Year 4", "type": "YEAR"}},
        "groups": {
            "data": [
                {"id": "D1", "name": "Choir", "type": "USER", "code": None},
                {"id": "D2", "name": "4B", "type": "REGISTRATION", "code": "4B"},
            ]
        },
        **more,
    }
    return told if consents is None else {**told, "consents": {"data": consents}}


AVA = student(
    "A820200001001", "Ava", "Thomas",
    consents=[
        {"id": "E1", "type": "Photos on social media", "consent": True},
        {"id": "E2", "type": "Trips", "consent": True},
    ],
)  # fmt: skip
LUKASZ = student(
    "A820200001002", "Łukasz", "Wiśniewski", known="Luke",
    consents=[{"id": "E3", "type": "Photos on social media", "consent": False}],
)  # fmt: skip
NOT_ASKED = student("A820200001003", "Noor", "Ali", consents=[])


class Wonde:
    """Answers as Wonde does. `calls`: the addresses that were asked; `instead`: another answer."""

    def __init__(
        self, students: Sequence[Mapping[str, Any]] = (AVA, LUKASZ, NOT_ASKED), *, a_page: int = 2,
        instead: Callable[[httpx.Request], httpx.Response | None] = lambda _request: None,
    ) -> None:  # fmt: skip
        self.students, self.a_page, self.instead = list(students), a_page, instead
        self.calls: list[str] = []

    def transport(self) -> httpx.MockTransport:
        """What stands in for the network."""
        return httpx.MockTransport(self.answer)

    def answer(self, request: httpx.Request) -> httpx.Response:
        """One answer."""
        self.calls.append(str(request.url))
        other = self.instead(request)
        if other is not None:
            return other
        if request.headers.get("authorization") != f"Bearer {KEY}":
            return httpx.Response(401, json={"error": "invalid_token"})
        if not request.url.path.startswith(f"/v1.0/schools/{SCHOOL}"):
            return httpx.Response(404, json={"error": "not_found"})
        if request.url.path.endswith(SCHOOL):
            return httpx.Response(200, json={"data": {"id": SCHOOL, "name": "Oakwood Primary School"}})
        number = int(request.url.params.get("page", 1))
        rows = self.students[(number - 1) * self.a_page : number * self.a_page]
        more = number * self.a_page < len(self.students)
        following = str(request.url.copy_set_param("page", number + 1)) if more else None
        pages = {
            "next": following,
            "previous": None,
            "more": more,
            "per_page": self.a_page,
            "current_page": number,
        }
        return httpx.Response(200, content=json.dumps({"data": rows, "meta": {"pagination": pages}}).encode())
