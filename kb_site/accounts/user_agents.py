"""Names a device in words, from what its browser says of itself: enough to recognise one's own."""

from django.utils.translation import gettext as _

# The first that is found wins: Edge and Opera also say Chrome, Chrome also says Safari.
_BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("SamsungBrowser", "Samsung Internet"),
             ("Chrome", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"))  # fmt: skip
_SYSTEMS = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
            ("Mac OS", "Mac"), ("CrOS", "Chromebook"), ("Linux", "Linux"))  # fmt: skip


def device_of(user_agent: str) -> str:
    """Return for example « Firefox sur Android »."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), _("Un navigateur"))
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    return _("%(browser)s sur %(system)s") % {"browser": browser, "system": system} if system else browser
