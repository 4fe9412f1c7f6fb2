"""How the site is doing, for those who answer for it: a page of Wagtail, a command, a mail, figures for a monitor."""
