"""Fetches a public page that is evidence: what the server answered, and a picture and a PDF of it."""
