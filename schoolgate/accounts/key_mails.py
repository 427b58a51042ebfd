"""The mails about keys: who, and what kind of key. Never a key, and never why."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from schoolgate.accounts.models import Account, AccountKey, PaperKey
from schoolgate.people.models import Person


def _send(person: Person, account: Account, subject: str, lines: list[str]) -> None:
    federation = account.federation
    body = "\n\n".join([*lines, _("Schoolgate, for {federation}").format(federation=federation.name)])
    send_mail(f"{federation.name}: {subject}", body, settings.DEFAULT_FROM_EMAIL, [person.email])


def send_shown(person: Person, key: AccountKey, *, by: Person, link: str) -> None:
    """Tell another lead that somebody was shown a key of the account."""
    with override(person.language):
        said = {"who": by.name, "what": key.get_kind_display(), "account": key.account.name}
        _send(
            person,
            key.account,
            _("a key of an account was shown"),
            [
                _("Account: {account}. Shown: {what}. To: {who}.").format(**said),
                _("You are told because you look after it too. If it should not have been, talk to them."),
                link,
            ],
        )


def send_opened(person: Person, paper: PaperKey, *, link: str) -> None:
    """Tell a lead that a sealed paper was opened."""
    with override(person.language):
        said = {"number": paper.number, "account": paper.account.name}
        _send(
            person,
            paper.account,
            _("a sealed paper was opened"),
            [
                _("Account: {account}. Paper number: {number}.").format(**said),
                _("What stands on it is to be changed at the network now, and then kept anew here:"),
                link,
            ],
        )
