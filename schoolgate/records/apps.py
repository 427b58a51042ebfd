"""The app of this room."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """Retention periods, holds and destruction, over the kinds that the rooms below register."""

    name = "schoolgate.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
