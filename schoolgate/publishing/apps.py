"""The app of this room."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Posts: draft, check, approval, schedule, sending, take-down, stop."""

    name = "schoolgate.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"
