"""Ask for a permission that a reply lacks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolgate.core.actions import action
from schoolgate.core.clock import local_day
from schoolgate.core.errors import BadInput, NotNow
from schoolgate.inbox import rules
from schoolgate.inbox.facts import answer_facts, text_digest
from schoolgate.inbox.models import Item
from schoolgate.inbox.permits import lacking_of_reply, place_of_item
from schoolgate.people.models import Person
from schoolgate.policy.actions.permitting import ask_permission
from schoolgate.policy.asking import answered, record_decision
from schoolgate.policy.models import PermissionAsked


@action
def ask_for_reply(
    *,
    by: Person,
    at: datetime,
    item: Item,
    text: str,
    covers: str,
    said: Mapping[str, Any],
    acknowledges_only: bool = False,
    words: str = "",
) -> PermissionAsked:
    """Ask the role that can give the permission which this reply lacks, for exactly this text.

    `covers`: the kind of permission, as `lacking_of_reply` names it; `said`: as `write_answer` takes it.
    Raises NotAllowed, BadInput on `text` or `words`, NotNow (the policy doesn’t wait for it; asked already;
    no one else has the role).
    """
    rules.check_may_answer(by, item, on=local_day(at))
    if not text.strip():
        raise BadInput({"text": _("Write the reply first.")})
    facts = answer_facts(item, by=by, at=at, acknowledges_only=acknowledges_only, said=said, text=text)
    kept = record_decision("item.answer", facts, at=at, by=by, subject=item)
    lacks = next((one for one in lacking_of_reply(answered(kept)) if one.covers == covers), None)
    if lacks is None:
        raise NotNow(_("The policy doesn’t ask for this any more."), _("Open it again to see its status."))
    return ask_permission(
        by=by,
        at=at,
        about=item,
        place=place_of_item(item),
        lacks=lacks,
        digest=text_digest(text),
        text=text,
        words=words,
        decision=kept,
    )
