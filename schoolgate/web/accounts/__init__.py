"""Official accounts: the list, one account, its team."""
