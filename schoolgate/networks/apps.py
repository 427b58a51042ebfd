"""The app of this room; only the noticeboard has rows of its own."""

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    """The networks that official accounts live on."""

    name = "schoolgate.networks"
    label = "networks"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what is destroyed."""
        from schoolgate.core import retention
        from schoolgate.networks.noticeboard import models
        from schoolgate.networks.noticeboard.models import NoticeboardPosts

        retention.register(NoticeboardPosts())
        retention.do_again(models.PostsDown())
        retention.do_again(models.CommentsDown())
