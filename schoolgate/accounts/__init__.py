"""Official accounts: proposed, decided, opened as the policy asks, connected, and listed for everyone."""
