"""What a scope remembers of the policy, and of what follows from it."""

from schoolgate.core.tenancy import current_scope
from schoolgate.people.typed_words import NOTED


def forget_policy() -> None:
    """Read what is in force, and all that follows from it, again: the policy or a ruling was changed. That a
    lead was told isn't read anywhere, so it stays noted."""
    memo = current_scope().memo
    for key in [key for key in memo if key != NOTED]:
        del memo[key]
