"""Daily checks, reviews, keys, handover and closing of accounts."""
