"""The Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Official accounts, from proposal to register."""

    name = "schoolgate.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register with the apps below which parts people have in accounts, who sees proposals, and what is
        destroyed."""
        from schoolgate.accounts import retention as kinds
        from schoolgate.accounts.access import parts_of
        from schoolgate.accounts.proposals import proposal_for
        from schoolgate.core import retention
        from schoolgate.policy.knowing import find_parts_with
        from schoolgate.policy.queries import find_for_decisions

        find_parts_with(parts_of)
        find_for_decisions("accounts.proposal", proposal_for)
        for kind in (
            kinds.Proposals(), kinds.QuickRequests(), kinds.FakeAccounts(), kinds.UnofficialPages(),
            kinds.PagesAroundTheSchool(), kinds.ClosedAccounts(),
        ):  # fmt: skip
            retention.register(kind)
