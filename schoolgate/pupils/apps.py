"""The app of this room."""

from django.apps import AppConfig


class PupilsConfig(AppConfig):
    """Pupils and consents."""

    name = "schoolgate.pupils"
    label = "pupils"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register pupils who left as a kind of record."""
        from schoolgate.core import retention
        from schoolgate.pupils.retention import PupilsWhoLeft

        retention.register(PupilsWhoLeft())
