"""The Django app."""

from django.apps import AppConfig


class RotaConfig(AppConfig):
    """Who is on duty when."""

    name = "schoolgate.rota"
    label = "rota"
    default_auto_field = "django.db.models.BigAutoField"
