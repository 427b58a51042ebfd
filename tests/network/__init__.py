"""A real Bluesky network on loopback, for the tests and for trying things by hand."""
