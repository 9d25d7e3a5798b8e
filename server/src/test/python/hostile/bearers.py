"""Tokens of others: vectors with their decision; signatures, tags and secrets that are not the server's."""

import base64
import json
import subprocess

from launched import environment, program
from material import CONFIG, SECRET, VECTORS, as_of_today, cases, encoded, headers, signed, strings, token
from report import Looks
from used_secrets import note
from wire import Wire

LIST = b'{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}'
WHOAMI = b'{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"whoami","arguments":{}}}'
STATUSES = {"missing_authorization": 401, "token_expired": 401, "invalid_token": 401}


def vectors(report, port, any_key_port):
    """All vectors, against a server that knows their key and one that takes any key id."""
    looks = Looks()
    decided = {"accept": 0, "reject": 0}
    wires = {False: Wire(port), True: Wire(any_key_port)}
    for vector in VECTORS["vectors"]:
        values = vector["authorization"]
        if vector["clock"] == "fixed":
            values = ["Bearer " + as_of_today(one.split(" ")[1]) for one in values]
        note("hostile", *(one for value in values for one in value.split(" ") if one.startswith("eyJ")), SECRET)
        wire = wires["config" in vector]
        common = headers() + [("Authorization", one) for one in values]
        answer = looks.asked(lambda: wire.send("POST", "/mcp", common, LIST), vector["id"])
        expected = vector["expected"]
        decided[expected["decision"]] += 1
        if expected["decision"] == "accept":
            looks.must(answer.status == 200 and b'"tools"' in answer.body, f"{vector['id']}: {answer}")
            who = looks.asked(lambda: wire.send("POST", "/mcp", common, WHOAMI), vector["id"])
            subject = json.dumps(expected["principal"]["subject"], ensure_ascii=False)
            content = json.loads(who.body).get("result", {}).get("content", [{"text": ""}])
            looks.must(subject in content[0]["text"], f"{vector['id']}: {who}")
        else:
            error = json.loads(answer.body)["error"]
            looks.must((answer.status, error) == (STATUSES[expected["error"]], expected["error"]),
                       f"{vector['id']}: {answer}")
            looks.must("bearer" in answer.headers.get("www-authenticate", "").lower(), f"{vector['id']}: {answer}")
    wanted = {"accept": VECTORS["counts"]["valid"], "reject": VECTORS["counts"]["invalid"]}
    looks.must(decided == wanted, f"{decided} of {wanted}")
    report.group(f"jwt/vectors.json, {decided['accept']} tokens accepted and {decided['reject']} refused", looks)


def authorization(report, port, offered):
    """Who may call what. Tools that are not offered are denied to everybody."""
    looks = Looks()
    wire = Wire(port)
    for case in VECTORS["authorization"]:
        bearer = token(buckets=case["principal"]["buckets"], permissions=case["principal"]["permissions"])
        body = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "tools/call",
                           "params": {"name": case["tool"], "arguments": case["arguments"]}}).encode()
        answer = looks.asked(lambda: wire.send("POST", "/mcp", headers(bearer), body), case["id"])
        is_denied = "Access denied" in answer.body.decode() or "Missing required permission" in answer.body.decode()
        if case["tool"] not in offered:
            looks.must(b"-32602" in answer.body, f"{case['id']}: {answer}")
        elif case["expected"]["allow"]:
            looks.must(not is_denied, f"{case['id']}: {answer}")
        else:
            looks.must(case["expected"]["reason"] in answer.body.decode(), f"{case['id']}: {answer}")
    report.group(f"jwt/vectors.json, {len(VECTORS['authorization'])} cases of authorization", looks)


def foreign(report, port):
    """Signatures of other keys, tags of other messages, tokens of known secrets."""
    jws = [one["jws"].strip() for file in ("jws/hs256-compact.json", "jws/hmac-key-size.json")
           for one in cases(file) if isinstance(one.get("jws"), str)]
    refused(report, port, f"jws/*, {len(jws)} tokens of other keys: 401", jws)
    good = token()
    head, tag = good.rsplit(".", 1)
    own = base64.urlsafe_b64decode(tag + "=")
    tags = [bytes.fromhex(one["tag"]) for one in cases("hmac/hmac-sha256.json")]
    forged = [f"{head}.{encoded(one)}" for one in tags]
    cut = [f"{head}.{encoded(own[:len(one)])}" for one in tags if len(one) < len(own)]
    refused(report, port, f"hmac/*, {len(tags)} tags of other messages, and {len(cut)} cut ones: 401",
            forged + cut)
    known = [one for one in strings("secrets/weak-hmac-secrets.json") if one]
    refused(report, port, f"secrets/*, tokens of {len(known)} known secrets: 401",
            [token(buckets=["*"], secret=one) for one in known])
    unsigned = signed(json.dumps({"alg": "none"}).encode(), b"{}", SECRET)
    refused(report, port, "and a token of no algorithm", [unsigned, unsigned.rsplit(".", 1)[0] + "."])


def refused(report, port, what, bearers):
    looks = Looks()
    wire = Wire(port)
    for bearer in bearers:
        common = headers() + [("Authorization", "Bearer " + bearer)]
        answer = looks.asked(lambda: wire.send("POST", "/mcp", common, LIST), bearer[:60])
        looks.must(answer.status == 401, f"{bearer[:60]}: {answer}")
    report.group(what, looks)


def starts(report, folder):
    """Secrets with which a server does not start, or does."""
    short = [one for one in strings("secrets/weak-hmac-secrets.json")
             if 0 < len(one.encode()) < 32 and "\0" not in one]
    chosen = [(one, False) for one in short[:: max(1, len(short) // 5)]]
    chosen += [(case["secret"], case["expected_startup"].startswith("accept"))
               for case in VECTORS["key_length_cases"]]
    wrong = []
    for secret, may_start in chosen:
        done = started(secret, may_start, folder)
        names = "MCP_ENHANCED_JWT_SECRET" in done.stdout and (len(secret) < 8 or secret not in done.stdout)
        if done.returncode != (0 if may_start else 2) or not (may_start or names):
            wrong.append((done.returncode, done.stdout[:400]))
    report.check(f"secrets/* and key lengths: {sum(not may for _, may in chosen)} secrets start no server, "
                 f"which names the variable; {sum(may for _, may in chosen)} would", not wrong, wrong)


def started(secret, may_start, folder):
    """Where it may start, `config` checks all settings as a start does, and ends."""
    arguments = ["config"] if may_start else ["--port", "0"]
    return subprocess.run(
        program(*arguments, "--require-token"), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT, text=True, timeout=60,
        env=environment(MCP_ENHANCED_JWT_SECRET=secret, MCP_ENHANCED_JWT_KID=CONFIG["kid"],
                        QUILT_MCP_CACHE=str(folder / "cache")))
