"""The page of a thing that a row of the record or of the report is about."""

from __future__ import annotations

from collections.abc import Mapping

from django.urls import reverse

from schoolgate.core.subjects import number_of
from schoolgate.inbox.seeing import SEES
from schoolgate.web.frame.doors import Visit, opens

PAGES: Mapping[str, str] = {
    "accounts.account": "account",
    "accounts.proposal": "proposal",
    "inbox.answer": "answer",
    "inbox.item": "item",
    "media.picture": "picture",
    "people.person": "person",
    "policy.decisionrecord": "decision",
    "publishing.delivery": "delivery",
    "publishing.post": "post",
}
"""Kind of a subject -> the page that shows one."""
OF_THE_INBOX = ("inbox.answer", "inbox.item")
"""Not everyone who sees evidence may read these. People who would be refused get no link."""


def page_of_subject(subject: str, visit: Visit) -> str:
    """Return the address of its page; empty where there is none, or the visitor can't open it."""
    kind = subject.partition(":")[0]
    number = number_of(subject) if kind in PAGES else None
    if number is None or not opens(visit, PAGES[kind], number):
        return ""
    if kind in OF_THE_INBOX and not SEES & visit.capacities:
        return ""
    return reverse(PAGES[kind], args=[number])
