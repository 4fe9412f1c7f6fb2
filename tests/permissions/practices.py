from . import Door, only

MODERATORS = only("animation", "edition", "coordination", "admin")

DOORS = {"comment_moderation": Door("/commentaires/moderation/", MODERATORS)}
# Doors that need a comment: tests/practices/comments/; an image: tests/practices/test_images.py.
ELSEWHERE = {
    "image_rendition",
    "comment_show",
    "comment_add",
    "comment_reply",
    "comment_edit",
    "comment_delete",
    "comment_report",
    "comment_decide",
}
