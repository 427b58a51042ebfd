"""The app of this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Who is told what, how and when."""

    name = "schoolgate.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the vault what this app has sealed."""
        from schoolgate.notices import mail_server, sign_in  # noqa: F401 - register how they reseal
