"""Pictures, and who vouched for them."""
