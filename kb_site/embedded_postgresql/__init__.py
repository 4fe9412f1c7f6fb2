"""A Django database backend that starts its own PostgreSQL when DATABASE_URL names none."""
