"""The app of this room."""

from django.apps import AppConfig


class ConductConfig(AppConfig):
    """What the policy asks of people about their own accounts, for the person alone."""

    name = "schoolgate.conduct"
    label = "conduct"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Confine what is known of a person's own conduct to that person and those who deal with it."""
        from schoolgate.conduct import answers
        from schoolgate.people.confined import confine

        confine("conduct.keptanswer", answers.answers_known)
        confine("conduct.leavingreminder", answers.reminders_known)
        confine("conduct.ownword", answers.own_words_known)
        confine("conduct.removal", answers.removals_known)
