"""How many times something may be tried, counted in one place for every process and every host."""
