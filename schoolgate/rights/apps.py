"""The app of this room."""

from django.apps import AppConfig


class RightsConfig(AppConfig):
    """Requests about data, each with its deadline and its task."""

    name = "schoolgate.rights"
    label = "rights"
    default_auto_field = "django.db.models.BigAutoField"
