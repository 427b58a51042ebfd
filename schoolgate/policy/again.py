"""What of a policy was public or open by a link, and may not be so again by a restore."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolgate.core.retention import Columns
from schoolgate.policy.models import Guide, ReadingLink


class GuidesWithdrawn(Columns):
    """Guides that were withdrawn: the public ones are public no more."""

    key, model, when = "policy.guide_withdrawn", Guide, "ended_at"
    undone = _("Guide {number} was withdrawn after the backup. Withdraw it again.")


class LinksEnded(Columns):
    """Links to the policy’s text that were ended."""

    key, model, when = "policy.link_ended", ReadingLink, "ended_at"
    undone = _("A link to the policy ended after the backup: number {number}. Send a new one.")
