"""/media/images/: the reduced versions of images (renditions). Originals, and any other file, have no address."""

from pathlib import PurePosixPath

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from wagtail.images import get_image_model

from kb_site.http import KEPT_BY_ALL

from .metadata import FORMATS
from .missing_files import FileMissing
from .permissions import may_be_seen_by

TYPES = {f".{name.lower()}": media_type for name, media_type in FORMATS.items()} | {".jpg": FORMATS["JPEG"]}
FOLDER = "images/"  # where Wagtail stores renditions


@require_safe
def image_rendition(request: HttpRequest, name: str) -> HttpResponseBase:
    """A reduced version of an image, for those who may read a page that shows it; nobody else learns that it exists.

    An image of a public page may be kept for some minutes by anyone; another one is asked again each time.
    """
    media_type = TYPES.get(PurePosixPath(name).suffix.lower())
    renditions = get_image_model().get_rendition_model().objects.select_related("image")
    rendition = get_object_or_404(renditions, file=f"{FOLDER}{name}")
    public = may_be_seen_by(AnonymousUser(), rendition.image)
    if media_type is None or not (public or may_be_seen_by(request.user, rendition.image)):
        raise Http404
    etag = quote_etag(f"{rendition.pk}-{rendition.image.file_hash}")
    response = get_conditional_response(request, etag=etag)
    if response is None:
        try:
            with rendition.file.open("rb") as file:
                response = HttpResponse(file.read(), content_type=media_type)
        except FileNotFoundError:
            raise FileMissing(_("Cette image n’est plus sur le site.")) from None
    response["ETag"] = etag
    response["Cache-Control"] = KEPT_BY_ALL if public else "private, no-store"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
