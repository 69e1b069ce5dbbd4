"""What is known of a commit's signature: the value that revisions and the trail show."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class SignatureState(StrEnum):
    """`UNSIGNED` is also what every commit has where the site does not ask for signatures (site.yml, `signatures`).

    `ENDORSED`: rewritten by a redaction; a signed notice answers for it, not who made it.
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
        """It shows that somebody of the list made this commit, and who."""
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
    """`principal` is the line of the list that the key belongs to (`321302001/clerk@…`), empty where there is none.

    `key` is the key's fingerprint (`SHA256:…`, as ssh-keygen prints it), empty where no key could be read.
    """

    state: SignatureState
    principal: str = ""
    key: str = ""

    @property
    def scope(self) -> str:
        """The code of the platform that the signer signs for, `site` for all of it; empty where nobody is known."""
        return self.principal.partition("/")[0]

    @property
    def email(self) -> str:
        return self.principal.partition("/")[2]


UNSIGNED = Signature(state=SignatureState.UNSIGNED)


class Attestation(msgspec.Struct, frozen=True, kw_only=True):
    """The signatures of one step of the main branch: of those who changed something, and of whoever merged it.

    `approval` is None where the step is no merge; `approved`: it is somebody else's (A113). Where the site asks for no
    signatures, everything is unsigned.
    """

    changes: tuple[Signature, ...] = (UNSIGNED,)
    approval: Signature | None = None
    approved: bool = False

    @property
    def state(self) -> SignatureState:
        """The weakest of them all."""
        order = tuple(SignatureState)
        states = {s.state for s in (*self.changes, *((self.approval,) if self.approval else ()))}
        weak = [state for state in order if state in states and not state.verified]
        return weak[0] if weak else SignatureState.VALID

    @property
    def label(self) -> str:
        """For revisions and the trail: 未签名; 签名有效，已由另一人批准."""
        if not self.state.verified:
            return self.state.label
        return f"{self.state.label}，已由另一人批准" if self.approved else self.state.label


UNATTESTED = Attestation()


class StoredAllowedSigners(msgspec.Struct, frozen=True, kw_only=True):
    """What an audit keeps of the list of signers: whether signatures are asked for, its text, and keys retired, by their
    base64, since when."""

    requested: bool = False
    text: str = ""
    retired: dict[str, int] = {}
