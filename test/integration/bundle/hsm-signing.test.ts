import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { attachSignature, extractManifest } from '../../../core/bundle/make/sign-bundle.ts';
import { createBundle } from '../../../core/bundle/make/create-bundle.ts';
import { oid } from '../../../core/trust/oid.ts';
import { readPemOrDer } from '../../../core/trust/pem.ts';
import { verifyCms } from '../../../core/trust/verify-cms.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

/** The commands of docs/bundle-format.md, as they stand there. */
const document = readFileSync(new URL('../../../docs/bundle-format.md', import.meta.url), 'utf8');
const section = document.slice(document.indexOf('**A key in an HSM**'));
const [makeKey = '', signWithOpenssl = '', signWithGnutls = ''] = [...section.matchAll(/```sh\n([^`]+)```/g)].map(
  ([, commands = '']) => commands,
);

const softHsm = '/usr/lib/softhsm/libsofthsm2.so';

/** What is not installed, or null where the test can run. */
function findMissing(): string | null {
  const missing = [
    ...['softhsm2-util', 'pkcs11-tool', 'openssl', 'certtool'].filter((tool) => !isOnPath(tool)),
    ...(existsSync(softHsm) ? [] : [softHsm]),
    ...(globSync('/usr/lib/*/engines-3/pkcs11.so').length > 0 ? [] : ["OpenSSL's engine pkcs11"]),
  ];
  return missing.length === 0 ? null : `needs ${missing.join(', ')}`;
}

function isOnPath(tool: string): boolean {
  return (process.env['PATH'] ?? '').split(':').some((folder) => existsSync(join(folder, tool)));
}

interface Workplace {
  readonly folder: string;
  readonly unsigned: string;
  readonly run: (commands: string) => void;
  readonly read: (name: string) => Buffer;
}

/** A token with a key of its own, a certificate for it by a CA that OpenSSL made, and a bundle's manifest. */
async function setUp(t: TestContext): Promise<Workplace> {
  const folder = tempFolder(t);
  const at = (name: string): string => join(folder, name);
  mkdirSync(at('tokens'));
  writeFileSync(at('softhsm2.conf'), `directories.tokendir = ${at('tokens')}\n`);
  writeFileSync(at('pin.txt'), '246810');
  const env = {
    ...process.env,
    SOFTHSM2_CONF: at('softhsm2.conf'),
    PKCS11_MODULE_PATH: softHsm,
    PIN: '246810',
    SO_PIN: '13579111',
  };
  const run = (commands: string): void => {
    execFileSync('bash', ['-eu', '-c', commands], { cwd: folder, env, stdio: 'pipe' });
  };
  run(makeKey);
  run(`
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key -out root.crt -days 365 \\
      -subj "/O=Acme/CN=Root" -addext keyUsage=critical,keyCertSign
    printf 'basicConstraints=critical,CA:TRUE,pathlen:0\\nkeyUsage=critical,keyCertSign\\n' > ca.ext
    printf 'basicConstraints=critical,CA:FALSE\\nkeyUsage=critical,digitalSignature\\nextendedKeyUsage=codeSigning\\n' > leaf.ext
    for ext in ca leaf; do printf 'subjectKeyIdentifier=hash\\nauthorityKeyIdentifier=keyid\\n' >> $ext.ext; done
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout issuing.key -out issuing.csr -subj "/O=Acme/CN=Issuing"
    openssl x509 -req -in issuing.csr -CA root.crt -CAkey root.key -set_serial 0x11 -days 365 -extfile ca.ext -out issuing.crt
    openssl x509 -req -in release.csr -CA issuing.crt -CAkey issuing.key -set_serial 0x12 -days 365 -extfile leaf.ext -out release.crt
  `);
  writeFileSync(at('image.bin'), 'raw firmware');
  const input = {
    product: { id: 'acme.pump', name: 'Acme pump' },
    release: { name: '1.0.0', changeControl: 'ECO-1' },
    issued: '2026-01-01T00:00:00Z',
    expires: '2099-01-01T00:00:00Z',
    minStationVersion: '0.1.0',
    images: [{ path: at('image.bin'), slot: 'application', compat: ['pump-a'], format: 'raw', version: 1 }],
  } as const;
  assert.ok((await createBundle(input, at('unsigned.bundle'))).ok);
  const manifest = await extractManifest(at('unsigned.bundle'));
  assert.ok(manifest.ok);
  writeFileSync(at('manifest.json'), manifest.value);
  return { folder, unsigned: at('unsigned.bundle'), run, read: (name) => readFileSync(at(name)) };
}

for (const [tool, commands] of [
  ["OpenSSL's engine", signWithOpenssl],
  ['GnuTLS', signWithGnutls],
] as const) {
  test(`REQ-OTA-SIG-01 a key that never leaves its PKCS#11 token signs a bundle through ${tool}, as the document says`, async (t) => {
    const missing = findMissing();
    if (missing !== null) {
      t.skip(missing);
      return;
    }
    const { folder, unsigned, run, read } = await setUp(t);
    run(commands);
    const signature = read('manifest.p7s');
    const root = readPemOrDer(read('root.crt'), ['CERTIFICATE']);
    assert.ok(root.ok);
    const input = { cms: signature, rootsDer: [root.value], crlsDer: [], at: new Date(), eku: oid.codeSigning };
    const verdict = verifyCms({ ...input, content: read('manifest.json') });
    assert.ok(verdict.ok, verdict.ok ? '' : verdict.reason);
    assert.deepEqual(
      verdict.signers.map(({ subject }) => subject),
      ['Release signing'],
    );
    const other = verifyCms({ ...input, content: Buffer.from('another manifest') });
    assert.equal(other.ok ? 'accepted' : other.code, 'trust.cms-digest-mismatch');
    assert.ok((await attachSignature(unsigned, join(folder, 'signed.bundle'), signature)).ok);
  });
}
