"""Staff's own conduct: answers they keep, checks of their own profiles, leaving, posts they must remove."""
