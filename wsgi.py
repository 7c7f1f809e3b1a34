"""The door for servers and for the `flask` command: `gunicorn wsgi:app`, `flask reindex`."""

from web import create_app

app = create_app()
