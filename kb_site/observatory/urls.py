"""Addresses under /besoins/."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.observatory, name="observatory"),
    path("rapport/", views.funder_report, name="funder_report"),
    path("rapport/introduction/", views.funder_report_foreword, name="funder_report_foreword"),
    path("rapport.docx", views.funder_report_docx, name="funder_report_docx"),
    path("rapport.csv", views.funder_report_csv, name="funder_report_csv"),
    path("rapport.xlsx", views.funder_report_xlsx, name="funder_report_xlsx"),
]
