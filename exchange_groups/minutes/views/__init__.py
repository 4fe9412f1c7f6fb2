"""The pages of minutes, one file per matter."""
