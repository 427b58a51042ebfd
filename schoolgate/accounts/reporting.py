"""How to report an impersonating page to each network, and our text for the report. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _

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
