"""The result of verifying the signatures of a commit and of a step: what revisions and the trail show."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class SignatureState(StrEnum):
    """The result of verifying one signature.

    Every commit is `UNSIGNED` where the site does not require signatures (site.yml, `signatures`). `ENDORSED`: a redaction
    rewrote the commit and so removed its signature; a signed notice endorses it, without proving who made it.
    """

    UNSIGNED = "unsigned"
    VALID = "valid"
    NOT_AUTHOR = "not_author"
    RETIRED = "retired"
    UNKNOWN = "unknown"
    BROKEN = "broken"
    UNREADABLE = "unreadable"
    ENDORSED = "vouched"

    @property
    def label(self) -> str:
        return _LABELS[self.value]

    @property
    def verified(self) -> bool:
        """The signature proves that somebody on the list made this commit, and who."""
        return self is SignatureState.VALID


_LABELS = {
    "unsigned": "未签名",
    "valid": "签名有效",
    "not_author": "签名人不是作者",
    "retired": "签名的钥匙当时不在有效期",
    "unknown": "签名的钥匙不在名单上",
    "broken": "签名与内容不符",
    "unreadable": "签名无法核对",
    "vouched": "重写后由公告担保",
}


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """The signature of one commit. `principal`: the line of the list with its key (`321302001/clerk@…`), empty without one.

    `key`: the key's fingerprint (`SHA256:…`, as ssh-keygen prints it), empty if no key could be read.
    """

    state: SignatureState
    principal: str = ""
    key: str = ""

    @property
    def scope(self) -> str:
        """The code of the platform for which the signer signs, or `site`; empty if the signer is not known."""
        return self.principal.partition("/")[0]

    @property
    def email(self) -> str:
        return self.principal.partition("/")[2]


UNSIGNED = Signature(state=SignatureState.UNSIGNED)


class Attestation(msgspec.Struct, frozen=True, kw_only=True):
    """The signatures of one step: `changes` of those who changed something, `approval` of the merge (None for no merge).

    `approved`: the approval is valid and by somebody else (A113).
    """

    changes: tuple[Signature, ...] = (UNSIGNED,)
    approval: Signature | None = None
    approved: bool = False

    @property
    def state(self) -> SignatureState:
        """The first state, in the order of `SignatureState`, that is not verified; `VALID` if all are."""
        states = {s.state for s in (*self.changes, *((self.approval,) if self.approval else ()))}
        unverified = [state for state in SignatureState if state in states and not state.verified]
        return unverified[0] if unverified else SignatureState.VALID

    @property
    def label(self) -> str:
        """The text for revisions and the trail: 未签名; 签名有效，已由另一人批准."""
        if not self.state.verified:
            return self.state.label
        return f"{self.state.label}，已由另一人批准" if self.approved else self.state.label


UNATTESTED = Attestation()


class StoredAllowedSigners(msgspec.Struct, frozen=True, kw_only=True):
    """The allowed signers in a form that can be stored (`history/signing/allowed_signers.py`).

    `retired`: key in base64 → the time from which it is retired, in seconds since 1970.
    """

    requested: bool = False
    text: str = ""
    retired: dict[str, int] = {}
