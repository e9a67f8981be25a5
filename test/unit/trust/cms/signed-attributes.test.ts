import { createHash } from 'node:crypto';
import {
  attribute,
  buildCms,
  children,
  content,
  contentType,
  der,
  hex,
  issuerAndSerial,
  messageDigest,
  octets,
  oids,
  sequence,
  signer,
  type SignerParts,
  signingTime,
  sorted,
  time,
} from '../support/cms-builder.ts';
import { type CmsRow, testCms } from '../support/cms-case.ts';
import { certificate } from '../support/fixture.ts';

const withSigner = (changes: Partial<SignerParts>): Buffer => buildCms({ signers: [signer(changes)] });
const withAttributes = (...attributes: readonly Uint8Array[]): Buffer => withSigner({ attributes: sorted(attributes) });
const wrong = (title: string, cms: Buffer): CmsRow => [title, 'trust.cms-signed-attributes', cms];

const digestOf = (name: string, algorithm: string): Buffer =>
  octets(createHash(algorithm).update(certificate(name)).digest());
const essV1 = (...id: readonly Uint8Array[]): Buffer =>
  attribute(oids.signingCertificate, sequence(sequence(sequence(...id))));
const essV2 = (...id: readonly Uint8Array[]): Buffer =>
  attribute(oids.signingCertificateV2, sequence(sequence(sequence(...id))));
const essIssuer = (name: string): Buffer => {
  const [issuer = Buffer.alloc(0), serial = Buffer.alloc(0)] = children(issuerAndSerial(name));
  return sequence(sequence(der(0xa4, issuer)), serial);
};
const protection = (digest: Buffer): Buffer =>
  attribute(oids.algorithmProtection, sequence(sequence(digest), der(0xa1, oids.ecdsaWithSha256)));

testCms('REQ-OTA-SIG-01', [
  ['the honest message that the others differ from', 'accept', buildCms()],
  wrong('a file without the content-type attribute (RFC 5652 §5.3)', withAttributes(messageDigest)),
  wrong('a file without the message-digest attribute (§5.3)', withAttributes(contentType)),
  wrong('two content-type attributes (§11.1)', withAttributes(contentType, contentType, messageDigest)),
  wrong(
    'a content-type attribute with two values (§11.1)',
    withAttributes(attribute(oids.contentType, oids.data, oids.data), messageDigest),
  ),
  wrong('a content-type attribute without a value (§11.1)', withAttributes(attribute(oids.contentType), messageDigest)),
  wrong(
    'another content-type than id-data (§11.1)',
    withAttributes(attribute(oids.contentType, oids.signedData), messageDigest),
  ),
  wrong(
    'two message-digest attributes (§11.2)',
    withAttributes(contentType, messageDigest, attribute(oids.messageDigest, octets(Buffer.alloc(32)))),
  ),
  wrong(
    'a message-digest attribute with two values (§11.2)',
    withAttributes(
      contentType,
      attribute(oids.messageDigest, octets(Buffer.alloc(32)), octets(createHash('sha256').update(content).digest())),
    ),
  ),
  wrong(
    'a message-digest that is not an OCTET STRING (§11.2)',
    withAttributes(contentType, attribute(oids.messageDigest, oids.data)),
  ),
  [
    'another message-digest (§5.6)',
    'trust.cms-digest-mismatch',
    withAttributes(contentType, attribute(oids.messageDigest, octets(Buffer.alloc(32)))),
  ],
  [
    'an empty message-digest (§5.6)',
    'trust.cms-digest-mismatch',
    withAttributes(contentType, attribute(oids.messageDigest, octets(Buffer.alloc(0)))),
  ],
  wrong(
    'attributes that are not sorted (X.690 §11.6)',
    withSigner({ attributes: sorted([contentType, messageDigest, signingTime]).reverse() }),
  ),
  wrong('an empty set of attributes (§5.3)', withSigner({ attributes: [] })),
  ['a file without a signing-time (§11.3)', 'accept', withAttributes(contentType, messageDigest)],
  wrong(
    'a signing-time with two values (§11.3)',
    withAttributes(
      contentType,
      messageDigest,
      attribute(oids.signingTime, time('261122090000Z'), time('261122090001Z')),
    ),
  ),
  wrong(
    'two signing-times (§11.3)',
    withAttributes(contentType, messageDigest, signingTime, attribute(oids.signingTime, time('261122090001Z'))),
  ),
  wrong(
    'a signing-time without seconds (§11.3)',
    withAttributes(contentType, messageDigest, attribute(oids.signingTime, time('2611220900Z'))),
  ),
  wrong(
    'a signing-time of 31 February',
    withAttributes(contentType, messageDigest, attribute(oids.signingTime, time('260231090000Z'))),
  ),
  wrong(
    'a GeneralizedTime before 2050 (§11.3)',
    withAttributes(contentType, messageDigest, attribute(oids.signingTime, der(0x18, Buffer.from('20261122090000Z')))),
  ),
  [
    'an attribute that Drydock does not know',
    'accept',
    withAttributes(contentType, messageDigest, attribute(hex('06032a0304'), hex('0500'))),
  ],

  [
    'a signing-certificate-v2 of the signer (RFC 5035 §3)',
    'accept',
    withAttributes(contentType, messageDigest, essV2(digestOf('leaf', 'sha256'))),
  ],
  [
    'a signing-certificate-v2 with another digest than the default (RFC 5035 §4)',
    'accept',
    withAttributes(contentType, messageDigest, essV2(sequence(oids.sha512), digestOf('leaf', 'sha512'))),
  ],
  [
    'a signing-certificate-v2 with issuer and serial number',
    'accept',
    withAttributes(contentType, messageDigest, essV2(digestOf('leaf', 'sha256'), essIssuer('leaf'))),
  ],
  wrong(
    'a signing-certificate-v2 of another certificate (RFC 5035 §5)',
    withAttributes(contentType, messageDigest, essV2(digestOf('leaf-direct', 'sha256'))),
  ),
  wrong(
    'a signing-certificate-v2 with another serial number',
    withAttributes(contentType, messageDigest, essV2(digestOf('leaf', 'sha256'), essIssuer('leaf-deep'))),
  ),
  wrong(
    'an empty signing-certificate-v2',
    withAttributes(contentType, messageDigest, attribute(oids.signingCertificateV2, sequence(sequence()))),
  ),
  [
    'a signing-certificate of the signer (RFC 2634 §5.4)',
    'accept',
    withAttributes(contentType, messageDigest, essV1(digestOf('leaf', 'sha1'))),
  ],
  wrong(
    'a signing-certificate of another certificate',
    withAttributes(contentType, messageDigest, essV1(digestOf('leaf-direct', 'sha1'))),
  ),

  [
    'an algorithm-protection of the algorithms used (RFC 6211)',
    'accept',
    withAttributes(contentType, messageDigest, protection(oids.sha256)),
  ],
  [
    'an algorithm-protection of other algorithms (RFC 6211)',
    'trust.cms-digest-algorithm',
    withAttributes(contentType, messageDigest, protection(oids.sha512)),
  ],
]);
