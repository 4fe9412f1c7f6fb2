"""The content model, one file per type of content."""

from .cards import PracticeCondition, PracticePage, PracticeTheme, PracticeTool
from .comments import Comment, CommentReport
from .conditions import Condition
from .indexes import PracticeIndexPage, PracticeSectionPage, ResourceIndexPage, ToolIndexPage
from .resources import DossierPage, DossierTheme, ResourcePage, ResourceTheme
from .themes import Theme
from .tools import ToolPage, ToolTheme

__all__ = [
    "Comment",
    "CommentReport",
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
