import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { X509Certificate } from 'node:crypto';
import { demoPki, VirtualDepot } from '../../helpers/virtual-depot.ts';

const demo = new URL('../../../resources/demo/', import.meta.url);

test('REQ-OTA-SIG-02 a file is told to be what it is before it is pinned, with everything that speaks against it', async (t) => {
  const depot = await VirtualDepot.set(t);
  const inspect = (bytes: string | Uint8Array) => {
    const path = join(depot.folder, 'file');
    writeFileSync(path, bytes);
    return { path };
  };
  const call = (bytes: string | Uint8Array) => depot.call('administrator', 'trust.inspect', inspect(bytes));
  const root = new X509Certificate(demoPki.strangerRootPem);
  const stranger = await call(root.raw);
  assert.ok(stranger.kind === 'certificate');
  assert.equal(stranger.fingerprintSha256, root.fingerprint256.replaceAll(':', '').toLowerCase());
  assert.deepEqual([stranger.isCa, stranger.isPinned, stranger.warnings], [true, false, []]);
  assert.deepEqual(await call(demoPki.strangerRootPem), stranger);
  // What it gives back is what pinning takes.
  const pinned = await depot.pinRoot(stranger.pem);
  assert.deepEqual([pinned.subject, pinned.notAfter], [stranger.subject, stranger.notAfter]);
  assert.ok((await call(demoPki.strangerRootPem)).isPinned);

  const signer = await call(readFileSync(new URL('vendor-signer.crt', demo)));
  assert.ok(signer.kind === 'certificate');
  assert.equal(signer.isCa, false);
  const codes = signer.warnings.map(({ code }) => code);
  assert.ok(codes.includes('trust.anchor-not-root') && codes.includes('trust.not-a-ca'), codes.join());

  depot.clock.setWall('2001-01-01T00:00:00.000Z');
  await depot.login('administrator');
  const early = await call(demoPki.rootPem);
  assert.deepEqual(
    early.warnings.map(({ code }) => code),
    ['trust.not-yet-valid'],
  );

  const key = await call(demoPki.imagePublicKey);
  assert.deepEqual([key.kind, key.isPinned, key.key, key.warnings], ['public-key', true, 'P-256', []]);
});

test('REQ-OTA-SIG-02 a private key, two certificates, a text and too large a file are refused, and nothing of them is repeated', async (t) => {
  const depot = await VirtualDepot.set(t);
  const path = join(depot.folder, 'file');
  const privateKey = readFileSync(new URL('image.key', demo), 'utf8');
  for (const [bytes, code] of [
    [privateKey, 'trust.pem-malformed'],
    [demoPki.rootPem + demoPki.strangerRootPem, 'trust.pem-malformed'],
    ['nothing of the kind', 'trust.pem-malformed'],
    [Buffer.from('30030101ff', 'hex'), 'trust.certificate-malformed'],
    [Buffer.alloc(300_000), 'station.file-unreadable'],
  ] as const) {
    writeFileSync(path, bytes);
    const refused = await depot.refusal('administrator', 'trust.inspect', { path });
    assert.equal(refused.code, code);
    assert.ok(
      !privateKey
        .split('\n')
        .some((line) => line.length > 20 && !line.startsWith('-') && refused.reason.includes(line)),
    );
  }
  writeFileSync(path, demoPki.rootPem);
  assert.equal((await depot.refusal('technician', 'trust.inspect', { path })).code, 'station.permission-denied');
});
