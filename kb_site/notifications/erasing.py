"""What is erased with an account: what the person followed, chose and received."""

from kb_site.members.models import User

from .models import AddressProblem, CadenceChoice, Delivery, Follow, IncomingMail, Notification


def erase_belongings(user: User) -> None:
    """Erase it; what they did stays in the notifications of others, without their name."""
    for model in (Follow, CadenceChoice, IncomingMail):
        model.objects.filter(user=user).delete()
    Notification.objects.filter(recipient=user).delete()
    Delivery.objects.filter(recipient=user).delete()
    AddressProblem.objects.filter(email__iexact=user.email).delete()
