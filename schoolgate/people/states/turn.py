"""The points of the new school year that only a person's statement can settle. Pure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TurnPoint(TextChoices):
    """Points that no row of ours can show: whether a list was checked, and no one is missing from it."""

    LEAVERS = "leavers", _("All leavers entered")
    STARTERS = "starters", _("All starters entered")
    CLASSES = "classes", _("No other accounts belong to a class")
