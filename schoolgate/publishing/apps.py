"""The app of this room."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Posts: draft, check, approval, schedule, sending, take-down, stop."""

    name = "schoolgate.publishing"
    label = "publishing"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register a post's figures and readers with the apps below, and sealed texts with the vault."""
        from schoolgate.accounts.closing import register_activity_provider
        from schoolgate.core import disclosure, leaving, retention
        from schoolgate.policy.queries import find_for_decisions
        from schoolgate.publishing import past_import  # noqa: F401 - registers how it reseals
        from schoolgate.publishing import retention as kinds
        from schoolgate.publishing.archive import Posts
        from schoolgate.publishing.leaving import look_through, note_whose, show_through
        from schoolgate.publishing.named_in_public import pupils_named
        from schoolgate.publishing.news import news_for
        from schoolgate.publishing.past_posts import PastPosts
        from schoolgate.publishing.queries import post_for
        from schoolgate.publishing.ready import version_for
        from schoolgate.publishing.retention import forget_reasons
        from schoolgate.publishing.sights import Posts as Copies

        register_activity_provider(Posts())
        register_activity_provider(PastPosts())
        disclosure.register(Copies())
        leaving.look_with(look_through, note_whose, show_through)
        for kind in (
            kinds.Pictures(), kinds.PostTexts(), kinds.NewsSentIn(), kinds.PostsFromBefore(),
            kinds.ReadyTexts(), kinds.OwnersPermissions(),
        ):  # fmt: skip
            retention.register(kind)
        retention.do_again(kinds.PostsGone())
        retention.do_again(kinds.CopiesGone())
        retention.forget_with(forget_reasons)
        retention.need("pupils", kinds.pupils_shown)
        retention.need("pupils", pupils_named)
        retention.need("board", kinds.copies_kept)
        find_for_decisions("publishing.post", post_for)
        find_for_decisions("publishing.news", news_for)
        find_for_decisions("publishing.readyversion", version_for)
