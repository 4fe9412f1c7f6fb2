"""What people do in the editorial workflow."""
