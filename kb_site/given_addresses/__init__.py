"""Addresses that the site gave: in mails, bookmarks and links. None ever opens something else than what it was given to.

A group or a page that changes its address, or goes, leaves it behind. Given to another, it would lead whoever follows an old
mail to words that were not meant for them, under a name that they trust.
"""
