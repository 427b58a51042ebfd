"""The app of this room."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Pictures, and records that a person checked the school's consent list for them."""

    name = "schoolgate.media"
    label = "media"
    default_auto_field = "django.db.models.BigAutoField"
