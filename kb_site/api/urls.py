from django.urls import path

from . import embeds, views

urlpatterns = [
    path("api/v1/openapi.json", views.openapi, name="api_openapi"),
    path("api/v1/pages/", views.page_list, name="api_pages"),
    path("api/v1/pages/<int:page_id>/", views.page_detail, name="api_page"),
    path("api/v1/recherche/", views.search_api, name="api_search"),
    path("oembed", embeds.oembed, name="oembed"),
    path("integrer/<int:page_id>/", embeds.embedded_page, name="embedded_page"),
    path("integrer/recherche/", embeds.embedded_search, name="embedded_search"),
]
