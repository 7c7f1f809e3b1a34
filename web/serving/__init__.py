"""Around every request: the server's worker, host names, security headers, the request log and monitoring.

This wing knows connections, headers and counters, and nothing of articles. It hands out the worker class that
`gunicorn.conf.py` names, and functions that `create_app` registers. Start with `worker`.
"""
