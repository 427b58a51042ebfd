"""The app of this room."""

from django.apps import AppConfig


class ConductConfig(AppConfig):
    """What the policy asks of people about their own accounts, for the person alone."""

    name = "schoolgate.conduct"
    label = "conduct"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Restrict decisions about a person's own conduct to that person and those who deal with it."""
        from schoolgate.conduct import rules
        from schoolgate.policy.access import guard_decisions_about

        guard_decisions_about("conduct.keptanswer", rules.may_see_answer)
        guard_decisions_about("conduct.leavingreminder", rules.may_see_reminder)
        guard_decisions_about("conduct.ownword", rules.may_see_word)
        guard_decisions_about("conduct.removal", rules.may_see_removal)
