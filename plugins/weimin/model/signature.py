"""What is known of a commit's signature: the value that revisions and the trail show."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class SignatureState(StrEnum):
    """`UNSIGNED` is also what every commit has where the site does not ask for signatures (site.yml, `signatures`)."""

    UNSIGNED = "unsigned"
    VALID = "valid"
    NOT_AUTHOR = "not_author"
    RETIRED = "retired"
    UNKNOWN = "unknown"
    BROKEN = "broken"
    UNREADABLE = "unreadable"

    @property
    def label(self) -> str:
        return _LABELS[self.value]

    @property
    def proves(self) -> bool:
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
