"""The public API: plumbing shared by every route, and the assembly of its URLs."""
