import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { runCli, type CliRun } from '../../helpers/run-cli.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const pki = fileURLToPath(new URL('../../../resources/demo/', import.meta.url));
const key = join(pki, 'vendor-signer.key');
const certificate = join(pki, 'vendor-signer.crt');
const root = join(pki, 'vendor-root.crt');

test('REQ-OTA-SIG-01 a bundle signed with an encrypted PEM key or a PKCS#12 file of OpenSSL passes inspection under its root', async (t) => {
  const { at, openssl, unsigned } = await makeUnsigned(t);
  openssl(['pkcs8', '-topk8', '-in', key, '-passout', 'pass:bench', '-out', 'encrypted.key']);
  openssl(['pkcs12', '-export', '-inkey', key, '-in', certificate, '-passout', 'pass:bench', '-out', 'signer.p12']);
  for (const signer of [
    ['--key', at('encrypted.key'), '--certificate', certificate],
    ['--key', at('signer.p12')],
  ]) {
    const out = at(`${String(signer.length)}.bundle`);
    succeed(await runCli(['bundle', 'sign', unsigned, out, ...signer, '--stdin'], ['bench']));
    const inspected = await runCli(['bundle', 'inspect', out, '--root', root]);
    assert.equal(inspected.code, 0, inspected.out + inspected.err);
    assert.match(inspected.out, /signed by Example Medical release signing/);
  }
});

test('a wrong password, and a key without its certificate, are refused by name, and no bundle is written', async (t) => {
  const { at, openssl, unsigned } = await makeUnsigned(t);
  const out = at('signed.bundle');
  openssl(['pkcs12', '-export', '-inkey', key, '-in', certificate, '-passout', 'pass:bench', '-out', 'signer.p12']);
  const wrong = await runCli(['bundle', 'sign', unsigned, out, '--key', at('signer.p12'), '--stdin'], ['not it']);
  assert.equal(wrong.code, 3, wrong.out + wrong.err);
  assert.match(wrong.err, /trust\.credentials-unreadable/);
  const alone = await runCli(['bundle', 'sign', unsigned, out, '--key', key]);
  assert.equal(alone.code, 3);
  assert.match(alone.err, /vendor-signer\.key: .*--certificate/);
  assert.match(alone.err, /trust\.credentials-mismatch/);
  assert.ok(!existsSync(out));
});

test('REQ-OTA-SIG-01 a bundle is signed elsewhere: the manifest goes out, the signature of OpenSSL comes in', async (t) => {
  const { at, openssl, unsigned } = await makeUnsigned(t);
  const out = at('signed.bundle');
  const printed = succeed(await runCli(['bundle', 'sign', unsigned, out, '--external']));
  const commands = printed.split('\n').filter((line) => /^ {2}(openssl|drydock) /.test(line));
  assert.equal(commands.length, 3, printed);
  const [sign = '', verify = '', attach = ''] = commands;
  const withFileKey = sign
    .replace(/-engine .*$/, `-inkey ${key}`)
    .replace(' -certfile issuing.crt', '')
    .replace('signer.crt', certificate);
  openssl(withFileKey.trim().split(' ').slice(1));
  openssl(verify.replace('root.crt', root).trim().split(' ').slice(1));
  succeed(await runCli(attach.trim().split(' ').slice(1)));
  const inspected = succeed(await runCli(['bundle', 'inspect', out, '--root', root]));
  assert.match(inspected, /signed by Example Medical release signing/);

  const again = await runCli(['bundle', 'sign', unsigned, out, '--key', key, '--certificate', certificate]);
  assert.equal(again.code, 3);
  assert.match(again.err, /bundle\.output-exists/);
});

test('REQ-OTA-SIG-01 inspection claims no more than it checked', async (t) => {
  const { at, unsigned } = await makeUnsigned(t);
  const bare = await runCli(['bundle', 'inspect', unsigned, '--root', root]);
  assert.equal(bare.code, 3);
  assert.match(bare.out, /bundle\.signature-missing/);

  const signed = at('signed.bundle');
  succeed(await runCli(['bundle', 'sign', unsigned, signed, '--key', key, '--certificate', certificate]));
  const open = succeed(await runCli(['bundle', 'inspect', signed]));
  assert.match(open, /not checked: who signed it \(--root\)/);
  assert.doesNotMatch(open, /would (accept|refuse)|✓/);

  const foreign = await runCli(['bundle', 'inspect', signed, '--root', join(pki, 'stranger-root.crt')]);
  assert.equal(foreign.code, 3);
  assert.match(foreign.out, /trust\.no-path/);
  const garbage = await runCli(['bundle', 'inspect', root, '--json']);
  assert.equal(garbage.code, 3);
  assert.match(garbage.out, /"bundle\.archive-not-zip"/);
});

interface Workplace {
  readonly unsigned: string;
  readonly at: (name: string) => string;
  readonly openssl: (args: readonly string[]) => void;
}

/** A folder with an unsigned bundle that `bundle create` made. */
async function makeUnsigned(t: TestContext): Promise<Workplace> {
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
  succeed(await runCli(['bundle', 'create', at('description.json'), at('unsigned.bundle')]));
  const openssl = (args: readonly string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' });
  };
  return { unsigned: at('unsigned.bundle'), at, openssl };
}

function succeed({ code, out, err }: CliRun): string {
  assert.equal(code, 0, out + err);
  return out;
}
