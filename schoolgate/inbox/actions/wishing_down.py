"""A parent or pupil asks for a picture or a name to come down: a private message to the school, from which
the same task follows as from any no to a picture that someone writes."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from schoolgate.accounts.models import Account, AccountState
from schoolgate.core.actions import action
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.core.models import School
from schoolgate.inbox.actions.ingesting import Pasted, ingest
from schoolgate.inbox.models import Item
from schoolgate.inbox.ranking import WISH
from schoolgate.inbox.sight import PASTED
from schoolgate.inbox.states import ItemKind, ItemState
from schoolgate.networks.capabilities import OURS
from schoolgate.networks.noticeboard.board import is_full
from schoolgate.networks.port import Author, IncomingItem, Ref
from schoolgate.publishing.models import Delivery

LONGEST_WORDS, LONGEST_REACH = 3000, 200


def asked_of() -> dict[School, Account]:
    """Return by school the account to which parents’ requests belong: its noticeboard, or its first one."""
    rows = Account.objects.filter(state=AccountState.OPEN).exclude(school=None).order_by("-pk")
    ordered = sorted(rows.select_related("school", "federation"), key=lambda row: row.network == OURS)
    return {row.school: row for row in ordered if row.school is not None}


@action
def wish_down(
    *,
    at: datetime,
    account: Account,
    key: str,
    words: str,
    reach: str,
    cries_out: Callable[[], bool] = lambda: False,
) -> None:
    """Save what a stranger wants taken down, in their own words where they wrote any. `key`: of the post on
    the noticeboard, or empty.

    Raises BadInput (`words`, `reach`), NotNow where too many wait.
    """
    words, reach = words.strip(), reach.strip()
    deliveries = Delivery.objects.select_related("post", "account__school")
    sent = deliveries.filter(intent_key=key).first() if key else None
    post, account = (sent.post, sent.account) if sent else (None, account)
    wrong = {}
    if not words and post is None:
        wrong["words"] = _("Say which picture or name it is, or paste the post’s link.")
    elif len(words) > LONGEST_WORDS:
        wrong["words"] = _("Shorten it to 3,000 characters.")
    if len(reach) > LONGEST_REACH:
        wrong["reach"] = _("Shorten it to 200 characters.")
    if wrong:
        raise BadInput(wrong)
    waiting = Item.every.filter(
        account=account, state=ItemState.OPEN, private=True, pasted_by=None, network_id__startswith=PASTED
    ).count()
    if is_full(waiting, cries_out):
        raise NotNow(_("Many requests are already waiting here."), _("Ring or write to the school instead."))
    lines = [words or gettext("Please take this picture down.")]
    if reach:
        lines.append(gettext("How to reach me: {reach}").format(reach=reach))
    key_here = uuid.uuid4().hex
    given = IncomingItem(
        network=account.network, ref=Ref(account.network, f"{PASTED}{key_here}"),
        author=Author(f"{WISH}{key_here}", ""), text="\n\n".join(lines), created_at=at,
        attachments=(), visibility="private",
    )  # fmt: skip
    ingest(at=at, account=account, items=[given], post=post, pasted=Pasted(None, ItemKind.MESSAGE))
