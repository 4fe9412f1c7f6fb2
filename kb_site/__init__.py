"""The site itself: settings, addresses, home, accounts, mails, notifications, embedded database."""
