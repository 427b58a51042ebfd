"""Event handlers of this app: one file per theme, each imported here so that its handlers are registered."""

from schoolgate.accounts.handlers import handover, keys

__all__ = ["handover", "keys"]
