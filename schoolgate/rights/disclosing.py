"""What the policy says about giving out what staff shared on social networks, asked as an answer is made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from schoolgate.core.clock import local_day
from schoolgate.policy.asking import record_decision, verdict
from schoolgate.policy.models import DecisionRecord
from schoolgate.policy.queries import policy_or_none
from schoolgate.rights.models import Request
from schoolgate.rights.states import Decision, Kind
from schoolgate.rulebook import Outcome
from schoolgate.rulebook.situations.disclosing import RecordDisclose, Space

SHARED: Mapping[str, Space] = {
    "publishing.post": "public",
    "publishing.pastpost": "public",
    "networks.noticeboardpost": "public",
    "inbox.groupmessage": "closed group",
}
"""The places (`core.disclosure`) with what staff shared through an official account -> who could read it."""
UNDER = {Kind.ACCESS: "data protection", Kind.INFORMATION: "freedom of information"}


def record_disclosing(request: Request, *, at: datetime) -> list[DecisionRecord]:
    """Ask the policy about what is given out and staff had shared, once for each kind of space; return the
    saved answers: none where the policy says nothing of it, or nothing like it is given."""
    on = local_day(at)
    if policy_or_none(on) is None:
        return []
    asked = [
        one for one in _facts(request) if verdict("record.disclose", one, on=on).outcome is not Outcome.SILENT
    ]
    return [record_decision("record.disclose", one, at=at, by=None, subject=request) for one in asked]


def _facts(request: Request) -> Iterator[RecordDisclose]:
    given = request.found.filter(decision__in=(Decision.GIVEN, Decision.COVERED), place__in=SHARED)
    spaces = sorted({SHARED[place] for place in given.values_list("place", flat=True).distinct()})
    for space in spaces:
        yield RecordDisclose.model_validate(
            {"under": UNDER.get(Kind(request.kind), "other"), "shared_by_staff": True, "space": space}
        )
