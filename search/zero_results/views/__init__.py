"""What editors see of searches without answer, and what the results page tells."""
