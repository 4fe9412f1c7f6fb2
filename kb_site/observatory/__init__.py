"""Needs of the field, counted from every application, for coordinators and those who fund. Nothing under five."""
