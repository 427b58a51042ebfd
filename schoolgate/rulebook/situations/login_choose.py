"""The owner's login of an account is chosen or changed: does it belong to work or to somebody's own life?"""

from typing import Annotated, Literal

from schoolgate.rulebook.facts import Act, Ask, Tri
from schoolgate.rulebook.sentences import gettext_noop
from schoolgate.rulebook.situations.base import Situation, points


class LoginChoose(Act):
    """`account_is_official`: whether the account is the school's. `address`: whether the owner's e-mail
    address is of the school's own domain or of another."""

    account_is_official: Annotated[
        Tri, Ask("own_account_official", "applicant", gettext_noop("whether the account is the school's"))
    ] = None
    address: Annotated[
        Literal["school_domain", "other_domain"] | None,
        Ask(
            "own_login_address",
            "applicant",
            gettext_noop("the owner's e-mail address"),
            gettext_noop("Of what kind is the address?"),
        ),
    ] = None


LOGIN_CHOOSE = Situation(
    key="login.choose",
    title=gettext_noop("The owner's login of an account"),
    facts=LoginChoose,
    points=points("work_and_private_apart"),
)
