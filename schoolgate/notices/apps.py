"""The app of this room."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Who is told what, how and when."""

    name = "schoolgate.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the vault what this app has sealed, and say its kinds in words."""
        from schoolgate.core import saying
        from schoolgate.notices import sign_in  # noqa: F401 - register how they reseal
        from schoolgate.notices.kinds import KINDS

        for column in ("notices.Notice.kind", "notices.Mail.letter"):
            saying.say(column, lambda key: KINDS[key].sentence if key in KINDS else key)
