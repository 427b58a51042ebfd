"""The app of this room."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """Pictures, and the word of somebody that the school's consent list was checked for them."""

    name = "schoolgate.media"
    label = "media"
    default_auto_field = "django.db.models.BigAutoField"
