"""Facts as objects: a figure, a limit, a number to call, a rule. Written once, cited everywhere by its short name."""
