"""What a client does that makes a package of a prefix: look, agree, make, read back."""

import json

FILES = {"run/1/a.csv": "x,y\n1,2\n", "run/2/a.csv": "x,y\n3,4\n", "run/notes.md": "# Notes\n", "run/50%.bin": "x"}
PLAN = ["README.md", "data/processed/1/a.csv", "data/processed/2/a.csv", "docs/notes.md", "quilt_summarize.json"]


async def package_prefix(where, bucket, silent, talking, person, call, check):
    """Makes a package of the objects below run/.

    silent is a client that cannot ask the person, talking one that can."""
    registry = "s3://" + bucket
    name = "sets/" + where.replace(" ", "-")
    source = {"source_bucket": bucket, "source_prefix": "run/", "package_name": name}
    package = {"registry": registry, "package_name": name}

    await call(silent, "bucket_objects_put", bucket=bucket,
               items=[{"key": key, "text": text} for key, text in FILES.items()])
    homeless = await call(silent, "package_create_from_s3", **source)
    check(f"{where}: a registry is proposed, not made up", homeless.get("suggested_registries") == [registry], homeless)
    source["target_registry"] = registry

    preview = await call(silent, "package_create_from_s3", dry_run=True, **source)
    check(f"{where}: a preview shows folders",
          preview.get("structure", {}).get("folders_created")
          == ["data/processed/1", "data/processed/2", "docs"] and len(preview["warnings"]) == 2, preview)
    missing = await call(silent, "package_browse", **package)
    check(f"{where}: a preview makes nothing", missing.get("code") == "not_found", missing)

    before = len(person.asked)
    person.action = "decline"
    declined = await call(talking, "package_create_from_s3", **source)
    check(f"{where}: nothing is made against the person's will",
          declined.get("code") == "input_required" and len(person.asked) == before + 1, declined)
    person.action = "accept"
    made = await call(talking, "package_create_from_s3", **source)
    check(f"{where}: a package is made when the person agrees", made.get("action") == "created", made)
    check(f"{where}: the person is shown the structure", "'data/processed/1': 1 files" in person.asked[-1], person.asked)

    browsed = await call(silent, "package_browse", **package)
    check(f"{where}: it holds what was shown",
          [entry["logical_key"] for entry in browsed.get("entries", [])] == PLAN
          and browsed["top_hash"] == made["package_hash"], browsed)
    texts = {entry["logical_key"]: (await call(silent, "bucket_object_text", s3_uri=entry["s3_uri"])).get("text")
             for entry in browsed["entries"]}
    check(f"{where}: its README is the one of the preview", texts["README.md"] == preview["readme_preview"], texts)
    check(f"{where}: its summary is JSON", json.loads(texts["quilt_summarize.json"])[0] == "README.md", texts)
    check(f"{where}: its files are whole", texts["data/processed/2/a.csv"] == FILES["run/2/a.csv"], texts)
    valid = await call(silent, "package_validate", check_integrity=True, **package)
    check(f"{where}: every byte is right", valid.get("valid") is True, valid)
    same = await call(silent, "package_create_from_s3", **source)
    check(f"{where}: once more makes the same", same.get("package_hash") == made["package_hash"], same)
    again = await call(silent, "package_create_from_s3", description="Another one", **source)
    check(f"{where}: it is not made over another one", again.get("code") == "conflict", again)
    forced = await call(silent, "package_create_from_s3", force=True, include_patterns=["*.md"], **source)
    check(f"{where}: it is made over another one by force", forced.get("structure", {}).get("files_organized") == 1, forced)
