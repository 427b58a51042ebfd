"""How long records are kept, holds on their destruction, and certificates of what was destroyed."""
