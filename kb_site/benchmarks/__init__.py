"""What measures the site: never installed in production."""
