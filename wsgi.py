"""The door for servers and for the `flask` command: `gunicorn wsgi:app`, `flask reindex`."""

import gc

gc.disable()  # nothing that a start makes becomes garbage; looking for it again and again took a tenth of the start

from web import create_app  # noqa: E402

app = create_app()
gc.freeze()
gc.enable()
