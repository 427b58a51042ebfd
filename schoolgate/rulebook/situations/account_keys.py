"""Somebody wants the particulars or the password of an account, or puts them somewhere."""

from typing import Literal

from schoolgate.rulebook.facts import Act, Person, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment(
    "account.keys", _("The particulars and the password of an account"), "account_details account_password"
)
class AccountKeys(Act, asked_of="whoever_asks", prefix="keys_"):
    """`what`: the account's particulars (login name, recovery address, telephone) or its password.

    `act`: "see" them, or "keep" them somewhere. `by_has_part`: whether `by` has a part in this very account.
    `place`: where they are kept: "vault" is the program's own, "locked" another place that only those with a
    part in the account can open, "open" one that others can get at. `in_clear`: they can be read there by
    whoever opens the file."""

    by: Person | None = fact(_("who asks"), need="person_asking")
    what: Literal["account details", "passwords"] | None = fact(
        _("whether it is about particulars or a password"), _("What is it about?")
    )
    act: Literal["see", "keep"] | None = fact(
        _("whether it is to be seen or kept"), _("What do you want to do?")
    )
    by_has_part: Tri = fact(
        _("whether this person has a part in the account"),
        _("Do you have a part in this very account?"),
        need="by_has_part",
        of="office",
    )
    place: Literal["vault", "locked", "open"] | None = fact(
        _("where it is kept"), _("Where would it be kept?")
    )
    in_clear: Tri = fact(_("whether it can be read there"), _("Could whoever opens the file read it there?"))
