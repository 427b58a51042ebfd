"""Posts, from the draft to the last copy taken down."""
