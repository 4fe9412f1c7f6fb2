"""What every request goes through, but accounts and statistics, which keep theirs."""
