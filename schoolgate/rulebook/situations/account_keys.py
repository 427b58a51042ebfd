"""Somebody wants the particulars or the password of an account, or puts them somewhere."""

from typing import Literal

from schoolgate.rulebook.facts import Facts, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class AccountKeys(Facts):
    """`what`: the account's particulars (login name, recovery address, telephone) or its password.

    `act`: "see" them, or "keep" them somewhere. `by_has_part`: whether `by` has a part in this very account.
    `place`: where they are kept: "vault" is the program's own, "locked" another place that only those with a
    part in the account can open, "open" one that others can get at. `in_clear`: they can be read there by
    whoever opens the file."""

    by: Person | None = None
    what: Literal["account details", "passwords"] | None = None
    act: Literal["see", "keep"] | None = None
    by_has_part: Tri = None
    place: Literal["vault", "locked", "open"] | None = None
    in_clear: Tri = None

    @property
    def actor(self) -> Person | None:
        """Whose act is judged."""
        return self.by


ACCOUNT_KEYS = Situation(
    key="account.keys",
    title=gettext_noop("The particulars and the password of an account"),
    facts=AccountKeys,
    points=points("account_details account_password"),
)
