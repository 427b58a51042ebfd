"""Setting up an account that was approved."""
