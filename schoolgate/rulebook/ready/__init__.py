"""Ready rules: what nearly every school's policy says, each as one declaration with at most three things to
fill in."""

from collections.abc import Mapping
from functools import cache

from schoolgate.rulebook.discover import modules_of
from schoolgate.rulebook.ready import declared
from schoolgate.rulebook.ready.bound import with_bound
from schoolgate.rulebook.ready.exceptions import with_exceptions
from schoolgate.rulebook.ready.model import ReadyRule

ORDER = (
    "accounts", "accounts_agreed", "accounts_lost", "accounts_used", "posts", "posts_agreed", "posting",
    "ai_used", "promoting", "pictures", "pictures_people", "pictures_later", "pictures_renewed", "comments",
    "comments_removable", "comments_stay", "comments_elsewhere", "official", "incoming", "contacts",
    "contacts_told", "contacts_young", "contacts_groups", "contacts_members", "families", "families_say",
    "families_take", "own_accounts", "own_references", "devices", "together", "recording", "recruiting",
    "records",
)  # fmt: skip
"""The modules of ready rules in the order in which people read them."""


@cache
def ready_rules() -> Mapping[str, ReadyRule]:
    """Return every ready rule by its key, in reading order."""
    modules = sorted(modules_of(declared), key=lambda one: ORDER.index(one.__name__.rpartition(".")[2]))
    found = [one for module in modules for one in vars(module).values() if isinstance(one, ReadyRule)]
    return {one.key: with_bound(with_exceptions(one)) for one in found}
