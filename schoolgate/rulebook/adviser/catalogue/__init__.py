"""What people ask, subject by subject. Each file has ENTRIES; the words to find them by are data."""
