"""What follows an event, in this room: a file a theme, each imported here so that its handlers are known."""

from schoolgate.accounts.handlers import handover, keys

__all__ = ["handover", "keys"]
