"""The list of allowed signers before a step, with every key that was ever retired; verifying a commit against it.

A list may grow and shrink, but a key that it once removed (or whose validity ended) never becomes valid again: else
whoever has stolen an old key could sign, by adding it to the list in the same way as a new one.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping

import msgspec

from weimin.history.signing.signed_commits import SignedCommit
from weimin.history.signing.signers import GIT, NOBODY, Signer, Signers, parse_signers
from weimin.history.signing.sshsig import Unreadable, fingerprint, read_signature, verifies
from weimin.model.signature import UNSIGNED, Signature, SignatureState, StoredAllowedSigners


class AllowedSigners(msgspec.Struct, frozen=True, kw_only=True):
    """What applies to the next step. `requested`: the settings ask for signatures. `text`: the list as its file has it.

    `retired`: key → the time (seconds since 1970) from which it signs nothing, whatever a later list says.
    """

    requested: bool = False
    text: str = ""
    signers: Signers = NOBODY
    retired: Mapping[bytes, int] = msgspec.field(default_factory=dict)

    @property
    def required(self) -> bool:
        """Signatures are requested, and somebody can sign: without a list nobody could ever admit the first signer."""
        return self.requested and any(line.signs(GIT) for lines in self.signers.by_key.values() for line in lines)


def to_stored(allowed: AllowedSigners) -> StoredAllowedSigners:
    """The allowed signers as a value that can be stored."""
    retired = {base64.b64encode(key).decode(): at for key, at in allowed.retired.items()}
    return StoredAllowedSigners(requested=allowed.requested, text=allowed.text, retired=retired)


def from_stored(stored: StoredAllowedSigners) -> AllowedSigners:
    """The inverse of `to_stored`."""
    retired = {base64.b64decode(key): at for key, at in stored.retired.items()}
    return AllowedSigners(
        requested=stored.requested, text=stored.text, signers=parse_signers(stored.text), retired=retired
    )


class VerifiedSignature(msgspec.Struct, frozen=True, kw_only=True):
    """The result of verifying a commit. `entries`: the valid lines of its key; empty unless the signature is valid."""

    signature: Signature
    entries: tuple[Signer, ...] = ()


def advance(allowed: AllowedSigners, text: str, requested: bool, at: int) -> tuple[AllowedSigners, tuple[Signer, ...]]:
    """The allowed signers after a step that arrived at `at` and left the list as `text`.

    The second value has a line for each retired key that this step puts back on the list; the key stays retired.
    """
    signers = parse_signers(text)
    retired = dict(allowed.retired)
    for key, lines in allowed.signers.by_key.items():
        if all(line.before is not None and line.before < at for line in lines):
            retired.setdefault(key, max(line.before or 0 for line in lines))
        elif key not in signers.by_key:
            retired.setdefault(key, at)
    back = tuple(
        next(line for line in lines if line.valid_at(at))
        for key, lines in signers.by_key.items()
        if key in retired and any(line.valid_at(at) for line in lines)
    )
    reported = {line.key for line in back if line.key in allowed.signers.by_key and _was_back(allowed, line, at)}
    after = AllowedSigners(requested=requested, text=text, signers=signers, retired=retired)
    return after, tuple(line for line in back if line.key not in reported)


def _was_back(allowed: AllowedSigners, line: Signer, at: int) -> bool:
    """An earlier step put the key back on the list already, and was reported for it."""
    return line.key in allowed.retired and any(old.valid_at(at) for old in allowed.signers.by_key[line.key])


def verify_signature(commit: SignedCommit, allowed: AllowedSigners, at: int) -> VerifiedSignature:
    """Verify a commit's signature against the allowed signers before its step, which arrived at `at`."""
    if not commit.signature:
        return VerifiedSignature(signature=UNSIGNED)
    try:
        ssh = read_signature(commit.signature)
        key = fingerprint(ssh.key)
        lines = tuple(line for line in allowed.signers.by_key.get(ssh.key, ()) if line.signs(GIT))
        if not lines:
            was_listed = ssh.key in allowed.retired
            return _invalid(SignatureState.RETIRED if was_listed else SignatureState.UNKNOWN, key)
        if ssh.namespace != GIT or not verifies(ssh, commit.payload):
            return _invalid(SignatureState.BROKEN, key)
    except Unreadable:
        return _invalid(SignatureState.UNREADABLE)
    valid = tuple(line for line in lines if line.valid_at(at))
    if not valid or ssh.key in allowed.retired:
        return _invalid(SignatureState.RETIRED, key, lines[0].principal)
    # a forge that merges signs as the committer, on behalf of the author
    makers = {commit.author_email} | ({commit.committer_email} if len(commit.parents) > 1 else set())
    if valid[0].email not in makers:
        return _invalid(SignatureState.NOT_AUTHOR, key, valid[0].principal)
    signature = Signature(state=SignatureState.VALID, principal=valid[0].principal, key=key)
    return VerifiedSignature(signature=signature, entries=valid)


def _invalid(state: SignatureState, key: str = "", principal: str = "") -> VerifiedSignature:
    return VerifiedSignature(signature=Signature(state=state, principal=principal, key=key))
