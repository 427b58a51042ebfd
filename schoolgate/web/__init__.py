"""The pages: one of the four doors."""
