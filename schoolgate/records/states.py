"""Why records are held."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Because(models.TextChoices):
    """The reason of a hold: a short code, because it is in the record."""

    SUBJECT_ACCESS = "subject_access", _("A person asked for their data")
    COMPLAINT = "complaint", _("A complaint")
    INVESTIGATION = "investigation", _("An investigation")
    CLAIM = "claim", _("A legal claim, made or likely")
    INQUIRY = "inquiry", _("A public inquiry")
    INFORMATION = "information", _("A freedom of information request")
