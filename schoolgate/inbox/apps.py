"""The app of this room."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """What comes in from outside: clock, answer, release."""

    name = "schoolgate.inbox"
    label = "inbox"
    default_auto_field = "django.db.models.BigAutoField"
