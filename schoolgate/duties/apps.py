"""The Django app."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """What must be done, by whom and by when."""

    name = "schoolgate.duties"
    label = "duties"
    default_auto_field = "django.db.models.BigAutoField"
