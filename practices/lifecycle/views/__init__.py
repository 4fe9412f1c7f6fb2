"""The pages where cards are verified and archived."""
