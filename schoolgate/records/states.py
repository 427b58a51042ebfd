"""Why records are held, and why one is erased."""

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


class Why(models.TextChoices):
    """The reason why one is erased before its time (UK GDPR Art. 17(1)): a short code, because it is in the
    record."""

    ASKED = "asked", _("The person asked for it")
    CONSENT = "consent", _("Consent was withdrawn")
    OBJECTED = "objected", _("The person objected to our use of it")
    NOT_NEEDED = "not_needed", _("We no longer need it")
    MISTAKE = "mistake", _("It should never have been stored")
    LAW = "law", _("A court or the law requires it")
