"""PTA pages and other pages run beside the school."""
