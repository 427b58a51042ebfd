"""Requests about data: subject access, freedom of information, correction and objection."""
