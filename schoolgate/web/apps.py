"""The pages as a Django app: templates, components, static files; no rows of its own."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Registers the checks of the navigation."""

    name = "schoolgate.web"
    label = "web"

    def ready(self) -> None:
        """Load the modules that register checks, and the kinds of duties of the reports, which are no app.
        Decisions are said in words where a person reads what is saved about them."""
        from schoolgate.core import saying
        from schoolgate.reports import duty_kinds, events  # noqa: F401 - apps must be ready first
        from schoolgate.web.frame import (
            addresses,
            layout,  # noqa: F401 - its check, once all apps are ready
        )
        from schoolgate.web.frame.wording import outcome_in_words, situation_title
        from schoolgate.web.signin import signals  # noqa: F401 - what follows a sign-in is connected

        addresses.register()
        saying.say("policy.DecisionRecord.situation", situation_title)
        saying.say("policy.DecisionRecord.outcome", outcome_in_words)
