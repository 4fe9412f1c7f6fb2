"""The content security policy: strict on the site, relaxed where Wagtail's editor needs it."""

from csp.constants import SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from kb_site.identity.face import face

# Wagtail's editor writes inline scripts and styles, and shows previews in a frame.
EDITOR_POLICY = {
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF],
    "frame-src": [SELF],
    "worker-src": [SELF, "blob:"],
}


class ContentSecurityMiddleware(CSPMiddleware):
    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request=request, response=response, report_only=report_only)
        if request.path_info.startswith(reverse("wagtailadmin_home")):
            parts.replace = (parts.replace or {}) | EDITOR_POLICY
        elif (shown := face()).style:
            parts.update = (parts.update or {}) | {"style-src": [shown.style_digest]}
        return parts
