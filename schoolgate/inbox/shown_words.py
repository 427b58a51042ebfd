"""What people read once a comment is shown."""

from collections.abc import Mapping
from datetime import datetime

from schoolgate.core.doors import Door
from schoolgate.core.leaving import Leaving, check_words, is_held
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person
from schoolgate.triage.lanes import IN_NAME, Lane


def words_of(item: Item) -> str:
    """Return the text of a comment as its author has it now."""
    newest = item.versions.order_by("-pk").first()
    return newest.text if newest else ""


def words_shown(item: Item) -> dict[str, str]:
    """Return a comment's text, the name it is signed with, and that of the account it was written with."""
    return {"comment": words_of(item), "commenter": item.author_name, "handle": item.author_handle}


def check_words_shown(item: Item, *, by: Person, at: datetime) -> None:
    """Raise WordsHeld unless what is found in them is answered, and what the inbox marked as abuse."""
    texts = words_shown(item)
    leaving = Leaving(
        Door.COMMENT, texts, about=item, network=item.account.network, school=item.school,
        abusive=_abusive(item, texts),
    )  # fmt: skip
    check_words(leaving, by=by, at=at)


def _abusive(item: Item, texts: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return the words that are marked as abuse, with their field: all of them where no word shows it."""
    name = "commenter" if texts["commenter"] else "handle"
    found = []
    for lane, kind, start, end in item.why:
        if lane == Lane.ABUSE and kind != "staff":
            field = name if start == IN_NAME else "comment"
            found.append((field, texts[field][max(start, 0) : max(end, 0)] or texts[field]))
    return found


def leaving(item: Item, text: str) -> Leaving:
    """Return a reply as it's looked through, together with what it answers."""
    return Leaving(
        Door.REPLY, {"text": text}, about=item, school=item.school, network=item.account.network,
        to=words_of(item), writer=item.author_name,
    )  # fmt: skip


def reply_is_held(item: Item, text: str, *, at: datetime) -> bool:
    """Return whether something in a reply waits for an answer before it may leave."""
    return is_held(
        Door.REPLY, {"text": text}, about=item, at=at, network=item.account.network, to=words_of(item),
        writer=item.author_name,
    )  # fmt: skip
