"""Staff’s own conduct."""
