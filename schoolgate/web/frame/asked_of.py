"""Who is asked when a decision is made, where a rule names someone who has left.

The rules name the person who proposes an account. During set-up, the answers come from the person who checks
the account's page, and the colleague who talked it over with the author confirms that talk.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

SETS_UP = _("the person setting it up")
INSTEAD = {
    ("account.open", "applicant"): SETS_UP,
    ("account.create", "applicant"): SETS_UP,
    ("login.choose", "applicant"): SETS_UP,
    ("site.check", "applicant"): SETS_UP,
    ("site.suits", "applicant"): SETS_UP,
}
"""(situation, source) -> who answers"""
FOR_ONE_THING = {
    ("account.decide", "applicant", "talks"): _("the person it was discussed with"),
}
"""(situation, source, what) -> who answers"""


def as_it_is_asked(situation: str, finding: Mapping[str, Any]) -> dict[str, Any]:
    """A finding of a decision's JSON, with each need coming from who gives it at this moment."""
    return {**finding, "needs": [{**need, "from": _asked(situation, need)} for need in finding["needs"]]}


def _asked(situation: str, need: Mapping[str, Any]) -> str:
    source = need["from"]
    one = FOR_ONE_THING.get((situation, source, need["what"]))
    return str(one or INSTEAD.get((situation, source), source))
