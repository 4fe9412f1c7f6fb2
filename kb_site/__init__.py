"""The site itself: settings, addresses, home, members, notifications, embedded database."""
