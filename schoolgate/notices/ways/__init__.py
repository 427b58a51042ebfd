"""The channels for notices, all behind the same interface."""
