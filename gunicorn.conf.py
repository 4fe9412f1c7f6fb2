"""What gunicorn reads by itself, however it is started."""

# Seconds. Whoever sends on a connection at the instant when it is closed loses what was sent, a comment perhaps: proxies
# must let go first (Caddy waits 120 s, nginx 60).
keepalive = 130
