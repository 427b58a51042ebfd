"""How to report an impersonating page to each network, our text for it, and what changed between editions of
a proposal. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from schoolgate.accounts.models import Proposal
from schoolgate.networks.capabilities import Way, all_capabilities

FORMS = {
    "facebook": "https://www.facebook.com/help/contact/295309487309948",
    "instagram": "https://help.instagram.com/contact/636276399721841",
    "x": "https://help.x.com/en/forms/authenticity/impersonation",
    "linkedin": "https://www.linkedin.com/help/linkedin/ask/TS-NFPI",
    "tiktok": "https://www.tiktok.com/legal/report/impersonation",
    "youtube": "https://support.google.com/youtube/answer/2801947",
}
"""Read second hand in November 2026, to be checked on the networks' own pages: the page that shows one says
where else to look. Bluesky, Threads and Mastodon take such reports from the menu of the page itself."""


@dataclass(frozen=True)
class ReportWay:
    """`possible`: whether the network takes reports; `form`: empty where the page's own menu does it."""

    possible: bool
    form: str


def way(network: str) -> ReportWay:
    """Return how to report a page on this network. For a page on no known network, its host is
    responsible."""
    found = all_capabilities().get(network)
    if found is not None and found.way("report") == Way.NO:
        return ReportWay(possible=False, form="")
    return ReportWay(possible=True, form=FORMS.get(network, ""))


def text_for_network(*, address: str, federation: str, school: str, register: str, reference: str) -> str:
    """Return the report text for the network; in English, which the networks read."""
    with translation.override("en"):
        return _(
            "The page {address} pretends to be {whom}. It is not run by us or for "
            "us.\nAll our official accounts are listed on our own register, "
            "{register}, and this page is not on it.\nPlease take it down, because it "
            "misleads families about who is speaking to them.\n{federation}, our "
            "reference {reference}"
        ).format(
            address=address, whom=school or federation, register=register, federation=federation,
            reference=reference,
        )  # fmt: skip


def text_for_owner(*, address: str, federation: str, school: str, register: str) -> str:
    """Return a message to the owner of a page in our name, in the language of the page that shows it."""
    return _(
        "Hello,\nYou run the page {address}, which uses the name of {whom}. It is "
        "not one of our official accounts, which are listed at {register}.\n"
        "Families may think it is ours. Please close it, or give it another name "
        "and say on it that the school does not run it. If you would rather hand "
        "it over to us, please tell us.\nThank you. {federation}"
    ).format(address=address, whom=school or federation, register=register, federation=federation)


OWN = ("name", "school", "network", "kind", "pupils_in_audience", "youngest_pupil")
"""The fields that the program asks of any account."""
WEIGHED = "weighed."
"""The prefix of what was written about each thing that the idea was weighed against."""

APPROVED_FIELDS: Mapping[str, tuple[str, ...]] = {"aims": ("aim",), "content": ("content_description",)}
"""What a signature's declaration approves -> its fields."""

Said = Mapping[str, Any]


@dataclass(frozen=True)
class Difference:
    """One field that differs from before; None where it was, or is, empty."""

    key: str
    before: Any
    after: Any


def said_of(proposal: Proposal) -> dict[str, Any]:
    """Return every non-empty field of a proposal, as JSON by its key."""
    own = {
        "name": proposal.name,
        "school": proposal.school_id,
        "network": proposal.network,
        "kind": proposal.kind,
        "pupils_in_audience": proposal.pupils_in_audience,
        "youngest_pupil": proposal.youngest_pupil,
    }
    weighed = {WEIGHED + key: words for key, words in proposal.considered.items()}
    every = {**own, **proposal.answers, **weighed}
    return {key: value for key, value in every.items() if value not in (None, "", [])}


def differences(before: Said, after: Said) -> list[Difference]:
    """Return what differs, in the order of the later edition; removed fields come last."""
    keys = [*after, *(key for key in before if key not in after)]
    return [
        Difference(key, before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)
    ]


def still_says(what: str, changed: Iterable[str]) -> bool:
    """Return whether what a declaration approves is not among these changed fields. Raises KeyError for
    another word."""
    return not set(APPROVED_FIELDS[what]) & set(changed)
