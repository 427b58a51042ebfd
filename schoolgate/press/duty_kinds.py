"""Kinds of tasks about enquiries from the press."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import declare

HERE = "as=press&enquiry="
"""How the inbox shows one enquiry; its number follows."""

# fmt: off
ENQUIRY = declare("press.enquiry", _("A journalist has asked us something"), _("Read enquiry"),
    page="inbox", view=HERE, mail="press")
PASS_ON = declare("press.pass_on", _("Pass on an enquiry from the press: no one here has the role"),
    _("Read enquiry"),
    page="inbox", view=HERE, mail="press")
HANDS_OFF = declare("press.hands_off", _("A journalist has asked: don’t answer before you’ve read this"),
    _("Read why"),
    page="inbox", view=HERE, mail="press")
# fmt: on
