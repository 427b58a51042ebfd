"""The app of this room."""

from django.apps import AppConfig


class InboxConfig(AppConfig):
    """What comes in from outside: clock, answer, release."""

    name = "schoolgate.inbox"
    label = "inbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the rooms below what was written on an account."""
        from schoolgate.accounts.figures import tell_with
        from schoolgate.inbox.told import Comments

        tell_with(Comments())
