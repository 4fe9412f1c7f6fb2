"""Sign-in by OpenID Connect, under French addresses (the names are those that allauth reverses)."""

from allauth.socialaccount import views as allauth_views
from django.urls import path
from django.views.generic import RedirectView

from . import openid_connect

urlpatterns = [
    path("deconnexion/", openid_connect.sign_out, name="account_logout"),
    path("connexion/<slug:provider_id>/entrer/", openid_connect.sign_in, name="openid_connect_login"),
    path("connexion/<slug:provider_id>/retour/", openid_connect.callback, name="openid_connect_callback"),
    path("connexion/openid/inscription/", allauth_views.signup, name="socialaccount_signup"),
    path("connexion/openid/annulee/", allauth_views.login_cancelled, name="socialaccount_login_cancelled"),
    path("connexion/openid/erreur/", allauth_views.login_error, name="socialaccount_login_error"),
    path("connexion/openid/", RedirectView.as_view(pattern_name="account_profile"), name="socialaccount_connections"),
]
