"""Somebody wants the particulars or the password of an account, or puts them somewhere."""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Person, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class AccountKeys(Act):
    """`what`: the account's particulars (login name, recovery address, telephone) or its password.

    `act`: "see" them, or "keep" them somewhere. `by_has_part`: whether `by` has a part in this very account.
    `place`: where they are kept: "vault" is the program's own, "locked" another place that only those with a
    part in the account can open, "open" one that others can get at. `in_clear`: they can be read there by
    whoever opens the file."""

    by: Annotated[Person | None, Ask("person_asking", "whoever_asks", gettext_noop("who asks"))] = None
    what: Annotated[
        Literal["account details", "passwords"] | None,
        Ask(
            "keys_what",
            "whoever_asks",
            gettext_noop("whether it is about particulars or a password"),
            gettext_noop("What is it about?"),
        ),
    ] = None
    act: Annotated[
        Literal["see", "keep"] | None,
        Ask(
            "keys_act",
            "whoever_asks",
            gettext_noop("whether it is to be seen or kept"),
            gettext_noop("What do you want to do?"),
        ),
    ] = None
    by_has_part: Annotated[
        Tri,
        Ask(
            "by_has_part",
            "office",
            gettext_noop("whether this person has a part in the account"),
            gettext_noop("Do you have a part in this very account?"),
        ),
    ] = None
    place: Annotated[
        Literal["vault", "locked", "open"] | None,
        Ask(
            "keys_place",
            "whoever_asks",
            gettext_noop("where it is kept"),
            gettext_noop("Where would it be kept?"),
        ),
    ] = None
    in_clear: Annotated[
        Tri,
        Ask(
            "keys_in_clear",
            "whoever_asks",
            gettext_noop("whether it can be read there"),
            gettext_noop("Could whoever opens the file read it there?"),
        ),
    ] = None


ACCOUNT_KEYS = Situation(
    key="account.keys",
    title=gettext_noop("The particulars and the password of an account"),
    facts=AccountKeys,
    points=points("account_details account_password"),
)
