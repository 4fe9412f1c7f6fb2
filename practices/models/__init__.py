"""The content model, one file per type of content."""

from .cards import PracticeCondition, PracticePage, PracticeTheme, PracticeTool
from .conditions import Condition
from .index_pages import OrientationIndexPage, PracticeIndexPage, PracticeSectionPage, ResourceIndexPage, ToolIndexPage
from .orientations import OrientationPage, OrientationTheme
from .resources import DossierPage, DossierTheme, ResourcePage, ResourceTheme
from .themes import Theme
from .tools import ToolPage, ToolTheme

__all__ = [
    "Condition",
    "DossierPage",
    "DossierTheme",
    "OrientationIndexPage",
    "OrientationPage",
    "OrientationTheme",
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
