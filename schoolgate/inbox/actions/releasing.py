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
from schoolgate.inbox.actions.ingesting import LONGEST_TEXT, Pasted, ingest
from schoolgate.inbox.models import Item
from schoolgate.inbox.states import SAYABLE, ItemKind, KeptBack, WhyKeptBack
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.people.models import Person
from schoolgate.people.rules import check_capacity
from schoolgate.publishing.models import Post


@action
def note_released(*, by: Person, at: datetime, item: Item) -> Item:
    """Note that `by` let everybody read a comment; the network itself was told before, outside of any
    transaction."""
    rules.check_may_moderate(by, item, on=local_day(at))
    # A poll may have seen it on the network before us: whose act it was stands in the record all the same.
    Item.objects.filter(pk=item.pk).update(released=True, kept_back="")
    item.released, item.kept_back = True, ""
    record("item.released", subject=item, at=at, actor=by)
    return item


@action
def note_hidden(*, by: Person, at: datetime, item: Item, how: str, because: str) -> Item:
    """Note that `by` took a comment out of sight; the network itself was told before, outside of any
    transaction.

    `how`: one of `KeptBack`. `because`: one of `WhyKeptBack`. Raises NotAllowed, BadInput.
    """
    rules.check_may_moderate(by, item, on=local_day(at))
    check_why(how, because)
    gone = {"gone_at": at} if how == KeptBack.REMOVED and item.gone_at is None else {}
    Item.objects.filter(pk=item.pk).update(kept_back=how, **gone)
    item.kept_back = how
    record("item.kept_back", subject=item, at=at, actor=by, how=how, because=because)
    return item


def check_why(how: str, because: str) -> None:
    """Raise BadInput unless these are what can be done with a comment, and a reason for it."""
    if how not in KeptBack.values:
        raise BadInput({"how": _("Choose whether to hide it or to remove it.")})
    if because not in WhyKeptBack.values:
        raise BadInput({"because": _("Choose why nobody else may read it.")})


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
    kind: str = ItemKind.COMMENT,
    private: bool = False,
) -> Item:
    """Copy in a comment from a network that no program reads, with the time at which it appeared there.

    `kind`: one of `SAYABLE`. Raises NotAllowed; BadInput on `text`, `appeared_at`, `address`, `kind`, `post`.
    """
    check_capacity(by, "answer", on=local_day(at), school=account.school, account=account)
    wrong = {}
    if not text.strip() or len(text) > LONGEST_TEXT:
        wrong["text"] = _("Paste what was written, up to 100,000 characters.")
    if appeared_at > at:
        wrong["appeared_at"] = _("It cannot have appeared later than now.")
    if address and (not address.startswith("https://") or len(address) > 480):
        wrong["address"] = _("Paste the whole address, beginning with https://")
    if kind not in SAYABLE:
        wrong["kind"] = _("Choose what it is.")
    if post is not None and not post.targets.filter(account=account).exists():
        wrong["post"] = _("This post is not on this account.")
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
    ingest(at=at, account=account, items=[given], post=post, pasted=Pasted(by, ItemKind(kind), private))
    return Item.objects.select_related("account__school", "school").get(account=account, network_id=ref.id)
