"""Messages from others, and the replies."""
