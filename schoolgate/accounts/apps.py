"""The app of this room."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Official accounts, from proposal to register."""

    name = "schoolgate.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
