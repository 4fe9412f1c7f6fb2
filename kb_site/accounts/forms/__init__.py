"""The forms of accounts, one module per moment of their life."""
