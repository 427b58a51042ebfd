"""The REST door: the same actions as the pages, for programs. No rule of its own stands here."""
