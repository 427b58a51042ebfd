"""The models of this app: those of the noticeboard; every other network stores its own data."""

from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost

__all__ = ["NoticeboardComment", "NoticeboardPost"]
