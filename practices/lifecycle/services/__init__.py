"""What keeps pages alive, or ends them."""
