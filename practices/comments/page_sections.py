"""The comments of a card on its page: what they are depends on who reads them, and so their template asks for them."""

from ..page_sections import PageSection, register

register(PageSection("commentaires", lambda page, request: {}, order=30, template="comments/comments.html"))
