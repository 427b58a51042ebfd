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
    "none_set": Trouble(_("No email server has been set up."), _("An administrator needs to set one up.")),
    "keys": Trouble(
        _("The email server’s password can’t be opened with the keys of this installation."),
        _("Enter it again, so that it’s sealed with a current key."),
    ),
    "restored": Trouble(
        _("This installation was restored from a backup and sends nothing until it’s released."),
        _("Release it first, on the page about backups."),
    ),
    "no_answer": Trouble(
        _("The email server can’t be reached."), _("Check its name and port, and that it’s running.")
    ),
    "slow": Trouble(
        _("The email server did not respond in time."), _("Try again later, or ask the person who runs it.")
    ),
    "tls": Trouble(
        _("A secure connection to the email server could not be made or trusted."),
        _("Check the encryption type and the port, and that the certificate matches this name."),
    ),
    "password": Trouble(
        _("The email server doesn’t accept the user name or password."),
        _("Enter both again. Some services need an app password."),
    ),
    "sender": Trouble(
        _("The email server doesn’t accept our sender address."),
        _("Enter an address that this user name may send from."),
    ),
    "address": Trouble(
        _("The email server refuses this address."),
        _("Check the spelling of the address."),
        of_address=True,
        for_good=True,
    ),
    "address_later": Trouble(
        _("The email server isn’t accepting email for this address at the moment."),
        _("It will be tried again."),
        of_address=True,
    ),
    "refused": Trouble(
        _("The email server refused the email."),
        _("Ask the person who runs it why."),
        of_address=True,
        for_good=True,
    ),
    "refused_later": Trouble(
        _("The email server isn’t accepting the email at the moment."),
        _("It will be tried again."),
        of_address=True,
    ),
    "broken_off": Trouble(
        _("The connection to the email server was lost before the email was sent."),
        _("It will be tried again."),
    ),
    "unknown": Trouble(
        _("The connection was lost while the email was being sent, so we can’t tell whether it was sent."),
        _("It won’t be sent again, so that no one gets it twice."),
        of_address=True,
        for_good=True,
        unknown=True,
    ),
}


class MailTrouble(SchoolgateError):
    """A mail did not go out, or it is unknown whether it did. `code` is one of `TROUBLES`."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.trouble = TROUBLES[code]
        super().__init__(self.trouble.sentence, self.trouble.next_step)
