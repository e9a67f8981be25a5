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

/** "Crafted leaf" as a UniversalString, four octets to a character. */
const universal = sequence(
  set(
    sequence(
      hex('0603550403'),
      der(0x1c, Buffer.from(Array.from('Crafted leaf', (c) => [0, 0, 0, c.charCodeAt(0)]).flat())),
    ),
  ),
);
const organisation = sequence(set(sequence(hex('060355040a'), der(0x0c, Buffer.from('Crafted leaf')))));

/** RSA keys with fields of our choice, under id-RSASSA-PSS or rsaEncryption. */
const rsaSpki = (modulus: Buffer): Buffer =>
  sequence(
    hex('300d06092a864886f70d0101010500'),
    der(0x03, Buffer.from([0]), sequence(der(0x02, modulus), hex('0203010001'))),
  );
const modulus = (lenBytes: number, last: number): Buffer => Buffer.from([0, ...Buffer.alloc(lenBytes - 1, 0xc3), last]);

const manyNames = (count: number, tag: number): Buffer[] =>
  Array.from({ length: count }, (_, i) => der(tag, Buffer.from(`h${i}.example.com`)));

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
  [
    'a leaf whose name in a type that holds no text here may be the excluded one (§4.2.1.10)',
    'trust.name-constraint',
    {
      ...selfIssuedBelow(excluded(commonName('Crafted leaf'))),
      leafDer: buildCertificate({ issuerKey: 'ica', subject: universal }),
    },
  ],
  [
    'the same leaf beside an exclusion of another attribute',
    'accept',
    { ...selfIssuedBelow(excluded(organisation)), leafDer: buildCertificate({ issuerKey: 'ica', subject: universal }) },
  ],
  [
    'more names to compare with constraints than the budget',
    'trust.budget-exceeded',
    {
      rootsDer: [
        craftedRoot({
          extra: [
            extension('551d1e', sequence(der(0xa0, ...manyNames(300, 0x82).map((base) => sequence(base)))), true),
          ],
        }),
      ],
      leafDer: buildCertificate({ extra: [extension('551d11', sequence(...manyNames(300, 0x82)))] }),
    },
  ],

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

test('REQ-OTA-SIG-02 refuses cross-signed CAs that make more paths than the budget', () => {
  const keys = ['ica', 'ica2', 'ica3', 'leaf2', 'other', 'root2'];
  const intermediatesDer = keys.flatMap((key) =>
    keys
      .filter((issuerKey) => issuerKey !== key)
      .map((issuerKey) => {
        const name = commonName('Soup');
        return buildCertificate({ subject: name, issuer: name, key, issuerKey, ca: true });
      }),
  );
  const leafDer = buildCertificate({ issuer: commonName('Soup'), issuerKey: 'ica' });
  assert.equal(verify({ leafDer, intermediatesDer }), 'trust.budget-exceeded');
});

test('REQ-OTA-SIG-02 refuses more signatures to check than the budget', () => {
  const sameName = (i: number): Partial<CertificateParts> => ({
    subject: commonName('Same'),
    issuer: commonName(`Above ${i}`),
    ca: true,
    issuerKey: 'ica',
  });
  const anchors = Array.from({ length: 140 }, (_, i) => buildCertificate({ ...sameName(i), key: 'other' }));
  const leafDer = buildCertificate({ issuer: commonName('Same'), issuerKey: 'other' });
  const broken = changeLast(leafDer);
  assert.equal(verify({ leafDer: broken, rootsDer: anchors }), 'trust.budget-exceeded');
});

function changeLast(bytes: Buffer): Buffer {
  const changed = Buffer.from(bytes);
  changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
  return changed;
}
