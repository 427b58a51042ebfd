"""What people read once a comment is shown."""

from datetime import datetime

from schoolgate.core.doors import Door
from schoolgate.core.leaving import check_leaving
from schoolgate.inbox.models import Item
from schoolgate.people.models import Person


def words_shown(item: Item) -> dict[str, str]:
    """Return a comment's text, the name it is signed with, and that of the account it was written with."""
    newest = item.versions.order_by("-pk").first()
    return {
        "comment": newest.text if newest else "", "commenter": item.author_name, "handle": item.author_handle
    }  # fmt: skip


def check_words_shown(item: Item, *, by: Person, at: datetime) -> None:
    """Raise WordsHeld unless what is found in them is answered."""
    check_leaving(
        Door.COMMENT, words_shown(item), about=item, by=by, at=at, network=item.account.network,
        school=item.school,
    )  # fmt: skip
