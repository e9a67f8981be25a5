import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { ErrorCode } from '../../../../contract/error-code.ts';
import { attribute, der, hex, integer, octets, oids, sequence, set } from '../support/cms-builder.ts';
import { certificate } from '../support/fixture.ts';
import {
  buildToken,
  generalizedTime,
  namesCertificate,
  stampWith,
  token,
  tokenAttribute,
  tsaCertificate,
  tstInfo,
  verifyStamped,
  withCopies,
  withUnsigned,
} from '../support/timestamp-builder.ts';

/* Each token is validly signed, so that the check in its title is the only thing wrong with it. */

type Row = readonly [title: string, expected: 'accept' | ErrorCode, cms: Uint8Array];

const info = (changes: Parameters<typeof tstInfo>[0]): Uint8Array =>
  stampWith(buildToken({ content: tstInfo(changes) }));
const at = (text: string): Uint8Array => info({ genTime: generalizedTime(text) });
const rest = (...fields: readonly Uint8Array[]): Uint8Array => info({ rest: fields });
const extension = (...critical: readonly Uint8Array[]): Buffer =>
  der(0xa1, sequence(hex('06032a0304'), ...critical, octets(hex('0500'))));
const explicitTsa = (name: Uint8Array): Buffer => der(0xa0, name);
const subjectOf = (name: string): Buffer =>
  der(
    0xa4,
    sequence(
      set(sequence(hex('060355040a'), der(0x0c, Buffer.from('Drydock Tests')))),
      set(sequence(hex('0603550403'), der(0x0c, Buffer.from(name)))),
    ),
  );
const otherSigner = createHash('sha256').update(certificate('leaf')).digest();

const rows: readonly Row[] = [
  ['a token that is made as RFC 3161 has it', 'accept', stampWith(buildToken())],
  [
    'the certificate of the signer in the signature file alone',
    'trust.timestamp-signer',
    stampWith(buildToken({ certificates: [] })),
  ],
  [
    'certificates in the token that have nothing to do with it',
    'accept',
    stampWith(buildToken({ certificates: [certificate('leaf'), tsaCertificate('tsa'), tsaCertificate('stranger')] })),
  ],
  [
    'four timestamps of one signature',
    'accept',
    stampWith(...[1, 2, 3, 4].map((serial) => buildToken({ content: tstInfo({ serial: integer(serial) }) }))),
  ],
  [
    'timestamps in two attributes',
    'accept',
    withUnsigned(
      ...[1, 2]
        .map((serial) => tokenAttribute(buildToken({ content: tstInfo({ serial: integer(serial) }) })))
        .sort((a, b) => a.compare(b)),
    ),
  ],
  ['another unsigned attribute', 'accept', withUnsigned(attribute(hex('06032a0304'), hex('0500')))],

  // RFC 3161 §2.4.2: the token
  [
    'five timestamps of one signature',
    'trust.timestamp-malformed',
    stampWith(...[1, 2, 3, 4, 5].map((serial) => buildToken({ content: tstInfo({ serial: integer(serial) }) }))),
  ],
  [
    'a token above 64 KiB',
    'trust.timestamp-malformed',
    stampWith(buildToken({ certificates: [octets(Buffer.alloc(65_000))] })),
  ],
  [
    'a token that is no SignedData',
    'trust.timestamp-malformed',
    stampWith(sequence(oids.data, der(0xa0, octets(hex('00'))))),
  ],
  ['a token that is a number', 'trust.timestamp-malformed', stampWith(integer(1))],
  [
    'an unsigned attribute without a set of values',
    'trust.timestamp-malformed',
    withUnsigned(sequence(hex('06032a0304'), integer(1))),
  ],
  ['a token around id-data', 'trust.timestamp-malformed', stampWith(buildToken({ contentType: oids.data }))],
  ['a token without its content', 'trust.timestamp-malformed', stampWith(buildToken({ content: null }))],
  ['a token of version 1', 'trust.timestamp-malformed', stampWith(buildToken({ version: 1 }))],
  ['a token without a signer', 'trust.timestamp-malformed', stampWith(buildToken({ signers: 'none' }))],
  ['a token with two signers', 'trust.timestamp-signer', stampWith(buildToken({ signers: 'two' }))],
  [
    'a token whose signed content-type is id-data',
    'trust.timestamp-malformed',
    stampWith(buildToken({ signedContentType: oids.data })),
  ],
  ['a token without signing-certificate', 'trust.timestamp-signer', stampWith(buildToken({ signingCertificate: [] }))],
  [
    'a token whose signing-certificate names another one of the same key',
    'trust.timestamp-signer',
    stampWith(buildToken({ signingCertificate: [namesCertificate(tsaCertificate('tsa-revoked'))] })),
  ],
  [
    'a token whose message-digest is not its content’s',
    'trust.timestamp-signature-invalid',
    stampWith(buildToken({ messageDigest: () => otherSigner })),
  ],
  [
    'a token that another key signed',
    'trust.timestamp-signature-invalid',
    stampWith(buildToken({ key: 'stranger-root' })),
  ],
  [
    'a token whose digest is not that of its signature',
    'trust.timestamp-malformed',
    stampWith(
      buildToken({
        digestAlgorithm: sequence(oids.sha512),
        messageDigest: (content) => createHash('sha512').update(content).digest(),
      }),
    ),
  ],

  // §2.3: the authority
  [
    'an authority certified for code signing',
    'trust.timestamp-purpose',
    stampWith(buildToken({ authority: 'tsa-code-signing' })),
  ],
  [
    'an authority with a second purpose',
    'trust.timestamp-purpose',
    stampWith(buildToken({ authority: 'tsa-two-purposes' })),
  ],
  [
    'an authority whose purpose is not critical',
    'trust.timestamp-purpose',
    stampWith(buildToken({ authority: 'tsa-not-critical' })),
  ],

  // §2.4.2: TSTInfo
  ['TSTInfo of version 2', 'trust.timestamp-malformed', info({ version: integer(2) })],
  [
    'bytes after TSTInfo',
    'trust.timestamp-malformed',
    stampWith(buildToken({ content: Buffer.concat([tstInfo(), hex('00')]) })),
  ],
  ['a field that TSTInfo does not have', 'trust.timestamp-malformed', rest(octets(hex('00')))],
  ['an imprint of the wrong length', 'trust.timestamp-malformed', info({ imprint: Buffer.alloc(20) })],
  ['an imprint of another signature', 'trust.timestamp-imprint', info({ imprint: otherSigner })],
  [
    'an MD5 imprint',
    'trust.algorithm-refused',
    info({ hashAlgorithm: sequence(hex('06082a864886f70d0205')), imprint: Buffer.alloc(16) }),
  ],
  ['a serial number of 160 bits', 'accept', info({ serial: der(0x02, hex('00'), Buffer.alloc(20, 0xff)) })],
  ['a serial number of 168 bits', 'trust.timestamp-malformed', info({ serial: der(0x02, Buffer.alloc(21, 0x11)) })],
  ['a negative serial number', 'trust.timestamp-malformed', info({ serial: der(0x02, hex('ff')) })],
  ['a time with a fraction', 'accept', at('20270101120000.25Z')],
  ['a time with a fraction that ends in zero', 'trust.timestamp-malformed', at('20270101120000.250Z')],
  ['a time with an empty fraction', 'trust.timestamp-malformed', at('20270101120000.Z')],
  ['a time with a comma', 'trust.timestamp-malformed', at('20270101120000,5Z')],
  ['a time without seconds', 'trust.timestamp-malformed', at('202701011200Z')],
  ['a local time', 'trust.timestamp-malformed', at('20270101120000')],
  ['a time with an offset', 'trust.timestamp-malformed', at('20270101120000+0100')],
  ['a date that does not exist', 'trust.timestamp-malformed', at('20270231120000Z')],
  ['a time as UTCTime', 'trust.timestamp-malformed', info({ genTime: der(0x17, Buffer.from('270101120000Z')) })],
  ['an accuracy of seconds, millis and micros', 'accept', rest(sequence(integer(1), hex('80020101'), hex('81020101')))],
  ['an accuracy of 0 millis', 'trust.timestamp-malformed', rest(sequence(hex('800100')))],
  ['an accuracy of 1000 micros', 'trust.timestamp-malformed', rest(sequence(hex('810203e8')))],
  ['an accuracy of more than a day', 'trust.timestamp-malformed', rest(sequence(hex('0203015181')))],
  ['ordering spelled out as FALSE', 'trust.timestamp-malformed', rest(hex('010100'))],
  ['a nonce', 'accept', rest(hex('02020101'))],
  ['a nonce of 65 bytes', 'trust.timestamp-malformed', rest(der(0x02, Buffer.alloc(65, 0x11)))],
  ['the authority’s subject as its name', 'accept', rest(explicitTsa(subjectOf('tsa')))],
  ['the authority’s alternative name as its name', 'accept', rest(explicitTsa(der(0x82, Buffer.from('tsa.example'))))],
  ['another directory name', 'trust.timestamp-signer', rest(explicitTsa(subjectOf('tsb')))],
  ['another DNS name', 'trust.timestamp-signer', rest(explicitTsa(der(0x82, Buffer.from('tsb.example'))))],
  ['a name of another form', 'trust.timestamp-signer', rest(explicitTsa(der(0x86, Buffer.from('tsa.example'))))],
  ['an unknown extension', 'accept', rest(extension())],
  ['an unknown critical extension', 'trust.timestamp-malformed', rest(extension(hex('0101ff')))],

  // the time itself; the rules judge at 2027-03-01
  [
    'a time that is after the clock by less than its accuracy',
    'accept',
    info({ genTime: generalizedTime('20270301000010Z'), rest: [sequence(integer(10))] }),
  ],
  [
    'a time that is after the clock by more than its accuracy',
    'trust.timestamp-time',
    info({ genTime: generalizedTime('20270301000011Z'), rest: [sequence(integer(10))] }),
  ],
  ['a time that is after the clock by a millisecond', 'trust.timestamp-time', at('20270301000000.001Z')],
  ['a time before the certificates were issued', 'trust.timestamp-time', at('20191231235959Z')],
];

for (const [title, expected, cms] of rows) {
  test(`REQ-OTA-SIG-01 ${expected === 'accept' ? 'accepts' : 'refuses'} a timestamp: ${title}`, () => {
    const result = verifyStamped(cms);
    assert.equal(result.ok ? 'accept' : result.code, expected, result.ok ? '' : result.reason);
    assert.ok(
      verifyStamped(cms, { tsaRootsDer: [] }).ok,
      'unsigned attributes are passed over where no authority is pinned',
    );
  });
}

test('REQ-OTA-SIG-01 the earliest of several timestamps is the signer’s', () => {
  const times = ['20270201000000Z', '20270101000000Z', '20270115000000Z'];
  const tokens = times.map((text) => buildToken({ content: tstInfo({ genTime: generalizedTime(text) }) }));
  const result = verifyStamped(stampWith(...tokens));
  assert.ok(result.ok);
  assert.equal(result.signers[0]?.timestamp?.time.toISOString(), '2027-01-01T00:00:00.000Z');
});

test('REQ-OTA-SIG-01 one broken timestamp refuses the file also beside a good one', () => {
  const result = verifyStamped(stampWith(buildToken(), token('other-data')));
  assert.equal(result.ok ? '' : result.code, 'trust.timestamp-imprint');
});

test('REQ-OTA-SIG-01 a serial number is told without its sign octet', () => {
  const result = verifyStamped(info({ serial: der(0x02, hex('0080')) }));
  assert.ok(result.ok);
  assert.equal(result.signers[0]?.timestamp?.serial, '80');
});

test('REQ-OTA-SIG-01 more than 16 timestamps of one file are refused before any path is built', () => {
  const attributes = tokenAttribute(
    ...[1, 2, 3, 4].map((serial) => buildToken({ content: tstInfo({ serial: integer(serial) }) })),
  );
  assert.ok(verifyStamped(withCopies(4, attributes)).ok);
  const result = verifyStamped(withCopies(5, attributes));
  assert.equal(result.ok ? '' : result.code, 'trust.budget-exceeded');
});
