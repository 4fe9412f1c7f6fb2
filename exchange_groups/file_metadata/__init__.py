"""Files joined to topics: without author, last editor, place nor device, and under a masked name without their own."""
