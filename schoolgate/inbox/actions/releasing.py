"""Letting others read a comment that waited for us, and copying in what no program can read."""

import hashlib
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events import record
from schoolgate.inbox import rules
from schoolgate.inbox.actions.ingesting import LONGEST_TEXT, ingest
from schoolgate.inbox.models import Item
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.people.models import Person
from schoolgate.people.rules import check_capacity
from schoolgate.publishing.models import Post


@action
def note_released(*, by: Person, at: datetime, item: Item) -> Item:
    """Note that `by` let everybody read a comment; the network itself was told before, outside of any
    transaction."""
    rules.check_may_moderate(by, item, on=local_day(at))
    if Item.objects.filter(pk=item.pk, released=False).update(released=True):
        item.released = True
        record("item.released", subject=item, at=at, actor=by)
    return item


@action
def paste_in(
    *,
    by: Person,
    at: datetime,
    account: Account,
    text: str,
    appeared_at: datetime,
    author: str = "",
    address: str = "",
    post: Post | None = None,
) -> Item:
    """Copy in a comment from a network that no program reads, with the time at which it appeared there.

    Raises NotAllowed; BadInput on `text`, `appeared_at`, `address`.
    """
    check_capacity(by, "answer", on=local_day(at), school=account.school, account=account)
    wrong = {}
    if not text.strip() or len(text) > LONGEST_TEXT:
        wrong["text"] = _("Paste what was written, up to 100,000 characters.")
    if appeared_at > at:
        wrong["appeared_at"] = _("It cannot have appeared later than now.")
    if address and (not address.startswith("https://") or len(address) > 480):
        wrong["address"] = _("Paste the whole address, beginning with https://")
    if wrong:
        raise BadInput(wrong)
    # Without an address the same words of the same minute are the same comment: pasting twice makes one.
    digest = hashlib.sha256(
        f"{author}\n{appeared_at:%Y-%m-%dT%H:%M}\n{text}".encode(errors="surrogatepass")
    ).hexdigest()
    ref = Ref(network=account.network, id=address or f"pasted:{digest}", address=address)
    given = IncomingItem(
        network=account.network,
        ref=ref,
        author=Author(id=author, handle=author),
        text=text,
        created_at=appeared_at,
        seen_at=appeared_at,
    )
    ingest(at=at, account=account, items=[given], post=post, pasted_by=by)
    return Item.objects.select_related("account__school", "school").get(account=account, network_id=ref.id)
