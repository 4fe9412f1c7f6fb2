"""/relecture/."""

from django.urls import path

from ..views.experts import expert_opinion

urlpatterns = [path("<secret:token>/", expert_opinion, name="expert_opinion")]
