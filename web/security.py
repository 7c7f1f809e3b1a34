"""What browsers are told on every answer: run and load only our own, believe our types, tell nobody who reads."""

from flask import Flask, Response

POLICY = "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"


def register(app: Flask) -> None:
    """Send the headers with every answer of the app."""
    app.after_request(_guard)


def _guard(response: Response) -> Response:
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response
