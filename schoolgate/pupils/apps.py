"""The app of this room."""

from django.apps import AppConfig


class PupilsConfig(AppConfig):
    """Pupils and consents."""

    name = "schoolgate.pupils"
    label = "pupils"
    default_auto_field = "django.db.models.BigAutoField"
