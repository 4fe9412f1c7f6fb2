"""The content model, one file per type of content."""

from .cards import PracticeCondition, PracticePage, PracticeTheme, PracticeTool
from .comments import BlockedWord, Comment, CommentReport, CommentRevision
from .conditions import Condition
from .indexes import PracticeIndexPage, PracticeSectionPage, ResourceIndexPage, ToolIndexPage
from .resources import DossierPage, DossierTheme, ResourcePage, ResourceTheme
from .themes import Theme
from .tools import ToolPage, ToolTheme

__all__ = [
    "BlockedWord",
    "Comment",
    "CommentReport",
    "CommentRevision",
    "Condition",
    "DossierPage",
    "DossierTheme",
    "PracticeCondition",
    "PracticeIndexPage",
    "PracticePage",
    "PracticeSectionPage",
    "PracticeTheme",
    "PracticeTool",
    "ResourceIndexPage",
    "ResourcePage",
    "ResourceTheme",
    "Theme",
    "ToolIndexPage",
    "ToolPage",
    "ToolTheme",
]
