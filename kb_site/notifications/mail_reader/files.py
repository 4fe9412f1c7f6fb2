"""How many files came with a mail: what signs it, and the logos of its signature, are none."""

from email.message import EmailMessage

from .charsets import bytes_of

# The parts that sign a mail, and Outlook's copy of its own layout: never files for whoever sends it.
SIGNING = {
    "application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature",
    "application/ms-tnef", "text/vcard", "text/x-vcard",
}  # fmt: skip
TINY = 10_000  # bytes; a smaller picture is the logo of a signature
LOGO = 150_000  # the same where the picture is shown within the words: a pasted photo is heavier


def count_files(message: EmailMessage) -> int:
    """Return how many files the sender joined, or showed within the words; what signs a mail is none."""
    if message.get_content_maintype() == "multipart":
        return sum(count_files(part) for part in message.iter_parts() if isinstance(part, EmailMessage))
    kind, disposition = message.get_content_type(), message.get_content_disposition()
    if kind in SIGNING or (disposition != "attachment" and kind.startswith("text/")):
        return 0
    if kind.startswith("image/"):
        return int(len(bytes_of(message)) > (LOGO if "Content-ID" in message else TINY))
    return 1
