"""The rows of this room: those of the noticeboard, for every other network keeps its own."""

from schoolgate.networks.noticeboard.models import NoticeboardComment, NoticeboardPost

__all__ = ["NoticeboardComment", "NoticeboardPost"]
