"""What people read once a comment is shown."""

from datetime import datetime

from schoolgate.core.doors import Door
from schoolgate.core.leaving import Leaving, check_leaving, is_held
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person


def words_of(item: Item) -> str:
    """Return the text of a comment as its author has it now."""
    newest = item.versions.order_by("-pk").first()
    return newest.text if newest else ""


def words_shown(item: Item) -> dict[str, str]:
    """Return a comment's text, the name it is signed with, and that of the account it was written with."""
    return {"comment": words_of(item), "commenter": item.author_name, "handle": item.author_handle}


def check_words_shown(item: Item, *, by: Person, at: datetime) -> None:
    """Raise WordsHeld unless what is found in them is answered."""
    check_leaving(
        Door.COMMENT, words_shown(item), about=item, by=by, at=at, network=item.account.network,
        school=item.school,
    )  # fmt: skip


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
