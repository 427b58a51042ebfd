"""The owner's login of an account is chosen or changed: does it belong to work or to somebody's own life?"""

from typing import Literal

from schoolgate.rulebook.facts import Act, Tri, fact
from schoolgate.rulebook.sentences import gettext_noop as _
from schoolgate.rulebook.situations.base import moment


@moment("login.choose", _("The owner's login of an account"), "work_and_private_apart")
class LoginChoose(Act, asked_of="applicant"):
    """`account_is_official`: whether the account is the school's. `address`: whether the owner's e-mail
    address is of the school's own domain or of another."""

    account_is_official: Tri = fact(_("whether the account is the school's"), need="own_account_official")
    address: Literal["school_domain", "other_domain"] | None = fact(
        _("the owner's e-mail address"), _("Of what kind is the address?"), need="own_login_address"
    )
