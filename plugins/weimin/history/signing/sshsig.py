"""Signatures of OpenSSH (PROTOCOL.sshsig), parsed and verified in this process: one ssh-keygen per commit costs 51 ms.

Accepted keys are Ed25519, ECDSA on the three NIST curves, and RSA from 2,048 bits with SHA-2: what ssh-keygen accepts
without a hardware key or a certificate.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Callable
from functools import lru_cache

import msgspec
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

BEGIN = b"-----BEGIN SSH SIGNATURE-----"
END = b"-----END SSH SIGNATURE-----"
LARGEST = 16 * 1024
"""The most bytes of an armoured signature; that of a 16,384-bit RSA key needs a third of it."""

_MAGIC = b"SSHSIG"
_VERSION = 1
_DIGESTS = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}
_CURVES: dict[bytes, tuple[ec.EllipticCurve, hashes.HashAlgorithm]] = {
    b"nistp256": (ec.SECP256R1(), hashes.SHA256()),
    b"nistp384": (ec.SECP384R1(), hashes.SHA384()),
    b"nistp521": (ec.SECP521R1(), hashes.SHA512()),
}
_RSA: dict[bytes, hashes.HashAlgorithm] = {b"rsa-sha2-256": hashes.SHA256(), b"rsa-sha2-512": hashes.SHA512()}
_RSA_BITS = range(2048, 16384 + 1)

Check = Callable[[bytes, bytes, bytes], None]
"""(algorithm, signature, signed bytes); raises InvalidSignature."""


class Unreadable(Exception):
    """A signature or key that this module cannot verify; the message says why, in Chinese."""


class SshSignature(msgspec.Struct, frozen=True):
    """`key`: the signer's public key in SSH's wire format; `digest`: the name of the hash over the message."""

    key: bytes
    namespace: str
    digest: bytes
    algorithm: bytes
    blob: bytes


class _Reader:
    """Reads length-prefixed strings in SSH's wire format; raises Unreadable unless every byte is used."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def take(self, length: int) -> bytes:
        part = self._data[self._at : self._at + length]
        if len(part) != length:
            raise Unreadable("签名不完整")
        self._at += length
        return part

    def number(self) -> int:
        return int.from_bytes(self.take(4), "big")

    def string(self) -> bytes:
        return self.take(self.number())

    def integer(self) -> int:
        return int.from_bytes(self.string(), "big", signed=True)

    def end(self) -> None:
        if self._at != len(self._data):
            raise Unreadable("签名后面还有别的内容")


def read_signature(armoured: bytes) -> SshSignature:
    """Parse an armoured signature. Raises Unreadable."""
    text = armoured.strip()
    if not text.startswith(BEGIN):
        raise Unreadable("不是 SSH 签名")
    if not text.endswith(END) or len(text) > LARGEST:
        raise Unreadable("签名不完整")
    try:
        inner = text[len(BEGIN) : -len(END)].replace(b"\n", b"")
        reader = _Reader(base64.b64decode(inner, validate=True))
    except binascii.Error:
        raise Unreadable("签名不完整") from None
    if reader.take(len(_MAGIC)) != _MAGIC or reader.number() != _VERSION:
        raise Unreadable("签名的版本不认识")
    key, namespace, reserved, digest, signature = (reader.string() for _ in range(5))
    reader.end()
    if reserved:
        raise Unreadable("签名的版本不认识")
    if digest not in _DIGESTS:
        raise Unreadable("签名用的摘要算法不认识")
    inside = _Reader(signature)
    algorithm, blob = inside.string(), inside.string()
    inside.end()
    named = namespace.decode("utf-8", "replace")
    return SshSignature(key=key, namespace=named, digest=digest, algorithm=algorithm, blob=blob)


def verifies(signature: SshSignature, message: bytes) -> bool:
    """Whether the key of the signature signed this message. Raises Unreadable for a key of another kind."""
    signed = b"".join(
        [
            _MAGIC,
            _string(signature.namespace.encode()),
            _string(b""),
            _string(signature.digest),
            _string(_DIGESTS[signature.digest](message).digest()),
        ]
    )
    try:
        _check_of(signature.key)(signature.algorithm, signature.blob, signed)
    except InvalidSignature:
        return False
    return True


def fingerprint(key: bytes) -> str:
    """The fingerprint of a key as `ssh-keygen -l` prints it."""
    return "SHA256:" + base64.b64encode(hashlib.sha256(key).digest()).decode().rstrip("=")


def kind_of(key: bytes) -> str:
    """The name of the key's kind (`ssh-ed25519`). Raises Unreadable for a key that cannot verify a signature here."""
    _check_of(key)
    return _Reader(key).string().decode("ascii")


@lru_cache(maxsize=4096)
def _check_of(key: bytes) -> Check:
    """The function that verifies signatures of a key; cached, because keys are few and commits are many."""
    reader = _Reader(key)
    kind = reader.string()
    try:
        if kind == b"ssh-ed25519":
            check = _ed25519(reader.string())
        elif kind.startswith(b"ecdsa-sha2-"):
            check = _ecdsa(kind, reader.string(), reader.string())
        elif kind == b"ssh-rsa":
            check = _rsa(exponent=reader.integer(), modulus=reader.integer())
        else:
            raise Unreadable("签名的钥匙不是 Ed25519、ECDSA 或 RSA")
    except (ValueError, UnsupportedAlgorithm):
        raise Unreadable("签名的钥匙不完整") from None
    reader.end()
    return check


def _ed25519(point: bytes) -> Check:
    public = ed25519.Ed25519PublicKey.from_public_bytes(point)

    def check(algorithm: bytes, blob: bytes, signed: bytes) -> None:
        if algorithm != b"ssh-ed25519":
            raise InvalidSignature
        public.verify(blob, signed)

    return check


def _ecdsa(kind: bytes, curve: bytes, point: bytes) -> Check:
    if kind != b"ecdsa-sha2-" + curve or curve not in _CURVES:
        raise Unreadable("签名的钥匙不是 Ed25519、ECDSA 或 RSA")
    named, digest = _CURVES[curve]
    public = ec.EllipticCurvePublicKey.from_encoded_point(named, point)

    def check(algorithm: bytes, blob: bytes, signed: bytes) -> None:
        reader = _Reader(blob)
        r, s = reader.integer(), reader.integer()
        reader.end()
        if algorithm != kind or r <= 0 or s <= 0:
            raise InvalidSignature
        public.verify(encode_dss_signature(r, s), signed, ec.ECDSA(digest))

    return check


def _rsa(*, exponent: int, modulus: int) -> Check:
    if modulus < 0 or modulus.bit_length() not in _RSA_BITS:
        raise Unreadable("签名的 RSA 钥匙不到 2048 位，或者超过 16384 位")
    public = rsa.RSAPublicNumbers(exponent, modulus).public_key()
    width = (modulus.bit_length() + 7) // 8

    def check(algorithm: bytes, blob: bytes, signed: bytes) -> None:
        if algorithm not in _RSA or len(blob) > width:
            raise InvalidSignature
        public.verify(blob.rjust(width, b"\0"), signed, padding.PKCS1v15(), _RSA[algorithm])

    return check


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data
