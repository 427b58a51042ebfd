"""Reading a list of comments, messages or reviews: what its columns mean, and what each line would add."""
