"""The Django app."""

from django.apps import AppConfig


class DutiesConfig(AppConfig):
    """What must be done, who must do it, and by when."""

    name = "schoolgate.duties"
    label = "duties"
    default_auto_field = "django.db.models.BigAutoField"
