"""Kinds of tasks about people's own accounts, contacts and posts. None of them names what it is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.duties.kinds import declare

# fmt: off
TALK = declare("conduct.talk", _("Talk to a colleague who is unsure about a contact"), _("Read and respond"),
    page="own-answer", mail="conduct")
TALKED = declare("conduct.talked", _("Your conversation about a contact has been recorded"),
    _("Read the answer"),
    page="own-answer", mail="conduct", passed_on=False)
SETTINGS = declare("conduct.own_settings", _("Check the settings of your own accounts"),
    _("Check my profile"),
    page="own-accounts", mail="conduct", by_subject=False, passed_on=False)
CONNECTIONS = declare("conduct.own_connections", _("Check who you’re connected with on your own accounts"),
    _("Check connections"),
    page="own-accounts", mail="conduct", by_subject=False, passed_on=False)
WORD = declare("conduct.own_word", _("Make your declaration on your own accounts"), _("Make declaration"),
    page="own-accounts", mail="conduct", by_subject=False, passed_on=False)
LEAVING = declare("conduct.leaving", _("Confirm which answers are still right after you leave"),
    _("Read and confirm"),
    page="own-leaving", mail="conduct", passed_on=False)
REMIND_LEAVER = declare("conduct.remind_leaver", _("Remind a leaver which duties continue"),
    _("Record reminder"),
    page="own-leaving", mail="conduct")
REMOVE = declare("conduct.remove_post", _("Remove a post or picture from your own page"), _("See which one"),
    page="own-removal", mail="conduct", passed_on=False)
# fmt: on
