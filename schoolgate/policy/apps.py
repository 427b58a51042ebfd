"""The app of this room."""

from django.apps import AppConfig


class PolicyConfig(AppConfig):
    """Policies in force and the decisions made with them."""

    name = "schoolgate.policy"
    label = "policy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the rooms below which book is in force."""
        from schoolgate.people.queries import find_books_with
        from schoolgate.policy.queries import book_in_force

        find_books_with(book_in_force)
