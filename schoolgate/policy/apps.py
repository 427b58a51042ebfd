"""The app of this room."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class PolicyConfig(AppConfig):
    """Policies in force and the decisions made with them."""

    name = "schoolgate.policy"
    label = "policy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the apps below which book is in force, and the rulebook where the installation's own
        policies are; gather the permissions that the areas above wait for."""
        from schoolgate.core import disclosure, retention, saying
        from schoolgate.core.env import env
        from schoolgate.people.queries import set_policy_resolver
        from schoolgate.policy import again as acts
        from schoolgate.policy import retention as kinds
        from schoolgate.policy import retention as things
        from schoolgate.policy.knowing import may_see_step
        from schoolgate.policy.queries import book_in_force, guard_decisions_about, role_in_words
        from schoolgate.rulebook.packs import OWN, own_policies_in

        for column in ("role_key", "to_role_key", "decided_role_key"):
            saying.say(column, role_in_words)
        whole = ("situation", "subject", "at", "outcome", "body")
        disclosure.register(
            disclosure.Table(
                "policy.DecisionRecord", {"policy.DecisionFacts": "kept"},
                shown={"policy.DecisionRecord": whole},
            )
        )  # fmt: skip
        disclosure.register(disclosure.Table("policy.Attestation", {"policy.PaperAnswer": "attestation"}))
        for kind in (
            kinds.AskedOfThePolicy(), things.PermissionsAsked(), things.QuestionsAsked(),
            things.Suggestions(), things.PracticeNotes(), things.Lessons(), things.PapersOfLeavers(),
        ):  # fmt: skip
            retention.register(kind)
        retention.do_again(acts.GuidesWithdrawn())
        retention.do_again(acts.LinksEnded())
        guard_decisions_about("policy.managerstep", may_see_step)
        own_policies_in(env().home / OWN)
        set_policy_resolver(book_in_force)
        autodiscover_modules("permits")
