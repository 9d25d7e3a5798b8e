"""Holds requests and replies of AWS services to the models that AWS publishes, as botocore has them."""

import re
import urllib.parse
import xml.etree.ElementTree as xml

import botocore.loaders
import botocore.model
import botocore.parsers

TARGETS = {
    "AmazonEC2ContainerServiceV20141113": "ecs", "AmazonEC2ContainerRegistry_V20150921": "ecr",
    "AmazonSSM": "ssm", "Logs_20140328": "logs", "secretsmanager": "secretsmanager",
    "AnyScaleFrontendService": "application-autoscaling"}
QUERIES = ("sts", "iam", "elbv2", "cloudwatch")
# Proves that members which nobody knows yet survive a release.
INVENTED = {"futureMember", "futureSwitch"}
# Any operation may answer these, and models do not say so.
COMMON = {"AccessDeniedException", "ExpiredTokenException", "ThrottlingException", "InternalFailure",
          "ServiceUnavailable", "UnrecognizedClientException", "InvalidClientTokenId", "AccessDenied",
          "ExpiredToken", "Throttling",
          "RequestTimeTooSkewed", "SignatureDoesNotMatch"}
LEAVES = {
    "string": str, "character": str, "blob": str, "boolean": bool, "integer": int, "long": int,
    "float": (int, float), "double": (int, float), "timestamp": (int, float)}

loader = botocore.loaders.Loader()
models = {}


def model(name):
    if name not in models:
        models[name] = botocore.model.ServiceModel(
            loader.load_service_model(name, "service-2"), name)
    return models[name]


def problems(exchange):
    """What is wrong with an exchange: texts, none when all is well."""
    if "form" in exchange:
        return query_problems(exchange)
    prefix, operation = exchange["target"].split(".", 1)
    if prefix not in TARGETS or operation not in model(TARGETS[prefix]).operation_names:
        return [f"{exchange['target']} is no operation"]
    shapes = model(TARGETS[prefix]).operation_model(operation)
    found = list(walk(exchange["request"], shapes.input_shape, operation + " request"))
    if exchange["status"] == 200:
        return found + list(walk(exchange["reply"], shapes.output_shape, operation + " reply"))
    return found + error_problems(shapes, exchange["reply"]["__type"])


def walk(value, shape, where):
    """Unknown and missing members, wrong types, and values that an enumeration does not have."""
    if shape is None:
        if value:
            yield f"{where} has no members"
        return
    kind = shape.type_name
    if kind == "structure":
        if not isinstance(value, dict):
            yield f"{where} is {type(value).__name__}, not a structure"
            return
        members = {one.serialization.get("name", name): one for name, one in shape.members.items()}
        for name, one in value.items():
            if name in members:
                yield from walk(one, members[name], f"{where}.{name}")
            elif name not in INVENTED:
                yield f"{where}.{name} is unknown"
        for name in shape.required_members:
            if name not in value:
                yield f"{where}.{name} is required"
    elif kind == "list":
        if not isinstance(value, list):
            yield f"{where} is {type(value).__name__}, not a list"
            return
        for one in value:
            yield from walk(one, shape.member, where + "[]")
    elif kind == "map":
        if not isinstance(value, dict):
            yield f"{where} is {type(value).__name__}, not a map"
            return
        for one in value.values():
            yield from walk(one, shape.value, where + "{}")
    else:
        if not isinstance(value, LEAVES[kind]) or (kind != "boolean" and isinstance(value, bool)):
            yield f"{where} is {type(value).__name__}, not {kind}"
        elif getattr(shape, "enum", None) and value not in shape.enum:
            yield f"{where} is '{value}', which is none of its values"


def error_problems(shapes, code):
    known = {one.metadata.get("error", {}).get("code", one.name) for one in shapes.error_shapes}
    known |= {one.name for one in shapes.error_shapes}
    return [] if code in known | COMMON else [f"{shapes.name} does not answer {code}"]


def query_problems(exchange):
    form = dict(urllib.parse.parse_qsl(exchange["form"], keep_blank_values=True))
    action = form.pop("Action", "")
    version = form.pop("Version", "")
    service = next((model(name) for name in QUERIES if action in model(name).operation_names
                    and model(name).api_version == version), None)
    if service is None:
        return [f"{action} of {version} is no operation"]
    shapes = service.operation_model(action)
    members = {one.serialization.get("name", name)
               for name, one in (shapes.input_shape.members if shapes.input_shape else {}).items()}
    found = [f"{action} request.{name} is unknown" for name in form if name.split(".")[0] not in members]
    for name in shapes.input_shape.required_members if shapes.input_shape else []:
        if not any(one.split(".")[0] == name for one in form):
            found.append(f"{action} request.{name} is required")
    root = xml.fromstring(re.sub(' xmlns="[^"]*"', "", exchange["reply"], count=1))
    if exchange["status"] != 200:
        return found + error_problems(shapes, root.findtext("Error/Code"))
    answer = {"body": exchange["reply"].encode(), "headers": {}, "status_code": 200}
    parsed = botocore.parsers.create_parser("query").parse(answer, shapes.output_shape)
    parsed.pop("ResponseMetadata")
    sent = sorted(one.text or "" for one in root.find(f"{action}Result").iter() if not len(one))
    got = sorted(leaves(parsed))
    # An element that the model does not know is lost without a word.
    lost = [text for text in sent if text and text not in got]
    return (found + [f"{action} reply: '{text}' is nowhere in the model" for text in lost]
            + enum_problems(parsed, shapes.output_shape, action + " reply"))


def leaves(value):
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list):
        yield str(value)
        return
    for one in value:
        yield from leaves(one)


def enum_problems(parsed, shape, where):
    """Values that an enumeration does not have, of what botocore understood."""
    if shape.type_name == "structure":
        return [one for name in parsed for one in
                enum_problems(parsed[name], shape.members[name], f"{where}.{name}")]
    if shape.type_name == "list":
        return [one for member in parsed for one in enum_problems(member, shape.member, where + "[]")]
    bad = getattr(shape, "enum", None) and parsed not in shape.enum
    return [f"{where} is '{parsed}', which is none of its values"] if bad else []
