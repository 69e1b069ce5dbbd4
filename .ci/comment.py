#!/usr/bin/env python3
"""Posts the summary of a check as a comment on its pull request, or replaces the comment of the run before.

`comment.py FILE`, with API, REPOSITORY, NUMBER and TOKEN in the environment. GitHub, Gitea and Forgejo share this part of
their APIs. The file is only text: it is sent unchanged, and its first line is a fixed marker by which the comment is found.
"""

import json
import os
import sys
import urllib.request
from pathlib import Path

PAGE = 50  # comments per request; a forge may return fewer, so only an empty page is the end
OWN = {"github-actions[bot]", "forgejo-actions", "gitea-actions"}


def request_json(method, path, body=None):
    """One request to the API of the forge; returns its JSON. Raises HTTPError."""
    request = urllib.request.Request(
        f"{os.environ['API'].rstrip('/')}/repos/{os.environ['REPOSITORY']}/{path}",
        method=method,
        data=None if body is None else json.dumps({"body": body}).encode(),
        headers={
            "Authorization": f"token {os.environ['TOKEN']}",
            "Accept": "application/json",
            "Content-Type": "application/json",
            "User-Agent": "weimin",
        },
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def existing_comment(number, marker):
    """The id of the comment of an earlier run, or None; comments of other people are never changed."""
    page = 1
    while found := request_json("GET", f"issues/{number}/comments?per_page={PAGE}&limit={PAGE}&page={page}"):
        for comment in found:
            if comment["user"]["login"] in OWN and comment["body"].startswith(marker):
                return comment["id"]
        page += 1
    return None


def main(file):
    body = Path(file).read_text(encoding="utf-8")
    marker = body.split("\n", 1)[0]
    if not marker.startswith("<!-- "):
        sys.exit("第一行没有记号，认不出上一次的评论，没有发出")
    number = int(os.environ["NUMBER"])
    existing = existing_comment(number, marker)
    if existing is None:
        request_json("POST", f"issues/{number}/comments", body)
    else:
        request_json("PATCH", f"issues/comments/{existing}", body)


if __name__ == "__main__":
    main(sys.argv[1])
