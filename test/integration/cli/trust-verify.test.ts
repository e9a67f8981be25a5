import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runCli } from '../../helpers/run-cli.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const fixture = (path: string): string => fileURLToPath(new URL(`../../fixtures/trust/${path}`, import.meta.url));
const cert = (name: string): string => fixture(`certs/${name}.pem`);
const crl = (name: string): string => fixture(`crls/${name}.pem`);
const at = ['--at', '2026-11-22T09:00:00Z'];
const chain = [
  'trust',
  'verify-chain',
  '--leaf',
  cert('leaf'),
  '--root',
  cert('root'),
  '--intermediate',
  cert('ica'),
  ...at,
];
const cms = [
  'trust',
  'verify-cms',
  '--cms',
  fixture('cms/two.der'),
  '--content',
  fixture('cms/content.bin'),
  '--root',
  cert('root'),
  ...at,
];

test('REQ-OTA-SIG-02 trust verify-chain lists the path up to the given root, and says what it did not check', async () => {
  const { code, out, err } = await runCli(chain);
  assert.equal(code, 0, out + err);
  assert.match(out, /leads to a given root[^]*leaf [^]*← ica [^]*← Test Root .*\(given root\)/);
  assert.match(out, /not revocation: no list was given/);
});

test('REQ-OTA-SIG-02 trust verify-chain answers JSON with the path, leaf first', async () => {
  const { code, out } = await runCli([
    ...chain,
    '--json',
    '--crl',
    crl('ica-empty'),
    crl('root-empty'),
    '--require-crl',
  ]);
  assert.equal(code, 0, out);
  const { ok, path } = JSON.parse(out) as { ok: boolean; path: { subject: string; fingerprintSha256: string }[] };
  assert.equal(ok, true);
  assert.deepEqual(
    path.map(({ subject }) => subject),
    ['leaf', 'ica', 'Test Root'],
  );
  const openssl = execFileSync('openssl', ['x509', '-in', cert('leaf'), '-noout', '-fingerprint', '-sha256'], {
    encoding: 'utf8',
  });
  assert.equal(openssl.split('=')[1]?.trim().replaceAll(':', '').toLowerCase(), path[0]?.fingerprintSha256);
});

const refused: readonly (readonly [title: string, args: readonly string[], code: string])[] = [
  [
    'a leaf without its intermediate',
    ['trust', 'verify-chain', '--leaf', cert('leaf'), '--root', cert('root'), ...at],
    'trust.no-path',
  ],
  ['a revoked leaf', [...chain, '--crl', crl('ica-revokes-leaf')], 'trust.revoked'],
  ['a path without lists where they are required', [...chain, '--require-crl'], 'trust.crl-missing'],
  ['an old list', [...chain, '--crl', crl('ica-empty'), '--max-crl-age-hours', '24'], 'trust.crl-stale'],
  ['another purpose', [...chain, '--eku', '1.3.6.1.5.5.7.3.1'], 'trust.extended-key-usage'],
  ['a path that is too deep', [...chain, '--max-depth', '0'], 'trust.no-path'],
  ['a time before the certificates', [...chain, '--at', '2019-01-01T00:00:00Z'], 'trust.not-yet-valid'],
  ['a list where a root should be', [...chain, '--root', crl('ica-empty')], 'trust.pem-malformed'],
  ['more keys than signed', [...cms, '--threshold', '3'], 'trust.threshold-not-met'],
  ['another content', [...cms, '--content', fixture('cms/other-content.bin')], 'trust.cms-digest-mismatch'],
];

for (const [title, args, code] of refused) {
  test(`REQ-OTA-SIG-02 trust verify-… refuses ${title} with exit code 3, in words and in JSON`, async () => {
    const told = await runCli(args);
    assert.equal(told.code, 3, told.out + told.err);
    assert.match(told.err, new RegExp(code.replace('.', '\\.')));
    const json = await runCli([...args, '--json']);
    assert.equal(json.code, 3);
    const answer = JSON.parse(json.out) as { ok: boolean; code: string; reason: string };
    assert.equal(answer.ok, false);
    assert.equal(answer.code, code);
    assert.ok(answer.reason.length > 0);
  });
}

test('REQ-OTA-SIG-03 trust verify-cms accepts two signers of a file that OpenSSL made, in words and in JSON', async () => {
  const told = await runCli([...cms, '--threshold', '2']);
  assert.equal(told.code, 0, told.err);
  assert.match(told.out, /Signed by signer2[^]*Signed by leaf/);
  const json = await runCli([...cms, '--threshold', '2', '--json']);
  const { ok, signers } = JSON.parse(json.out) as { ok: boolean; signers: { subject: string; path: unknown[] }[] };
  assert.equal(ok, true);
  assert.deepEqual(signers.map(({ subject }) => subject).sort(), ['leaf', 'signer2']);
  assert.ok(signers.every(({ path }) => path.length === 3));
});

const stamped = (name: string): readonly string[] => [
  ...[
    'trust',
    'verify-cms',
    '--cms',
    fixture(`timestamp/stamped/${name}.der`),
    '--content',
    fixture('cms/content.bin'),
  ],
  ...['--root', cert('root'), '--at', '2027-03-01T00:00:00Z'],
];
const tsaRoot = ['--tsa-root', fixture('timestamp/certs/tsa-root.pem')];

interface StampedSigner {
  readonly timestamp: { readonly time: string; readonly tsaSubject: string; readonly path: unknown[] } | null;
}

test('REQ-OTA-SIG-01 trust verify-cms tells the time that a given authority vouches for, in words and in JSON', async () => {
  const openssl = execFileSync('openssl', [
    'ts',
    '-reply',
    '-token_in',
    '-in',
    fixture('timestamp/tokens/p256.der'),
    '-text',
  ]);
  const said = /Time stamp: (.*)/.exec(openssl.toString('utf8'))?.[1] ?? '';
  const time = new Date(said).toISOString();
  const told = await runCli([...stamped('p256'), ...tsaRoot]);
  assert.equal(told.code, 0, told.out + told.err);
  assert.match(told.out, new RegExp(`Existed at ${time}, within 1501 ms, by a timestamp of tsa\\.`));
  const json = await runCli([...stamped('p256'), ...tsaRoot, '--json']);
  const { signers } = JSON.parse(json.out) as { signers: StampedSigner[] };
  assert.deepEqual([signers[0]?.timestamp?.time, signers[0]?.timestamp?.tsaSubject], [time, 'tsa']);
  assert.equal(signers[0]?.timestamp?.path.length, 2);
});

test('REQ-OTA-SIG-01 trust verify-cms trusts no timestamp but of a given authority, and refuses a wrong one of it', async () => {
  const unasked = await runCli([...stamped('p256'), '--json']);
  assert.equal((JSON.parse(unasked.out) as { signers: StampedSigner[] }).signers[0]?.timestamp, null);
  const stranger = await runCli([...stamped('stranger'), ...tsaRoot]);
  assert.equal(stranger.code, 0, stranger.err);
  assert.match(stranger.out, /No timestamp of an authority under the given roots/);
  const moved = await runCli([...stamped('moved'), ...tsaRoot, '--json']);
  assert.equal(moved.code, 3);
  assert.equal((JSON.parse(moved.out) as { code: string }).code, 'trust.timestamp-imprint');
});

test('REQ-OTA-SIG-02 trust verify-… takes DER, and PEM files with several certificates or lists', async (t) => {
  const folder = tempFolder(t);
  const file = (name: string): string => join(folder, name);
  execFileSync('openssl', ['x509', '-in', cert('leaf'), '-outform', 'DER', '-out', file('leaf.der')]);
  writeFileSync(file('cas.pem'), ['ica-deep', 'ica'].map((name) => readFileSync(cert(name), 'utf8')).join('\n'));
  writeFileSync(file('roots.pem'), ['root2', 'root'].map((name) => readFileSync(cert(name), 'utf8')).join('\n'));
  writeFileSync(file('lists.pem'), ['ica-empty', 'root-empty'].map((name) => readFileSync(crl(name), 'utf8')).join(''));
  const { code, err } = await runCli([
    'trust',
    'verify-chain',
    ...['--leaf', file('leaf.der'), '--root', file('roots.pem'), '--intermediate', file('cas.pem')],
    ...['--crl', file('lists.pem'), '--require-crl'],
  ]);
  assert.equal(code, 0, err);
});

test('trust verify-… tells a wrong command line from a refusal: exit code 2', async () => {
  for (const args of [
    ['trust', 'verify-chain', '--leaf', cert('leaf')],
    [...chain, '--at', 'yesterday'],
    [...chain, '--eku', 'codeSigning'],
    [...chain, '--max-depth', '-1'],
    [...chain, '--crl', 'missing.crl'],
    [...cms, '--threshold', '0'],
  ]) {
    const { code, out, err } = await runCli(args);
    assert.equal(code, 2, args.join(' ') + out + err);
  }
});
