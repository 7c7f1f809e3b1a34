"""How gunicorn serves the archive. It reads this file by itself in the checkout: `gunicorn wsgi:app`.

Every value can be overruled on the command line, such as `gunicorn --bind unix:/run/kliping/socket --workers 4`.
"""

bind = "127.0.0.1:8000"  # this machine alone; a reverse proxy opens it to others (docs/operations.md)
workers = 2  # processes; one a core, since a query keeps a core busy
threads = 4  # of a process; a short query overtakes a long one
worker_class = "web.serving.worker.BufferingWorker"  # slow clients hold no thread
timeout = 60  # seconds after which a process whose loop stands still is killed and replaced
graceful_timeout = 30  # seconds in which a stopping process finishes its answers
keepalive = 15  # seconds an idle connection stays open; a reader asks again within them or connects anew
backlog = 1024  # connections the system holds while all processes are busy
forwarder_headers = ""  # no request header sets SCRIPT_NAME; see KLIPING_URL and KLIPING_PROXIES
loglevel = "warning"  # starts and stops are not worth a line; the app logs requests by KLIPING_LOG
