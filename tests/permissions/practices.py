# Doors that need an image: tests/practices/test_images.py.
DOORS: dict[str, object] = {}
ELSEWHERE = {"image_rendition"}
