import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorCode } from '../../../../contract/error-code.ts';
import { oid } from '../../../../core/trust/oid.ts';
import { type ChainInput, verifyChain } from '../../../../core/trust/verify-chain.ts';
import { now } from '../support/chain-case.ts';
import { der, hex, sequence, set } from '../support/cms-builder.ts';
import {
  buildCertificate,
  buildCrl,
  type CertificateParts,
  commonName,
  craftedRoot,
  extension,
  spkiOf,
  utcTime,
} from '../support/x509-builder.ts';

type Row = readonly [title: string, expected: 'accept' | ErrorCode, chain: Partial<ChainInput>];

const leaf = (changes: Partial<CertificateParts>): Partial<ChainInput> => ({ leafDer: buildCertificate(changes) });
const withExtension = (oidHex: string, value: Uint8Array): Partial<ChainInput> =>
  leaf({ extra: [extension(oidHex, value)] });
const entryWith = (...entryExtensions: Uint8Array[]): Partial<ChainInput> => ({
  crlsDer: [buildCrl({ entryExtensions })],
});

/** A root that excludes one directory, a new certificate of that root's own name, and a leaf below. */
const excluded = (base: Buffer): Buffer => extension('551d1e', sequence(der(0xa1, sequence(der(0xa4, base)))), true);
const selfIssuedBelow = (constraint: Buffer): Partial<ChainInput> => ({
  rootsDer: [craftedRoot({ extra: [constraint] })],
  intermediatesDer: [buildCertificate({ subject: commonName('Crafted root'), key: 'ica', ca: true })],
  leafDer: buildCertificate({ issuerKey: 'ica' }),
});

/** RSA keys with fields of our choice, under id-RSASSA-PSS or rsaEncryption. */
const rsaSpki = (modulus: Buffer): Buffer =>
  sequence(
    hex('300d06092a864886f70d0101010500'),
    der(0x03, Buffer.from([0]), sequence(der(0x02, modulus), hex('0203010001'))),
  );
const modulus = (lenBytes: number, last: number): Buffer => Buffer.from([0, ...Buffer.alloc(lenBytes - 1, 0xc3), last]);

/** An attribute of a name, its value of whatever type. */
const organization = (value: Buffer): Buffer => sequence(set(sequence(hex('060355040a'), value)));
const utf8 = (text: string): Buffer => der(0x0c, Buffer.from(text));
/** A leaf under a root that excludes, or permits only, a directory. */
const underDirectory = (list: number, base: Buffer, subject: Buffer): Partial<ChainInput> => ({
  rootsDer: [
    craftedRoot({ extra: [extension('551d1e', sequence(der(list, sequence(der(0xa4, organization(base))))), true)] }),
  ],
  leafDer: buildCertificate({ subject: organization(subject) }),
});
const excludes = (base: string, subject: Buffer): Partial<ChainInput> => underDirectory(0xa1, utf8(base), subject);

const policies = (critical: boolean, qualifier: string): Partial<ChainInput> =>
  leaf({
    extra: [
      extension(
        '551d20',
        sequence(sequence(hex('06032a0304'), sequence(sequence(hex(qualifier), utf8('x'))))),
        critical,
      ),
    ],
  });

/** An otherName with a mailbox in UTF-8 (RFC 9598). */
const utf8Mailbox = sequence(der(0xa0, hex('06082b06010505070809'), der(0xa0, utf8('ä@example.com'))));
const underMailboxes = (altNames: Buffer): Partial<ChainInput> => ({
  rootsDer: [
    craftedRoot({
      extra: [extension('551d1e', sequence(der(0xa1, sequence(der(0x81, Buffer.from('example.com'))))), true)],
    }),
  ],
  leafDer: buildCertificate({ extra: [extension('551d11', altNames)] }),
});

const anchor = (changes: Partial<CertificateParts>): Partial<ChainInput> => ({ rootsDer: [craftedRoot(changes)] });
const selfSigned = buildCertificate({ issuer: commonName('Crafted leaf'), issuerKey: 'leaf' });
const pinnedSelfSigned: Partial<ChainInput> = { leafDer: selfSigned, rootsDer: [selfSigned] };
const bmp = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
const manyBits = der(0x03, Buffer.from([0]), Buffer.alloc(30_000, 0xff));

const rows: readonly Row[] = [
  ['the honest chain that the others differ from', 'accept', {}],
  ['unique identifiers (RFC 5280 §4.1.2.8)', 'trust.certificate-profile', leaf({ uniqueIds: [hex('81020001')] })],
  ['version 4 (§4.1.2.1)', 'trust.certificate-malformed', leaf({ version: hex('a003020103') })],
  ['version 1 spelled out (X.690 §11.5)', 'trust.certificate-malformed', leaf({ version: hex('a003020100') })],
  ['extensions in version 2 (§4.1.2.9)', 'trust.certificate-malformed', leaf({ version: hex('a003020101') })],
  [
    'an empty issuer (§4.1.2.4)',
    'trust.certificate-profile',
    {
      rootsDer: [craftedRoot({ subject: sequence(), issuer: sequence() })],
      leafDer: buildCertificate({ issuer: sequence() }),
    },
  ],
  ['issuerAltName without a name (§4.2.1.7)', 'trust.certificate-malformed', withExtension('551d12', sequence())],
  [
    'a policy that is named twice (§4.2.1.4)',
    'trust.certificate-malformed',
    withExtension('551d20', sequence(hex('300506032a0304'), hex('300506032a0304'))),
  ],
  ['an empty subject part', 'trust.certificate-malformed', leaf({ subject: sequence(hex('3100')) })],
  [
    'an Ed25519 key of 31 bytes (RFC 8410 §4)',
    'trust.key-malformed',
    leaf({ spki: sequence(hex('300506032b6570'), der(0x03, Buffer.alloc(32))) }),
  ],
  ['an RSA key with an even modulus', 'trust.key-weak', leaf({ spki: rsaSpki(modulus(384, 0xc2)) })],
  ['an RSA key of more than 8192 bits', 'trust.key-weak', leaf({ spki: rsaSpki(modulus(1025, 0xc3)) })],
  ['a point that is not on its curve', 'trust.key-malformed', leaf({ spki: changeLast(spkiOf('leaf')) })],

  [
    'a self-issued CA with a name that is excluded: it is exempt (§6.1.3 (b), (c))',
    'accept',
    selfIssuedBelow(excluded(commonName('Crafted root'))),
  ],
  [
    'a leaf with a name that is excluded below it',
    'trust.name-constraint',
    selfIssuedBelow(excluded(commonName('crafted LEAF'))),
  ],

  ['an excluded directory as a BMPString (§7.1)', 'trust.name-constraint', excludes('Evil', der(0x1e, bmp('Evil')))],
  [
    'an excluded directory as a UniversalString (§4.1.2.4)',
    'trust.name-constraint',
    excludes('Evil', der(0x1c, hex('0000004500000076000000690000006c'))),
  ],
  [
    'an excluded directory with a soft hyphen (RFC 4518 §2.2)',
    'trust.name-constraint',
    excludes('Evil', utf8('Ev\u00adil')),
  ],
  [
    'an excluded directory with "ss" for "ß" (RFC 4518 §2.2)',
    'trust.name-constraint',
    excludes('Straße', utf8('STRASSE')),
  ],
  ['an excluded directory with the other small sigma', 'trust.name-constraint', excludes('οδος', utf8('ΟΔΟΣ'))],
  [
    'an excluded directory in full-width letters (RFC 4518 §2.3)',
    'trust.name-constraint',
    excludes('Evil', utf8('Ｅｖｉｌ')),
  ],
  ['a directory beside the excluded one', 'accept', excludes('Evil', utf8('Good'))],
  [
    'a value that is no character string where a directory is excluded',
    'trust.name-constraint',
    excludes('Evil', der(0x03, Buffer.from('\0Evil'))),
  ],
  ['a name with a value that is a BIT STRING', 'accept', leaf({ subject: organization(der(0x03, hex('00ff'))) })],
  ['a name with a value that is a SEQUENCE', 'accept', leaf({ subject: organization(sequence(utf8('Street'))) })],
  ...Object.entries({
    'a wrapped string': der(0xa0, utf8('Evil')),
    'an OCTET STRING': der(0x04, Buffer.from('Evil')),
    'a VisibleString': der(0x1a, Buffer.from('Evil')),
    'a SET': set(utf8('Evil')),
  }).map(([what, value]): Row => [
    `a name with a value that is ${what}`,
    'trust.certificate-malformed',
    leaf({ subject: organization(value) }),
  ]),
  [
    'a value that goes on behind a NUL where its beginning is permitted',
    'trust.name-constraint',
    underDirectory(0xa0, utf8('x'), utf8('x\u0000y')),
  ],
  [
    'a UniversalString with what is no character',
    'trust.certificate-malformed',
    leaf({ subject: organization(der(0x1c, hex('00110000'))) }),
  ],
  [
    'an internationalised mailbox where mailboxes are constrained (RFC 9598 §6)',
    'trust.name-constraint',
    underMailboxes(utf8Mailbox),
  ],
  ['an internationalised mailbox where nothing is constrained', 'accept', withExtension('551d11', utf8Mailbox)],
  [
    'a URI that is longer than any',
    'trust.certificate-profile',
    withExtension('551d11', sequence(der(0x86, Buffer.from(`http://${'a'.repeat(3000)}`)))),
  ],
  ['keyUsage with more bits than a machine can count', 'trust.certificate-malformed', leaf({ usage: manyBits })],
  ['critical policies with an unknown qualifier (§4.2.1.4)', 'trust.policy-unprocessed', policies(true, '06032a0305')],
  ['policies with an unknown qualifier that are not critical (§4.2.1.4)', 'accept', policies(false, '06032a0305')],

  ['an anchor that has expired (RFC 5937)', 'trust.expired', anchor({ validity: ['200101000000Z', '210101000000Z'] })],
  ['an anchor of version 1', 'trust.certificate-malformed', anchor({ version: hex('') })],
  [
    'an anchor whose authorityKeyIdentifier names another key (§4.2.1.1)',
    'trust.key-identifier',
    anchor({ issuerKeyId: Buffer.alloc(20, 1) }),
  ],
  [
    'an anchor that a CA signed for its new key by its old one (RFC 4210 §4.4)',
    'accept',
    { rootsDer: [craftedRoot({ issuerKey: 'root2' })] },
  ],
  [
    'an anchor with another signature algorithm inside than outside (§4.1.1.2)',
    'trust.algorithm-mismatch',
    anchor({ outerAlgorithm: sequence(hex('06082a8648ce3d040303')) }),
  ],
  [
    'an anchor that is not its own issuer (RFC 5937)',
    'accept',
    anchor({ issuer: commonName('Above'), issuerKey: 'other' }),
  ],
  ['the same anchor twice', 'accept', { rootsDer: [craftedRoot(), craftedRoot()] }],
  ['a leaf that is itself pinned, and whose issuer is not', 'trust.no-path', { rootsDer: [buildCertificate({})] }],
  ['a leaf that signed itself and is pinned', 'trust.not-a-ca', pinnedSelfSigned],
  ['a leaf that signed itself and is not pinned', 'trust.no-path', { ...pinnedSelfSigned, rootsDer: [craftedRoot()] }],

  ['a list with an entry without extensions', 'accept', entryWith()],
  [
    'a list with a critical entry extension (§5.3)',
    'trust.crl-unsupported',
    entryWith(extension('2a0304', hex('0500'), true)),
  ],
  [
    'a list with an entry extension twice (§5.3)',
    'trust.extension-duplicate',
    entryWith(...Array<Buffer>(2).fill(extension('2a0304', hex('0500')))),
  ],
  ['a list with the unused reason 7 (§5.3.1)', 'trust.crl-malformed', entryWith(extension('551d15', hex('0a0107')))],
  ['a complete list with removeFromCRL (§5.3.1)', 'trust.crl-malformed', entryWith(extension('551d15', hex('0a0108')))],
  ['a list without nextUpdate (§5.1.2.5)', 'trust.crl-not-current', { crlsDer: [buildCrl({ nextUpdate: [] })] }],
  [
    'a list with more reasons than there are (§5.2.5)',
    'trust.crl-malformed',
    {
      crlsDer: [
        buildCrl({
          extra: [extension('551d1c', sequence(der(0x83, Buffer.from([0]), Buffer.alloc(30_000, 0xff))), true)],
        }),
      ],
    },
  ],
  [
    'a list of another CA that nobody can read',
    'accept',
    { crlsDer: [buildCrl({ issuer: commonName('Elsewhere'), nextUpdate: [utcTime('x')] })] },
  ],
  ['a list that does not name its issuer', 'trust.crl-malformed', { crlsDer: [sequence(sequence(hex('020101')))] }],
  [
    'a list with another signature algorithm inside than outside (§5.1.1.2)',
    'trust.algorithm-mismatch',
    { crlsDer: [buildCrl({ outerAlgorithm: sequence(hex('06082a8648ce3d040303')) })] },
  ],
];

function verify(chain: Partial<ChainInput>): string {
  const honest = {
    leafDer: buildCertificate({}),
    intermediatesDer: [],
    rootsDer: [craftedRoot()],
    crlsDer: [],
    at: now,
    eku: oid.codeSigning,
  };
  const result = verifyChain({ ...honest, ...chain });
  return result.ok ? 'accept' : result.code;
}

for (const [title, expected, chain] of rows) {
  test(`REQ-OTA-SIG-02 ${expected === 'accept' ? 'accepts' : 'refuses'} ${title}`, () =>
    assert.equal(verify(chain), expected));
}

function changeLast(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
  return changed;
}
