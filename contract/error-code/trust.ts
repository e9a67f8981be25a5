/** Refusals of the trust room: certificates, revocation lists, signatures, anchors, trusted time. Code → the check that it names. */
export const trustErrors = {
  'trust.certificate-malformed': 'A certificate is a strict DER encoding of RFC 5280 §4.1.',
  'trust.certificate-version': 'A certificate is X.509 version 3.',
  'trust.certificate-serial': 'A serial number is positive and has at most 20 octets (RFC 5280 §4.1.2.2).',
  'trust.certificate-profile': "A certificate's fields follow the profile of RFC 5280 §4.1 and §4.2.",
  'trust.extension-duplicate': 'No extension stands twice (RFC 5280 §4.2).',
  'trust.extension-unknown-critical': 'Every critical extension is one that Drydock processes (RFC 5280 §4.2).',
  'trust.algorithm-refused': 'Only the algorithms of the documented table are used.',
  'trust.algorithm-mismatch':
    'The signature algorithm is the same inside and outside the signed part (RFC 5280 §4.1.1.2).',
  'trust.key-malformed': 'A public key is a strict encoding of a valid key.',
  'trust.key-weak': 'A public key is strong enough for its use.',
  'trust.signature-invalid': 'A certificate or revocation list carries a valid signature of its issuer.',
  'trust.no-path': 'The signer chains to a pinned trust anchor (RFC 5280 §6.1).',
  'trust.budget-exceeded': 'Reading, building and checking the path stays within its budgets.',
  'trust.not-yet-valid': 'No certificate is used before its validity begins (RFC 5280 §6.1.3 (a)(2)).',
  'trust.expired': 'No certificate is used after its validity ends (RFC 5280 §6.1.3 (a)(2)).',
  'trust.not-a-ca': 'Every issuer is a certification authority (RFC 5280 §6.1.4 (k)).',
  'trust.leaf-is-ca': 'The signer is not itself a certification authority (RFC 5280 §4.2.1.9).',
  'trust.path-length': 'No path is longer than its certificates allow (RFC 5280 §6.1.4 (l), (m)).',
  'trust.key-usage': "keyUsage allows the key's use (RFC 5280 §6.1.4 (n), §4.2.1.3).",
  'trust.extended-key-usage':
    'extendedKeyUsage allows the purpose, in the signer and in every CA that names purposes (RFC 5280 §4.2.1.12).',
  'trust.key-identifier': 'Key identifiers are present and name the issuer (RFC 5280 §4.2.1.1, §4.2.1.2).',
  'trust.name-constraint':
    'Every name lies within the name constraints of the CAs above it (RFC 5280 §6.1.3 (b), (c)).',
  'trust.policy-unprocessed':
    'No certificate demands policy processing, which Drydock does not do (RFC 5280 §4.2.1.11, §4.2.1.14).',
  'trust.crl-malformed': 'A revocation list is a strict DER encoding of RFC 5280 §5.1.',
  'trust.crl-unsupported':
    'A revocation list is a complete, direct version 2 list without unknown critical extensions.',
  'trust.crl-not-current': 'The newest revocation list is current (RFC 5280 §6.3.3).',
  'trust.crl-issuer': 'A revocation list is signed by a CA that may sign them (RFC 5280 §6.3.3 (f)).',
  'trust.crl-number':
    'The cRLNumber of a CA never decreases: a later list has a greater one, and no two lists share one (RFC 5280 §5.2.3).',
  'trust.crl-missing': "Where the product's policy requires it, each CA of the path has a complete revocation list.",
  'trust.crl-stale': "A revocation list is no older than the product's policy allows.",
  'trust.revoked': 'No certificate of the path is revoked (RFC 5280 §6.1.3 (a)(3)).',
  'trust.cms-not-der': 'A signature file is DER, not BER, PEM or S/MIME.',
  'trust.cms-malformed': 'A signature file is SignedData as RFC 5652 §5 defines it.',
  'trust.cms-not-signed-data': 'A signature file is of the CMS type SignedData.',
  'trust.cms-content-included': 'A signature file is detached: it does not bring its own content.',
  'trust.cms-no-signer': 'A signature file has at least one signer.',
  'trust.cms-signer-certificate': 'A signature file brings the certificate of each signer, once.',
  'trust.cms-signed-attributes':
    'The signed attributes are present, each with one value, and fit the signature (RFC 5652 §5.3, §11).',
  'trust.cms-digest-algorithm':
    "The digest algorithm is the one of the signer's signature (RFC 5652 §5.4, RFC 8419 §3.1).",
  'trust.cms-digest-mismatch': "The content's digest is the signed one (RFC 5652 §5.6).",
  'trust.cms-signature-invalid': "The signer's signature over the signed attributes is valid (RFC 5652 §5.6).",
  'trust.timestamp-malformed': 'A timestamp token is SignedData around a TSTInfo as RFC 3161 §2.4.2 defines it.',
  'trust.timestamp-signer':
    'A timestamp token has one signer, whose certificate is at hand and is the one it names (RFC 3161 §2.4.2, RFC 5816).',
  'trust.timestamp-authority': "A timestamp's signer is valid and not revoked under its pinned anchor.",
  'trust.timestamp-purpose': "A timestamp's signer is certified for time-stamping and nothing else (RFC 3161 §2.3).",
  'trust.timestamp-signature-invalid': "A timestamp token's signature over its content is valid (RFC 5652 §5.6).",
  'trust.timestamp-imprint': 'A timestamp is over the very signature that it stands beside (RFC 3161 appendix A).',
  'trust.timestamp-time':
    'A timestamp is not from the future, and lies within the validity of the certificates that it and the signature were made with.',
  'trust.timestamp-missing': 'Where a timestamp is demanded, each signer has one of a pinned authority.',
  'trust.threshold-not-met': 'Enough distinct keys have signed.',
  'trust.clock-below-floor':
    'The clock is not before what the station has already seen: signed times, and its own audit events.',
  'trust.clock-jumped':
    "The clock is at most a day ahead of the station's newest audit event, or an administrator vouches for it.",
  'trust.clock-unreadable': 'The clock gives a date.',
  'trust.pem-malformed': 'A PEM file holds what it should, once, in valid Base64.',
  'trust.anchor-not-root': 'A trust anchor is a root: its own issuer, with a valid signature of its own key.',
  'trust.fingerprint-malformed': 'A typed fingerprint is a SHA-256 in hexadecimal digits.',
  'trust.fingerprint-mismatch': 'The typed fingerprint is that of the file.',
  'trust.already-pinned': 'The same key or certificate is not pinned already.',
  'trust.not-pinned': 'A key or certificate to be removed is pinned.',
  'trust.label-invalid': 'A label and product names are short plain text.',
  'trust.crl-anchor-unknown':
    'A revocation list to be imported is signed by a pinned trust anchor, or by a CA whose certificate stands beside it.',
  'trust.crl-partial':
    'A revocation list to be imported covers all certificates and reasons of its CA (RFC 5280 §5.2.5).',
  'trust.crl-superseded': 'A revocation list to be imported is newer than the stored one.',
  'trust.credentials-unreadable': 'Signing credentials can be opened with the given password.',
  'trust.credentials-mismatch': 'Signing credentials hold a private key and its own certificate.',
  'trust.package-invalid': 'A trust package is a strict JSON document of the documented form that agrees with itself.',
  'trust.package-family':
    'A trust package begins a family that the station does not have, or goes on with one that it has.',
  'trust.package-version': 'A trust package is exactly one version above the one before it.',
  'trust.package-time': 'A trust package is not from the future.',
  'trust.package-products': 'A trust package speaks for no product for which somebody else is trusted.',
  'trust.package-signer': 'Every signer of a trust package is certified by a trust anchor itself.',
  'trust.package-old-threshold': 'Enough of the anchors trusted so far have signed a trust package.',
  'trust.package-new-threshold': 'Enough of the anchors that a trust package brings have signed it.',
  'trust.managed-by-package': 'What a trust package manages is changed by the next trust package alone.',
  'trust.no-proposal': 'A change of trust is approved as it was proposed.',
  'trust.second-person': 'Whoever proposes a change of trust does not approve it where somebody else can.',
} as const;
