"""Mails: composed when they leave, handed over at most once."""
