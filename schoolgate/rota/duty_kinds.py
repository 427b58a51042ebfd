"""Kinds of tasks about shifts on the rota."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.core.days import stored_instant
from schoolgate.duties.kinds import Named, declare
from schoolgate.rota.models import Swap, Turn

TURNS = Named(Turn, ("starts_at",), stored_instant)
SWAPS = Named(Swap, ("turn__starts_at",), stored_instant)

# fmt: off
CHECK_IN = declare("rota.check_in", _("A shift has started: check in"), _("Open shift"),
    page="rota-turn-by-id", mail="rota.shift", named=TURNS)
FILL = declare("rota.fill", _("Find cover for an empty shift"), _("Open shift"),
    page="rota-turn-by-id", mail="rota.gap", named=TURNS)
DECLINED = declare("rota.declined", _("Find someone else: no one has taken your shift"), _("Open shift"),
    page="rota-turn-by-id", mail="rota.swap", named=TURNS)
REPLY = declare("rota.reply", _("Reply to a request for cover"), _("Read and reply"),
    page="rota-swap", mail="rota.swap", named=SWAPS)
# fmt: on
