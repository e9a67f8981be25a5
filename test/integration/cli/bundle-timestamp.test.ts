import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openArchive } from '../../../core/bundle/archive/archive-reader.ts';
import { readSignedManifest } from '../../../core/bundle/read-bundle.ts';
import { oid } from '../../../core/trust/oid.ts';
import { readPemOrDer } from '../../../core/trust/pem.ts';
import { unwrap } from '../../../core/trust/der/read-strictly.ts';
import { verifyCms } from '../../../core/trust/verify-cms.ts';
import { runCli, type CliRun } from '../../helpers/run-cli.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const pki = fileURLToPath(new URL('../../../resources/demo/', import.meta.url));
const authority = fileURLToPath(new URL('../../fixtures/trust/timestamp/', import.meta.url));
const pem = (path: string): Uint8Array => unwrap(readPemOrDer(readFileSync(path), ['CERTIFICATE']));

const answering = `[tsa]
default_tsa = me
[me]
serial = serial
signer_digest = sha256
default_policy = 1.3.6.1.4.1.55555.1
digests = sha256
ess_cert_id_alg = sha256
`;

test('REQ-OTA-SIG-01 a bundle’s signature is stamped by an authority that OpenSSL plays, and the stamp verifies', async (t) => {
  const folder = tempFolder(t);
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('image.bin'), Buffer.alloc(5000, 'firmware'));
  const description = {
    product: { id: 'acme.pump', name: 'Acme pump' },
    release: { name: '1.0.0', changeControl: 'ECO-1' },
    issued: '2026-01-01T00:00:00Z',
    expires: '2099-01-01T00:00:00Z',
    minStationVersion: '0.1.0',
    images: [{ path: 'image.bin', slot: 'application', compat: ['pump-a'], format: 'raw', version: 7 }],
  };
  writeFileSync(at('description.json'), JSON.stringify(description));
  writeFileSync(at('ts.cnf'), answering);
  const key = ['--key', join(pki, 'vendor-signer.key'), '--certificate', join(pki, 'vendor-signer.crt')];
  succeed(await runCli(['bundle', 'create', at('description.json'), at('unsigned')]));
  succeed(await runCli(['bundle', 'sign', at('unsigned'), at('signed'), ...key]));

  succeed(await runCli(['bundle', 'timestamp-query', at('signed'), at('query.tsq')]));
  const signer = ['-signer', `${authority}certs/tsa.pem`, '-inkey', `${authority}keys/tsa.pem`];
  const reply = ['ts', '-reply', '-config', 'ts.cnf', '-queryfile', 'query.tsq', ...signer, '-out', 'answer.tsr'];
  execFileSync('openssl', reply, { cwd: folder, stdio: 'pipe' });
  succeed(await runCli(['bundle', 'add-timestamp', at('signed'), at('stamped'), at('answer.tsr')]));
  const inspect = ['bundle', 'inspect', at('stamped'), '--root', join(pki, 'vendor-root.crt')];
  const unverified = succeed(await runCli(inspect));
  assert.match(unverified, /stamped .* by tsa \(not verified\)[^]*this was not checked: its timestamps \(--tsa-root\)/);
  const tsaRoot = (name: string): string[] => ['--tsa-root', `${authority}certs/${name}.pem`];
  const verified = succeed(await runCli([...inspect, ...tsaRoot('tsa-root')]));
  assert.match(
    verified,
    /✓ stamped .* by tsa \(verified, under the root that you gave\)[^]*Nothing wrong was found, judged/,
  );
  const stranger = succeed(await runCli([...inspect, ...tsaRoot('stranger-root')]));
  assert.match(stranger, /stamped .* by tsa \(not verified: its authority is under none of the roots that you gave\)/);

  const archive = unwrap(await openArchive(at('stamped')));
  const { manifestBytes, signatureBytes } = unwrap(await readSignedManifest(archive));
  archive.close();
  const judged = verifyCms({
    cms: signatureBytes,
    content: manifestBytes,
    rootsDer: [pem(join(pki, 'vendor-root.crt'))],
    crlsDer: [],
    at: new Date(),
    eku: oid.codeSigning,
    tsaRootsDer: [pem(`${authority}certs/tsa-root.pem`)],
    requireTimestamp: true,
  });
  assert.ok(judged.ok, judged.ok ? '' : judged.reason);
  assert.equal(judged.signers[0]?.timestamp?.tsaSubject, 'tsa');

  succeed(await runCli(['bundle', 'sign', at('unsigned'), at('other'), ...key]));
  const misplaced = await runCli(['bundle', 'add-timestamp', at('other'), at('wrong'), at('answer.tsr')]);
  assert.equal(misplaced.code, 3);
  assert.match(misplaced.err, /trust\.timestamp-imprint/);

  succeed(await runCli(['bundle', 'sign', at('unsigned'), at('two'), ...key, '--key', join(pki, 'vendor-signer.key')]));
  const none = await runCli(['bundle', 'timestamp-query', at('signed'), at('none.tsq'), '--signer', '2']);
  assert.match(none.err, /trust\.timestamp-signer/);
  const which = await runCli(['bundle', 'timestamp-query', at('two'), at('two.tsq')]);
  assert.match(which.err, /2 signers; say which one/);
  succeed(await runCli(['bundle', 'timestamp-query', at('two'), at('two.tsq'), '--signer', '2']));
});

function succeed({ code, out, err }: CliRun): string {
  assert.equal(code, 0, out + err);
  return out;
}
