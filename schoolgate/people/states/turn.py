"""The points of the turn of the year that only a person's word can settle. Pure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TurnPoint(TextChoices):
    """What no row of ours can show: whether a list was looked through, and nobody is missing in it."""

    LEAVERS = "leavers", _("Everybody who leaves is entered")
    STARTERS = "starters", _("Everybody who starts is entered")
    CLASSES = "classes", _("No other account belongs to a class")
