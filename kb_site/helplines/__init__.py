"""The numbers to call when someone is in danger, shown wherever words tell of it: searches, topics, comments.

A rule that editors keep in Wagtail, with the source of each number and the date it was checked; no engine takes part.
"""
