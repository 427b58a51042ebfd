"""Enquiries from the press: kept, passed on, answered with words that were approved, and logged."""
