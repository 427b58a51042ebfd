"""The ready rules that there are, by subject."""
