"""The record's short names in words for people: what happened to what, never what was written or shown."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.events.names import EVENTS

PROOFS: Mapping[str, Promise] = {
    "decided": _("Tests show that decisions use this clause."),
    "duty": _("Tests show that this clause gives someone a task, with its deadline."),
    "record": _("Tests show that a record is made for this clause."),
    "advice": _("Tests show that people are told about this clause at the right moment."),
    "invariant": _("Tests show that no other rule changes what this clause says."),
    "structure": _("Tests show that Schoolgate is built as this clause asks."),
    "attested": _("Only a person can confirm this clause. Tests show that the person is asked."),
    "text": _("This clause is only shown. Schoolgate doesn’t act on it."),
}
"""Kind of proof (`rulebook.coverage`) -> what that means."""

RESTS: Mapping[str, Promise] = {
    "rows": _("The evidence is records in Schoolgate."),
    "mark": _("The evidence is what people marked in a text, and how someone judged it."),
    "built": _("Schoolgate is built so that this is always the case."),
    "word": _("The only evidence is what someone has confirmed."),
    "told": _("Schoolgate only tells people about this clause. It stops nothing."),
    "name": _("Nothing in Schoolgate applies this clause yet."),
}
"""What a clause rests on (`rulebook.resting`) -> what that means."""


def event_in_words(name: str) -> str:
    """What happened, in the active language; the name itself of an event that is no longer declared."""
    return str(EVENTS[name].sentence) if name in EVENTS else name


def briefly(name: str) -> str:
    """What happened, as the page of the thing itself says it, in the active language; empty if left out."""
    return str(EVENTS[name].brief) if name in EVENTS else ""
