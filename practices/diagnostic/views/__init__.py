"""The pages of the diagnostic: campaigns and results for members, questions for whoever holds a code."""
