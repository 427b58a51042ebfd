"""What comes in from outside, and what people answer."""
