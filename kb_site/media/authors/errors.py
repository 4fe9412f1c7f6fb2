class AuthorStays(Exception):
    """What names the author cannot be taken out of this file: protected, signed, damaged, or holding other files."""
