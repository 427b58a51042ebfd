"""The checks of `schoolgate check`: each is a function that reports a status and what to do."""
