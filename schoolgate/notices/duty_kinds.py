"""The kind of task about people that mail does not reach."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import PEOPLE, declare

# fmt: off
MEND = declare("notices.mend_address", _("Find a working address: emails don’t reach this person"),
    _("See who it is"),
    page="person-contact", mail="mail", named=PEOPLE)
# fmt: on
