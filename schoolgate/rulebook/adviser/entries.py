"""Every entry of the catalogue, by its key. A new file of `catalogue/` is known without a list."""

from collections.abc import Iterator, Mapping

from schoolgate.rulebook.adviser import catalogue
from schoolgate.rulebook.adviser.entry import Entry
from schoolgate.rulebook.discover import modules_of
from schoolgate.rulebook.sentences import gettext_noop

__all__ = ["ENTRIES", "SUBJECTS", "entry"]

SUBJECTS: Mapping[str, str] = {
    "contacts": gettext_noop("Being in contact"),
    "own": gettext_noop("Your own accounts and posts"),
    "pictures": gettext_noop("Pictures and names"),
    "posts": gettext_noop("Posts for the school"),
    "accounts": gettext_noop("Accounts for the school"),
    "comments": gettext_noop("Comments and what others write"),
    "messages": gettext_noop("Messages and groups"),
    "incidents": gettext_noop("When something goes wrong"),
    "press": gettext_noop("Journalists"),
    "devices": gettext_noop("Devices, networks and working time"),
    "policy": gettext_noop("The policy itself"),
}
"""subject -> its name on a page, in the order in which they are shown"""


def _found() -> Iterator[Entry]:
    for module in modules_of(catalogue):
        yield from getattr(module, "ENTRIES", ())


ENTRIES: Mapping[str, Entry] = {one.key: one for one in _found()}


def entry(key: str) -> Entry:
    """The entry with this key. Raises KeyError."""
    return ENTRIES[key]
