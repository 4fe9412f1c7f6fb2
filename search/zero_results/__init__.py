"""What people look for and do not find, counted without knowing who."""
