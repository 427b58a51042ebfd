"""Who has read the policy, and training."""
