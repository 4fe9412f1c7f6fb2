# One image for the web and for the worker; compose.yaml says which command each runs.
FROM python:3.11-slim-bookworm

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app

COPY requirements/site.txt requirements/site.txt
RUN pip install --no-cache-dir --require-hashes -r requirements/site.txt

COPY . .
# Files with hashed names, compressed once; the demonstration's settings give the key that this needs.
RUN DEMO=1 python manage.py collectstatic --noinput \
    && useradd --system --create-home --home-dir /home/site site \
    && mkdir -p var/media var/private var/pages /srv/sauvegardes \
    && chown -R site:site var /srv/sauvegardes

USER site
EXPOSE 8000
CMD ["gunicorn", "kb_site.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4", "--worker-tmp-dir", "/dev/shm"]
