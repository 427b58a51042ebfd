"""The link that a person pastes as proof that a post is live: of this post, on its account."""

from __future__ import annotations

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.addresses import Whose, last_part, same_post, whose
from schoolgate.accounts.models import Account
from schoolgate.core.errors import BadInput
from schoolgate.networks.capabilities import all_capabilities
from schoolgate.networks.port import Ref
from schoolgate.publishing.models import Delivery
from schoolgate.publishing.states import Purpose

BY_LINK, BY_PERSON = "link", "person"
"""What shows that a post is on its account: the link itself, or a person who looked because it doesn't."""


def whose_link(account: Account, address: str) -> Whose:
    """Return whose a pasted link is, as far as it shows."""
    return whose(account.network, address.strip(), handle=account.handle, address=account.address)


def proof_of(delivery: Delivery, address: str, *, looked: bool) -> tuple[Ref, str]:
    """Return where a post is live, and what shows that it is on its account.

    `looked`: the person says that they looked whose it is; needed where the link doesn't show it. Raises
    BadInput on `address` (no post of this network, another page's, proof of another post), or `looked`.
    """
    ref = pasted(address, network=delivery.account.network)
    found = whose_link(delivery.account, ref.address)
    if found is Whose.ANOTHERS:
        said = _("This link is to another page. Paste the link to the post on {account}.")
        raise BadInput({"address": format_lazy(said, account=delivery.account.name)})
    if _is_used(delivery, ref.address):
        raise BadInput(
            {"address": _("This link is already saved for another post. Paste this post’s own link.")}
        )
    if found is Whose.UNTOLD and not looked:
        said = _("The link doesn’t show whose page it is. Check that it’s on {account}, then tick the box.")
        raise BadInput({"looked": format_lazy(said, account=delivery.account.name)})
    return ref, BY_LINK if found is Whose.OURS else BY_PERSON


def _is_used(delivery: Delivery, address: str) -> bool:
    """Return whether a link is the proof of another post."""
    rows = Delivery.objects.filter(
        purpose=Purpose.PUBLISH, account__network=delivery.account.network,
        receipt__address__icontains=last_part(address),
    ).exclude(pk=delivery.pk)  # fmt: skip
    return any(each.ref is not None and same_post(each.ref.address, address) for each in rows)


def pasted(address: str, *, network: str) -> Ref:
    """Return where a post is live, from a pasted address. Raises BadInput on `address`, with what is
    wrong."""
    found = all_capabilities()[network]
    tidy = address.strip()
    if len(tidy) > 500 or (found.post_address and not found.is_post_address(tidy)):
        raise BadInput(
            {"address": format_lazy(_("Paste the link to the post on {network}."), network=found.name)}
        )
    if not tidy.startswith("https://"):
        raise BadInput({"address": _("Paste the whole link, starting with https://")})
    return Ref(network=network, id=tidy, address=tidy)
