"""Values of conditions attached to an approval, and of a site's care."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ConditionType(TextChoices):
    """What a condition of an approval does."""

    REQUIREMENT = "requirement", _("Something is required")
    RESTRICTION = "restriction", _("Something is not allowed")


class Moderation(TextChoices):
    """When comments by others are read."""

    BEFORE = "before", _("Before it appears")
    AFTER = "after", _("After it appears")
    NONE = "none", _("No one reads it")


class SiteTextKind(TextChoices):
    """The public texts of a site."""

    HOUSE_RULES = "house_rules", _("House rules")
    TERMS = "terms_of_use", _("Terms of use")


class FriendsNote(TextChoices):
    """What was done with the note that online friends are not always real ones."""

    PINNED = "pinned", _("On the site")
    LEFT_OUT = "left_out", _("Left off the site")


class LogoLeads(TextChoices):
    """Where the logo on a site leads."""

    FITTING = "fitting_page", _("To the right page on the school’s own site")
    OTHER = "other_page", _("To another page")
    NOWHERE = "nowhere", _("Nowhere")


class SiteWordKind(TextChoices):
    """Kinds of statements on record about a site."""

    ADVICE = "advice", _("Advice on whether the internet suits the site’s audience")
    HANDOVER = "handover", _("Signed moderation handover")
    GUIDANCE = "guidance", _("Comparison of the site with published guidance")
