"""What people do with accounts and structures."""
