import { createHash } from 'node:crypto';
import {
  attribute,
  buildCms,
  content,
  contentType,
  der,
  hex,
  issuerAndSerial,
  messageDigest,
  octets,
  oids,
  sequence,
  set,
  signer,
  type SignerParts,
  sorted,
} from '../support/cms-builder.ts';
import { testCms } from '../support/cms-case.ts';
import { certificate, crl } from '../support/fixture.ts';

const withSigner = (changes: Partial<SignerParts>): Buffer => buildCms({ signers: [signer(changes)] });
const sha512Digest = attribute(oids.messageDigest, octets(createHash('sha512').update(content).digest()));
const attributes = sorted([contentType, messageDigest]);
const ed25519 = (digest: Buffer, digestAttribute: Buffer): Buffer =>
  buildCms({
    digestAlgorithms: [sequence(digest)],
    certificates: [certificate('leafed')],
    signers: [
      signer({
        identifier: issuerAndSerial('leafed'),
        digestAlgorithm: sequence(digest),
        attributes: sorted([contentType, digestAttribute]),
        signatureAlgorithm: sequence(oids.ed25519),
        key: 'leafed',
      }),
    ],
  });
const keyIdOf = (name: string): Buffer => {
  const found = certificate(name);
  const at = found.indexOf(hex('0603551d0e'));
  return der(0x80, found.subarray(at + 9, at + 29));
};
const byKeyId = signer({ version: 3, identifier: keyIdOf('leaf') });

testCms('REQ-OTA-SIG-01', [
  [
    'signed attributes that were signed under the tag [0] (RFC 5652 §5.4)',
    'trust.cms-signature-invalid',
    withSigner({ signedBytes: (set) => Buffer.concat([Buffer.from([0xa0]), set.subarray(1)]) }),
  ],
  [
    'a signature over the content beside signed attributes (§5.4)',
    'trust.cms-signature-invalid',
    withSigner({ signedBytes: () => content }),
  ],
  [
    'signed attributes passed off as content (attribute stripping)',
    'trust.cms-signed-attributes',
    withSigner({ attributes: null, signedBytes: () => set(...attributes) }),
    { content: set(...attributes) },
  ],
  ['a changed signature (§5.6)', 'trust.cms-signature-invalid', withSigner({ changeSignature: flipLastBit })],
  [
    'an ECDSA signature in BER',
    'trust.cms-signature-invalid',
    withSigner({ changeSignature: (signature) => Buffer.concat([hex('3081'), signature.subarray(1)]) }),
  ],
  [
    'an ECDSA signature with trailing bytes',
    'trust.cms-signature-invalid',
    withSigner({ changeSignature: (signature) => Buffer.concat([signature, hex('00')]) }),
  ],
  ['an empty signature', 'trust.cms-signature-invalid', withSigner({ changeSignature: () => Buffer.alloc(0) })],
  ['a signature of another key under the signer’s name', 'trust.cms-signature-invalid', withSigner({ key: 'other' })],
  [
    'unsigned attributes, which are passed over',
    'accept',
    withSigner({ after: [der(0xa1, attribute(oids.contentType, oids.signedData))] }),
  ],
  [
    'another digest than the signature’s (§5.4)',
    'trust.cms-digest-algorithm',
    buildCms({
      digestAlgorithms: [sequence(oids.sha512)],
      signers: [signer({ digestAlgorithm: sequence(oids.sha512), attributes: sorted([contentType, sha512Digest]) })],
    }),
  ],
  ['Ed25519 with SHA-512 (RFC 8419 §3.1)', 'accept', ed25519(oids.sha512, sha512Digest)],
  ['Ed25519 with SHA-256 (RFC 8419 §3.1)', 'trust.cms-digest-algorithm', ed25519(oids.sha256, messageDigest)],
  [
    'digest parameters that are neither absent nor NULL (RFC 5754 §2)',
    'trust.cms-malformed',
    withSigner({ digestAlgorithm: sequence(oids.sha256, hex('0400')) }),
  ],
  [
    'digest parameters that are NULL (RFC 5754 §2)',
    'accept',
    withSigner({ digestAlgorithm: sequence(oids.sha256, hex('0500')) }),
  ],
  [
    'ECDSA with NULL parameters (RFC 5758 §3.2)',
    'trust.cms-malformed',
    withSigner({ signatureAlgorithm: sequence(oids.ecdsaWithSha256, hex('0500')) }),
  ],
  [
    'a signature algorithm that is not the key’s',
    'trust.cms-signature-invalid',
    withSigner({ signatureAlgorithm: sequence(hex('06092a864886f70d01010b'), hex('0500')) }),
  ],
  [
    'rsaEncryption without its NULL (RFC 5754 §3.2)',
    'trust.cms-malformed',
    withSigner({ signatureAlgorithm: sequence(hex('06092a864886f70d010101')) }),
  ],
  [
    'a digest that the list lacks (§5.1)',
    'trust.cms-malformed',
    buildCms({ digestAlgorithms: [sequence(oids.sha512)] }),
  ],
  ['version 3 with a signer of version 1 (§5.1)', 'trust.cms-malformed', buildCms({ version: 3 })],
  [
    'a signer of version 3 named by issuer and serial number (§5.3)',
    'trust.cms-malformed',
    buildCms({ version: 3, signers: [signer({ version: 3 })] }),
  ],
  ['a signer named by key identifier (§5.3)', 'accept', buildCms({ version: 3, signers: [byKeyId] })],
  [
    'a key identifier that two certificates have',
    'trust.cms-signer-certificate',
    buildCms({
      version: 3,
      signers: [byKeyId],
      certificates: sorted([certificate('leaf'), certificate('leaf-direct'), certificate('ica')]),
    }),
  ],
  [
    'the signer’s certificate twice',
    'accept',
    buildCms({ certificates: sorted([certificate('leaf'), certificate('leaf'), certificate('ica')]) }),
  ],
  [
    'certificates that are not sorted (X.690 §11.6)',
    'trust.cms-malformed',
    buildCms({ certificates: sorted([certificate('leaf'), certificate('ica')]).reverse() }),
  ],
  [
    'an attribute certificate (§10.2.2)',
    'trust.cms-malformed',
    buildCms({ certificates: [certificate('ica'), certificate('leaf'), der(0xa2, hex('0500'))] }),
  ],
  [
    'a certificate that cannot be read',
    'trust.certificate-malformed',
    buildCms({ certificates: sorted([certificate('leaf'), certificate('ica'), sequence(hex('0500'))]) }),
  ],
  ['a field after the signers', 'trust.cms-malformed', buildCms({ after: [hex('0500')] })],
  ['more signers than the limit', 'trust.cms-malformed', buildCms({ signers: Array<Buffer>(17).fill(signer()) })],
  [
    'the same signer twice where two keys are needed',
    'trust.threshold-not-met',
    buildCms({ signers: [signer({ changeSignature: (s) => s }), signer()].sort((a, b) => a.compare(b)) }),
    { threshold: 2 },
  ],
  [
    'one false signer beside a true one',
    'trust.cms-signature-invalid',
    buildCms({ signers: sorted([signer(), signer({ key: 'other' })]) }),
  ],
]);

testCms('REQ-OTA-SIG-02', [
  ['a signer that a CRL in the file revokes', 'trust.revoked', buildCms({ crls: [crl('ica-revokes-leaf')] })],
  ['a CRL in the file that is silent', 'accept', buildCms({ crls: [crl('ica-empty')] })],
  [
    'an older silent CRL in the file against the station’s',
    'trust.revoked',
    buildCms({ crls: [crl('ica-older')] }),
    { crlsDer: [crl('ica-revokes-leaf')] },
  ],
]);

function flipLastBit(signature: Buffer): Buffer {
  const changed = Buffer.from(signature);
  changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
  return changed;
}
