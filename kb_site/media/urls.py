from django.urls import re_path

from .views import image_rendition

urlpatterns = [re_path(r"^images/(?P<name>[\w.\-]+)$", image_rendition, name="image_rendition")]
