"""Sending a page to somebody: what others' software shows of a link, the picture, the code on paper.

Each app says of its kinds of pages what may be shown (`kinds.py`), and who reads them; what is not public shows nothing.
"""
