"""What the policy asks of people about their own accounts, contacts and posts."""
