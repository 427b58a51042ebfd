"""The evidence for one clause or all as one ZIP file, which can be checked without Schoolgate (ADR 0069)."""
