"""People at the accounts, and the members responsible for them."""
