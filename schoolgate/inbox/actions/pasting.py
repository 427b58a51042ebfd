"""Copy in what no program can read: with its time, a photograph where there is one, and never twice."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.care import note_reading
from schoolgate.accounts.models import Account
from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput
from schoolgate.core.events.recording import record
from schoolgate.inbox.actions.ingesting import LONGEST_TEXT, Pasted, ingest
from schoolgate.inbox.models import Item, ItemPhoto
from schoolgate.inbox.sight import PASTED
from schoolgate.inbox.states import SAYABLE, ItemKind
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.people.models import Person
from schoolgate.people.rules import check_capacity
from schoolgate.publishing.models import Post

NEAR = timedelta(days=2)
"""The same words of the same author this close together count as the same comment: a network that says "1 d"
leaves as much open. House rule; the person pasting it can say that it is another."""


@dataclass(frozen=True)
class Photo:
    """A photograph that was checked and is in the store under `digest`."""

    digest: str
    media_type: str
    width: int
    height: int


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
    private: bool,
    photo: Photo | None = None,
    read_all: bool = False,
) -> Item:
    """Add by hand a comment from a network that no program reads, with the time at which it appeared there.

    `photo` is stored with it. `read_all`: `by` has gone through everything that others wrote there, which
    ends the policy's reminder to do so if it has one. `kind`: one of `SAYABLE`. `private`: True also where it
    isn't known whether everyone can read it. Raises NotAllowed; BadInput on `text`, `appeared_at`, `address`,
    `kind`, `post`.
    """
    check_capacity(by, "answer", on=local_day(at), school=account.school, account=account)
    wrong = {}
    if not text.strip() or len(text) > LONGEST_TEXT:
        wrong["text"] = _("Paste the comment, up to 100,000 characters.")
    if appeared_at > at:
        wrong["appeared_at"] = _("The date and time can’t be in the future.")
    if address and (not address.startswith("https://") or len(address) > 480):
        wrong["address"] = _("Paste the whole link, starting with https://")
    if kind not in SAYABLE:
        wrong["kind"] = _("Choose a type.")
    if post is not None and not post.targets.filter(account=account).exists():
        wrong["post"] = _("That post isn’t on this account. Choose another.")
    if wrong:
        raise BadInput(wrong)
    given = as_given(
        account, text=text, author=author, appeared_at=appeared_at, private=private, address=address
    )
    ingest(at=at, account=account, items=[given], post=post, pasted=Pasted(by, ItemKind(kind)))
    rows = Item.every.select_related("account__school", "school")
    item = rows.get(account=account, network_id=given.ref.id)
    if photo is not None:
        keep_photo(item, photo, by=by, at=at)
    if read_all:
        note_reading(account=account, by=by, at=at)
    return item


def as_given(
    account: Account, *, text: str, author: str, appeared_at: datetime, private: bool, address: str = ""
) -> IncomingItem:
    """Return what a person brings in, as a network would give it. Without an address the same words of the
    same author and minute are the same comment, whichever way they come: bringing them twice makes one."""
    appeared = appeared_at.astimezone(UTC)
    digest = hashlib.sha256(
        f"{author}\n{appeared:%Y-%m-%dT%H:%M}\n{text}".encode(errors="surrogatepass")
    ).hexdigest()
    return IncomingItem(
        network=account.network,
        ref=Ref(network=account.network, id=address or f"{PASTED}{digest}", address=address),
        author=Author(id=author, handle=author),
        text=text,
        created_at=appeared,
        seen_at=appeared,
        attachments=(),
        visibility="private" if private else "public",
    )


def keep_photo(item: Item, photo: Photo, *, by: Person, at: datetime) -> None:
    """Save a photograph with an item, once."""
    if item.photos.filter(digest=photo.digest).exists():
        return
    kept = ItemPhoto.objects.create(
        item=item,
        digest=photo.digest,
        media_type=photo.media_type,
        width=photo.width,
        height=photo.height,
        by=by,
        at=at,
    )
    record("item.photographed", subject=item, at=at, actor=by, photo=kept.pk)


def same_before(account: Account, *, text: str, author: str, appeared_at: datetime) -> Item | None:
    """What was copied in already and looks like the same comment: same account, writer and words (however
    they are spaced), near the same time. None where there is none."""
    near = Item.objects.filter(
        account=account,
        author_id_there=author[:300],
        received_at__range=(appeared_at - NEAR, appeared_at + NEAR),
    )
    words = " ".join(text.split())
    for item in near.prefetch_related("versions").order_by("-pk")[:200]:
        if any(" ".join(version.text.split()) == words for version in item.versions.all()):
            return item
    return None
