"""The app of this room."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """Policies in force and the decisions made with them."""

    name = "schoolgate.policy"
    label = "policy"
    default_auto_field = "django.db.models.BigAutoField"
