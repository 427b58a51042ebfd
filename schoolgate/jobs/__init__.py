"""Work in the background: a thin door to the actions."""
