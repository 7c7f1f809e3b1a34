"""Answers in XML: feeds, drawings and descriptions. They hold no character that XML cannot write."""

import re
from typing import Any

from flask import Response, make_response, render_template

# XML 1.0, section 2.2: all others make a file that no program reads.
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_answer(template: str, media_type: str, **values: Any) -> Response:
    """Render a template as an answer; characters that XML cannot write become U+FFFD."""
    response = make_response(_NOT_IN_XML.sub("\ufffd", render_template(template, **values)))
    response.mimetype = media_type
    return response
