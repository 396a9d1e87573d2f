"""What schemathesis sends besides its own inventions: identifiers of assessments that exist, and a condition that holds."""

import os
import uuid
import zlib

import schemathesis

KNOWN = os.environ.get("CONCORD_ASSESSMENTS", "").split()
FILES = ["assessment.json", "assessment.html", "stored.json"]


def chosen(text, values):
    """One of the values for two texts of three, always the same for the same text; nil for the others."""
    number = zlib.crc32(text.encode("utf-8", "surrogatepass"))
    return values[number // 3 % len(values)] if number % 3 and values else None


def is_uuid(text):
    try:
        return isinstance(text, str) and str(uuid.UUID(text)) == text
    except ValueError:
        return False


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if path_parameters and is_uuid(path_parameters.get("assessment")):
        path_parameters["assessment"] = (
            chosen(path_parameters["assessment"], KNOWN) or path_parameters["assessment"])
        if isinstance(path_parameters.get("name"), str):
            path_parameters["name"] = chosen(path_parameters["name"], FILES) or path_parameters["name"]
    return path_parameters


@schemathesis.hook
def map_headers(context, headers):
    if headers and isinstance(headers.get("If-Match"), str) and headers["If-Match"]:
        headers["If-Match"] = chosen(headers["If-Match"], ["*", '"1"']) or headers["If-Match"]
    return headers
