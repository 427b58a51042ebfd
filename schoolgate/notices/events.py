"""Texts of events about mails and messages in the record."""

from django.utils.translation import gettext_lazy as _

from schoolgate.core.events import Event, declare

declare(
    {
        "badaddress.mended": Event(_("Emails are reaching a person again.")),
        "badaddress.noted": Event(_("Emails did not reach a person.")),
        "mail.failed": Event(_("An email to a person could not be sent, or bounced.")),
        "mail.unknown": Event(_("It is not known whether an email to a person was sent.")),
        "morningtime.set": Event(_("The time of the morning email was set.")),
    }
)
