"""A professional Instagram account, by Meta’s Graph API; see `networks.meta`."""
