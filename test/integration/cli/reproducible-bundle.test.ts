import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { fixturePath } from '../../helpers/signed-bundle.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const program = fileURLToPath(new URL('../../../cli/drydock.ts', import.meta.url));
const fixtures = fileURLToPath(fixturePath(''));

/** A place to work in as another person's machine has it. */
interface Machine {
  readonly umask: string;
  readonly env: Readonly<Record<string, string>>;
  /** Order in which the files come onto its disk. */
  readonly files: readonly string[];
}

const files = ['images/application.bin', 'images/radio.bin', 'documents/sbom.cdx.json', 'documents/change-control.txt'];
const machines: readonly Machine[] = [
  { umask: '022', env: { TZ: 'UTC', LANG: 'C', LC_ALL: 'C' }, files },
  {
    umask: '077',
    env: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
    files: files.toReversed(),
  },
];

const description = {
  product: { id: 'acme.pump', name: 'Acme pump' },
  release: { name: '1.0.0', changeControl: 'ECO-1', notes: 'İstanbul, Zürich' },
  issued: '2026-01-01T00:00:00Z',
  expires: '2099-01-01T00:00:00Z',
  minStationVersion: '0.1.0',
  images: [
    { path: 'application.bin', slot: 'application', compat: ['pump-a'], format: 'mcuboot' },
    { path: 'radio.bin', slot: 'radio', compat: ['pump-a'], format: 'raw', version: 7 },
  ],
  documents: [
    { path: 'sbom.cdx.json', kind: 'sbom', title: 'SBOM', mediaType: 'application/vnd.cyclonedx+json' },
    { path: 'change-control.txt', kind: 'change-control', title: 'Change', mediaType: 'text/plain' },
  ],
};

/** Makes and signs the bundle there; answers the two files. */
function makeOn(
  t: TestContext,
  machine: Machine,
  keyFile: string,
  certificate: string,
): { unsigned: Buffer; signed: Buffer } {
  const folder = tempFolder(t);
  for (const file of machine.files) copyFileSync(join(fixtures, file), join(folder, file.slice(file.indexOf('/') + 1)));
  writeFileSync(join(folder, 'description.json'), JSON.stringify(description));
  const drydock = `umask ${machine.umask}; "${process.execPath}" "${program}"`;
  const run = (words: string): void => {
    execFileSync('sh', ['-c', `${drydock} ${words}`], {
      cwd: folder,
      env: { ...process.env, ...machine.env },
      stdio: 'pipe',
    });
  };
  run('bundle create description.json unsigned.bundle');
  const options = `--key "${keyFile}" --certificate "${certificate}" --signing-time 2026-02-01T00:00:00Z`;
  run(`bundle sign unsigned.bundle signed.bundle ${options}`);
  return {
    unsigned: readFileSync(join(folder, 'unsigned.bundle')),
    signed: readFileSync(join(folder, 'signed.bundle')),
  };
}

/** A key and a self-signed certificate of OpenSSL's. */
function makeKey(folder: string, algorithm: readonly string[]): { keyFile: string; certificate: string } {
  const [keyFile, certificate] = [join(folder, 'signer.key'), join(folder, 'signer.crt')];
  execFileSync('openssl', ['genpkey', '-quiet', ...algorithm, '-out', keyFile], { stdio: 'pipe' });
  const subject = ['-subj', '/CN=Vendor', '-days', '99', '-addext', 'keyUsage=critical,digitalSignature'];
  const purpose = ['-addext', 'extendedKeyUsage=codeSigning', '-addext', 'basicConstraints=critical,CA:FALSE'];
  execFileSync('openssl', ['req', '-x509', '-new', '-key', keyFile, ...subject, ...purpose, '-out', certificate], {
    stdio: 'pipe',
  });
  return { keyFile, certificate };
}

test('REQ-OTA-MAN-01 the same input gives the same bundle in another folder, time zone, language, umask and file order, signed with Ed25519 too', (t) => {
  const { keyFile, certificate } = makeKey(tempFolder(t), ['-algorithm', 'ED25519']);
  const [first, second] = machines.map((machine) => makeOn(t, machine, keyFile, certificate));
  assert.ok(first && second);
  assert.ok(first.unsigned.equals(second.unsigned));
  assert.ok(first.signed.equals(second.signed));
  assert.ok(!first.signed.equals(first.unsigned));
});

test('REQ-OTA-MAN-01 with ECDSA only the signature differs from one making to the next', (t) => {
  const { keyFile, certificate } = makeKey(tempFolder(t), ['-algorithm', 'EC', '-pkeyopt', 'ec_paramgen_curve:P-256']);
  const [first, second] = machines.map((machine) => makeOn(t, machine, keyFile, certificate));
  assert.ok(first && second);
  assert.ok(first.unsigned.equals(second.unsigned));
  assert.ok(!first.signed.equals(second.signed));
});
