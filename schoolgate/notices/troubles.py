"""What can go wrong with a mail, as codes with one plain sentence each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolgate.core.errors import SchoolgateError


@dataclass(frozen=True)
class Trouble:
    """One kind of trouble.

    `of_address`: it is about this one address, and the next mail may well go out. `for_good`: trying again
    changes nothing. `unknown`: the mail may have been taken.
    """

    sentence: str | Promise
    next_step: str | Promise
    of_address: bool = False
    for_good: bool = False
    unknown: bool = False


TROUBLES: Mapping[str, Trouble] = {
    "none_set": Trouble(_("No mail server has been entered."), _("An administrator enters one.")),
    "keys": Trouble(
        _("The mail server's password cannot be opened with the keys of this home."),
        _("Enter it again, so that it is sealed with a key that is here."),
    ),
    "no_answer": Trouble(
        _("The mail server cannot be reached."), _("Check its name and port, and that it is running.")
    ),
    "slow": Trouble(
        _("The mail server did not answer in time."), _("Try again later, or ask whoever runs it.")
    ),
    "tls": Trouble(
        _("The mail server's encrypted connection could not be trusted or made."),
        _("Check the kind of encryption and the port, and that its certificate is for this name."),
    ),
    "password": Trouble(
        _("The mail server does not accept the user name or the password."),
        _("Enter both again. Some services want a password made for programs."),
    ),
    "sender": Trouble(
        _("The mail server does not accept our sender's address."),
        _("Enter an address that this user name may send from."),
    ),
    "address": Trouble(
        _("The mail server refuses this address."),
        _("Check how the address is written."),
        of_address=True,
        for_good=True,
    ),
    "address_later": Trouble(
        _("The mail server does not take mail for this address at the moment."),
        _("It is tried again."),
        of_address=True,
    ),
    "refused": Trouble(
        _("The mail server refused the mail."), _("Ask whoever runs it why."), of_address=True, for_good=True
    ),
    "refused_later": Trouble(
        _("The mail server does not take the mail at the moment."), _("It is tried again."), of_address=True
    ),
    "broken_off": Trouble(
        _("The connection to the mail server broke off before the mail was handed over."),
        _("It is tried again."),
    ),
    "unknown": Trouble(
        _("The connection broke off while the mail was handed over: nobody knows whether it was sent."),
        _("It is not sent again, so that nobody gets it twice."),
        of_address=True,
        for_good=True,
        unknown=True,
    ),
}


class MailTrouble(SchoolgateError):
    """A mail did not go out, or nobody knows whether it did. `code` is one of `TROUBLES`."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.trouble = TROUBLES[code]
        super().__init__(self.trouble.sentence, self.trouble.next_step)
