import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ErrorCode } from '../../../contract/error-code.ts';
import { unwrap } from '../../../core/trust/der/read-strictly.ts';
import { readPemBlocks } from '../../../core/trust/pem.ts';
import { verifyTimestamp } from '../../../core/trust/timestamp/check-timestamps.ts';
import { readTimestampResponse } from '../../../core/trust/timestamp/read-response.ts';
import { parseCertificate } from '../../../core/trust/x509/certificate.ts';
import { certificate } from '../../unit/trust/support/fixture.ts';
import { WorkBudget } from '../../../core/trust/work-budget.ts';

const vector = (name: string): Buffer =>
  readFileSync(new URL(`../../fixtures/trust/vectors/cms/${name}`, import.meta.url));
const chain = (name: string): readonly Uint8Array[] => unwrap(readPemBlocks(vector(name))).map(({ der }) => der);

interface Case {
  readonly response: string;
  /** The certificates of the authority, its pinned anchor last. */
  readonly chain: readonly Uint8Array[];
  readonly at: string;
  readonly data?: string;
}

/** What responses of public authorities and of other projects' tests are taken for, over "hello" unless it says otherwise. */
function judge({ response, chain, at, data = 'hello' }: Case): string {
  const token = unwrap(readTimestampResponse(vector(response)));
  const result = verifyTimestamp(token, Buffer.from(data), {
    certificate: unwrap(parseCertificate(certificate('leaf'))),
    otherCertificates: chain.map((der) => unwrap(parseCertificate(der))),
    tsaRootsDer: chain.slice(-1),
    crlsDer: [],
    budget: new WorkBudget(),
    at: new Date(at),
  });
  if (!result.ok) return result.code;
  return result.value === 'not-pinned' ? 'not-pinned' : result.value.time.toISOString();
}

const testTsa = { chain: chain('tsa-test-ts_chain.pem'), at: '2024-12-01' };
const sigstage = { chain: chain('tsa-sigstage-ts_chain.pem'), at: '2025-07-01' };
const sectigo = {
  chain: ['sectigo-time-stamping-ca', 'user-trust-ca-aaa', 'comodo-aaa'].flatMap((name) =>
    chain(`openssl-ts-${name}.pem`),
  ),
  at: '2021-06-01',
};

type Row = readonly [title: string, expected: ErrorCode | 'not-pinned' | `20${string}Z`, vector: Case];

const rows: readonly Row[] = [
  [
    'a response of an authority below an intermediate',
    '2024-10-08T15:40:32.000Z',
    { response: 'tsa-test-response.tsr', ...testTsa },
  ],
  [
    'a response with certificates injected',
    '2024-10-08T15:40:32.000Z',
    { response: 'tsa-test-response-injected-certs.tsr', ...testTsa },
  ],
  [
    'a response of other data',
    'trust.timestamp-imprint',
    { response: 'tsa-test-response.tsr', ...testTsa, data: 'other' },
  ],
  [
    'a response of a namesake of the pinned authority',
    'trust.timestamp-authority',
    { response: 'tsa-test-other_response.tsr', ...testTsa },
  ],
  ['a response of another authority', 'not-pinned', { response: 'tsa-test-response.tsr', ...sigstage }],
  ['a SHA-256 imprint', '2025-05-09T11:58:55.000Z', { response: 'tsa-sigstage-response-sha256.tsr', ...sigstage }],
  ['a SHA-384 imprint', '2025-05-09T11:58:55.000Z', { response: 'tsa-sigstage-response-sha384.tsr', ...sigstage }],
  ['a SHA-512 imprint', '2025-05-09T11:58:56.000Z', { response: 'tsa-sigstage-response-sha512.tsr', ...sigstage }],
  [
    'a broken signature',
    'trust.timestamp-signature-invalid',
    { response: 'tsa-sigstage-response-invalid-signature.tsr', ...sigstage },
  ],
  [
    'a certificate that is given beside the token',
    '2025-06-18T08:13:02.000Z',
    { response: 'tsa-sigstage-response-no-embedded-cert.tsr', ...sigstage },
  ],
  [
    'a negative serial number',
    'trust.timestamp-malformed',
    {
      response: 'tsa-sigstore.mock-response-expired.tsr',
      chain: chain('tsa-sigstore.mock-ts_chain.pem'),
      at: '2023-06-01',
    },
  ],
  [
    'Sectigo’s response, whose data has a SHA-256 that nobody knows',
    'trust.timestamp-imprint',
    { response: 'openssl-ts-sectigo-all-zero.tsr', ...sectigo },
  ],
  [
    'IdenTrust’s response under another root',
    'not-pinned',
    { response: 'tsa-identrust-issue-104.tsr', ...sectigo, at: '2025-06-01' },
  ],
  [
    'RFC 3161’s example, which brings no certificate',
    'trust.timestamp-signer',
    { response: 'rfc3161-response.der', ...sectigo },
  ],
];

for (const [title, expected, given] of rows) {
  test(`REQ-OTA-SIG-01 ${given.response}: ${title} (${expected})`, () => assert.equal(judge(given), expected));
}
