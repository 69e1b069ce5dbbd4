"""The list of signers as it stood at a step, and what it has ever retired: a list may grow and shrink, never go back."""

from __future__ import annotations

import base64
from collections.abc import Mapping

import msgspec

from weimin.history.signing.signed_commits import SignedCommit
from weimin.history.signing.signers import GIT, NOBODY, Signer, Signers, parse_signers
from weimin.history.signing.sshsig import Unreadable, fingerprint, read_signature, verifies
from weimin.model.signature import UNSIGNED, Signature, SignatureState, StoredAllowedSigners


class AllowedSigners(msgspec.Struct, frozen=True, kw_only=True):
    """What holds for the next step. `requested`: the settings ask for signatures. `text`: the list as it stands in its file.

    `retired`: key → since when (seconds since 1970) it signs nothing, whatever a later list says.
    """

    requested: bool = False
    text: str = ""
    signers: Signers = NOBODY
    retired: Mapping[bytes, int] = msgspec.field(default_factory=dict)

    @property
    def required(self) -> bool:
        """Asked for, and there is somebody who can: without a list nobody could ever admit the first one."""
        return self.requested and any(line.signs(GIT) for lines in self.signers.by_key.values() for line in lines)


def to_stored(allowed: AllowedSigners) -> StoredAllowedSigners:
    """The roll as a value that can be stored."""
    retired = {base64.b64encode(key).decode(): at for key, at in allowed.retired.items()}
    return StoredAllowedSigners(requested=allowed.requested, text=allowed.text, retired=retired)


def from_stored(to_stored: StoredAllowedSigners) -> AllowedSigners:
    """The roll that `to_stored` was made of."""
    retired = {base64.b64decode(key): at for key, at in to_stored.retired.items()}
    return AllowedSigners(
        requested=to_stored.requested, text=to_stored.text, signers=parse_signers(to_stored.text), retired=retired
    )


class VerifiedSignature(msgspec.Struct, frozen=True, kw_only=True):
    """A signature as held against a roll. `entries` are the lines of the key that were valid; empty unless it proves."""

    signature: Signature
    entries: tuple[Signer, ...] = ()


def advance(allowed: AllowedSigners, text: str, requested: bool, at: int) -> tuple[AllowedSigners, tuple[Signer, ...]]:
    """The roll after a step seen at `at` whose list is `text`, and the retired keys it would bring back."""
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
    known = {line.key for line in back if line.key in allowed.signers.by_key and _was_back(allowed, line, at)}
    return AllowedSigners(requested=requested, text=text, signers=signers, retired=retired), tuple(
        b for b in back if b.key not in known
    )


def _was_back(allowed: AllowedSigners, line: Signer, at: int) -> bool:
    """It was brought back, and named, by an earlier step."""
    return line.key in allowed.retired and any(old.valid_at(at) for old in allowed.signers.by_key[line.key])


def verify_signature(commit: SignedCommit, allowed: AllowedSigners, at: int) -> VerifiedSignature:
    """Hold a commit's signature against the roll of the step before; `at` is when the commit was first seen."""
    if not commit.signature:
        return VerifiedSignature(signature=UNSIGNED)
    try:
        found = read_signature(commit.signature)
        key = fingerprint(found.key)
        lines = tuple(line for line in allowed.signers.by_key.get(found.key, ()) if line.signs(GIT))
        if not lines:
            known = found.key in allowed.retired
            return _not(SignatureState.RETIRED if known else SignatureState.UNKNOWN, key)
        if found.namespace != GIT or not verifies(found, commit.payload):
            return _not(SignatureState.BROKEN, key)
    except Unreadable:
        return _not(SignatureState.UNREADABLE)
    valid = tuple(line for line in lines if line.valid_at(at))
    if not valid or found.key in allowed.retired:
        return _not(SignatureState.RETIRED, key, lines[0].principal)
    # a forge that merges signs as committer what it merges on behalf of the author
    made_by = {commit.author_email} | ({commit.committer_email} if len(commit.parents) > 1 else set())
    if valid[0].email not in made_by:
        return _not(SignatureState.NOT_AUTHOR, key, valid[0].principal)
    signature = Signature(state=SignatureState.VALID, principal=valid[0].principal, key=key)
    return VerifiedSignature(signature=signature, entries=valid)


def _not(state: SignatureState, key: str = "", principal: str = "") -> VerifiedSignature:
    return VerifiedSignature(signature=Signature(state=state, principal=principal, key=key))
