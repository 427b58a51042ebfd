"""The REST API: the same actions as the pages, for programs. It has no rules of its own."""
