"""What others wrote to us, and the replies."""
