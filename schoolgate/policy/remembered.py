"""What a scope remembers of the policy, and of what follows from it."""

from schoolgate.core.tenancy import current_scope

REMEMBERED = ("policy.", "conduct.")
"""How the names begin under which it's remembered."""


def forget_policy() -> None:
    """Read what is in force, and the rulings on it, again: one of them was changed."""
    memo = current_scope().memo
    for key in [one for one in memo if str(one[0] if isinstance(one, tuple) else one).startswith(REMEMBERED)]:
        del memo[key]
