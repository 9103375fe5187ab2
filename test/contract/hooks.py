"""What Schemathesis cannot know of the service: how its media types are written and read, what a certificate looks like, and
what holds for every answer though no schema says it."""

import json

import schemathesis
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode

PEM_TYPES = ("application/x-pem-file", "application/pem-certificate-chain", "text/plain")
BATCH = "application/x-ndjson"
STRUCTURED = ("application/json", "multipart/form-data", BATCH)

real = {}
"""Certificates by the member that takes them, as the description's own example has them."""


@schemathesis.hook
def after_load_schema(context, schema):
    request = schema.raw_schema["components"]["schemas"]["ValidationRequest"]
    example = request.get("example") or request["examples"][0]
    leaf, ca = example["chain"], example["caBundle"]
    real.update(chain=leaf, intermediates=ca, caBundle=ca, certificates=ca)


def is_positive(case):
    return case.meta is not None and case.meta.generation.mode == GenerationMode.POSITIVE


@schemathesis.hook
def filter_case(context, case):
    """Leaves out what Schemathesis takes for the contrary of what it is: a body that is any text, or any octets, has no wrong
    form; and an entity tag of 0 (4.32.5 tries it as an optional header field, whatever the pattern) is not well-formed."""
    if is_positive(case) and "0" in (case.headers.get("if-match"), case.headers.get("if-none-match")):
        return False
    body = case.meta.components.get(ParameterLocation.BODY) if case.meta is not None else None
    return body is None or body.mode == GenerationMode.POSITIVE or case.media_type in STRUCTURED


@schemathesis.hook
def before_call(context, case, kwargs):
    """Every second well-formed request holds certificates and names a trust store that may be there, so that what lies behind
    the reading of both is reached as well. What else it asks stays as it was generated."""
    if not is_positive(case) or sum(repr((case.path_parameters, case.query, case.body)).encode()) % 2:
        return
    if isinstance(case.body, dict):
        case.body = with_certificates(case.body)
    elif isinstance(case.body, str) and case.media_type in PEM_TYPES:
        case.body = real["chain"]
    if "name" in (case.path_parameters or {}):
        case.path_parameters["name"] = "corporate"
        for condition in ("if-match", "if-none-match"):
            case.headers.pop(condition, None)
    if isinstance((case.path_parameters or {}).get("version"), int):
        case.path_parameters["version"] = case.path_parameters["version"] % 4 + 1


def with_certificates(body):
    given = {name: real.get(name, value) for name, value in body.items() if name not in ("crls", "ocspResponses")}
    if isinstance(given.get("requests"), list):
        given["requests"] = [with_certificates(request) for request in given["requests"]]
    if isinstance(given.get("constraints"), dict):
        given["constraints"] = {"*": {"purposes": ["serverAuth"]}}
    return given


@schemathesis.serializer("application/x-pem-file", "application/pem-certificate-chain")
def write_text(context, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "replace")


@schemathesis.serializer(BATCH)
def write_line(context, value):
    return json.dumps(value).encode() + b"\n"


@schemathesis.deserializer(BATCH)
def read_line(context, response):
    """One line was sent, so one is answered."""
    (line,) = response.content.decode().splitlines()
    return json.loads(line)


@schemathesis.deserializer("application/pem-certificate-chain", "application/x-pem-file")
def read_text(context, response):
    return response.content.decode()


@schemathesis.check
def every_answer(ctx, response, case):
    headers = {name.lower(): values[0] for name, values in response.headers.items()}
    for name in ("x-request-id", "x-content-type-options"):
        assert name in headers, f"the answer has no {name}"
    if headers.get("content-type", "").startswith("application/problem+json"):
        problem = response.json()
        assert problem["status"] == response.status_code, "a problem tells another status than the answer has"
        assert problem["type"] == f"/errors/{problem['code']}", "the type of a problem is not its code"


@schemathesis.check
def batch_line_rejection(ctx, response, case):
    if response.status_code != 200 or case.operation.definition.raw["operationId"] != "validateBatch":
        return
    body = case.meta.components.get(ParameterLocation.BODY) if case.meta is not None else None
    if body is not None and body.mode == GenerationMode.NEGATIVE:
        for line in response.content.decode().splitlines():
            assert json.loads(line)["status"] in (400, 413, 422), "a line that the schema refuses was taken"
