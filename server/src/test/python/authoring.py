"""What a client does that makes packages: store files, create, look, update, compare, check, roll
back, delete. The person is asked before something goes, and is asked nothing by a client that
cannot ask."""

import json

FILES = {"a b%?#.csv": "x,y\n1,2\n", "é/notes.md": "# Notes\n", "z.bin": "zzz"}


class Person:
    """Answers the forms that a server puts."""

    def __init__(self):
        self.action = "decline"
        self.asked = []

    async def answer(self, _, params):
        from mcp.types import ElicitResult

        self.asked.append(params.message)
        content = {"confirm": True} if self.action == "accept" else None
        return ElicitResult(action=self.action, content=content)


async def author(where, bucket, silent, talking, person, call, check):
    """Makes a package and deletes it again.

    silent is a client that cannot ask the person, talking one that can."""
    registry = "s3://" + bucket
    package = {"registry": registry, "package_name": "lab/" + where.replace(" ", "-")}

    put = await call(silent, "bucket_objects_put", bucket=bucket,
                     items=[{"key": "in/" + key, "text": text} for key, text in FILES.items()] + [{"key": "in/bad"}])
    check(f"{where}: files are stored, and a bad item is named",
          put.get("uploaded") == len(FILES) and put["results"][-1].get("code") == "invalid_argument", put)
    uris = [f"{registry}/in/{key}" for key in FILES]

    preview = await call(silent, "package_create", s3_uris=uris, dry_run=True, **package)
    missing = await call(silent, "package_browse", **package)
    check(f"{where}: a dry run makes nothing",
          preview.get("files_added") == len(FILES) and missing.get("code") == "not_found", (preview, missing))

    heard = []

    async def hear(progress, total, message):
        heard.append((progress, total, message))

    made = await call(silent, "package_create", s3_uris=uris, metadata={"n": 1, "x": 1.5}, progress=hear, **package)
    check(f"{where}: a package is made", made.get("total_size") == sum(len(t.encode()) for t in FILES.values()), made)
    check(f"{where}: its progress is heard", heard and heard == sorted(heard, key=lambda one: one[0]), heard)
    again = await call(silent, "package_create", s3_uris=uris[:1], **package)
    check(f"{where}: it is not made over another one", again.get("code") == "conflict", again)

    await call(silent, "bucket_objects_put", bucket=bucket, items=[{"key": "new/z.bin", "text": "changed"}])
    updated = await call(silent, "package_update", s3_uris=[f"{registry}/new/z.bin"], metadata={"n": 2},
                         remove=["notes.md"], **package)
    check(f"{where}: it is updated", updated.get("action") == "updated" and updated["warnings"], updated)
    browsed = await call(silent, "package_browse", **package)
    check(f"{where}: the update is there",
          browsed.get("top_hash") == updated["top_hash"] and browsed["metadata"] == {"n": 2, "x": 1.5}
          and browsed["total_entries"] == 2, browsed)
    diff = await call(silent, "package_diff", registry=registry, package1_name=package["package_name"],
                      package2_name=package["package_name"], package1_hash=made["top_hash"])
    check(f"{where}: the difference is told",
          diff.get("diff") == {"added": [], "deleted": ["notes.md"], "modified": ["z.bin"]}, diff)
    for entry in browsed["entries"]:
        read = await call(silent, "bucket_object_text", s3_uri=entry["s3_uri"])
        check(f"{where}: {entry['logical_key']} is read", len(read.get("text", "").encode()) == entry["size"], read)
    for top_hash in (made["top_hash"], updated["top_hash"]):
        valid = await call(silent, "package_validate", check_integrity=True, top_hash=top_hash, **package)
        check(f"{where}: every byte of {top_hash[:6]} is right", valid.get("valid") is True, valid)
    found = await call(silent, "package_contents_search", query="*.csv", **package)
    check(f"{where}: a file is found", [one["logical_key"] for one in found.get("matches", [])] == ["a b%?#.csv"], found)

    back = await call(silent, "package_rollback", top_hash=made["top_hash"][:10], **package)
    check(f"{where}: it is rolled back", back.get("previous_top_hash") == updated["top_hash"], back)

    unconfirmed = await call(silent, "package_delete", **package)
    check(f"{where}: nothing is deleted without a word", unconfirmed.get("code") == "input_required", unconfirmed)
    person.action = "decline"
    declined = await call(talking, "package_delete", **package)
    check(f"{where}: nothing is deleted against the person's will",
          declined.get("code") == "input_required" and len(person.asked) == 1, (declined, person.asked))
    there = await call(silent, "package_browse", **package)
    check(f"{where}: it is still there", there.get("top_hash") == made["top_hash"], there)
    person.action = "accept"
    deleted = await call(talking, "package_delete", **package)
    check(f"{where}: it is deleted when the person agrees",
          deleted.get("action") == "deleted" and len(person.asked) == 2, (deleted, person.asked))
    gone = await call(silent, "packages_list", registry=registry)
    check(f"{where}: it is gone", package["package_name"] not in json.dumps(gone), gone)
