"""The content model, one file per type of content."""

from .cards import PracticeCondition, PracticePage, PracticeTheme, PracticeTool
from .conditions import Condition
from .index_pages import PracticeIndexPage, PracticeSectionPage, ResourceIndexPage, ToolIndexPage
from .resources import DossierPage, DossierTheme, ResourcePage, ResourceTheme
from .themes import Theme
from .tools import ToolPage, ToolTheme

__all__ = [
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
