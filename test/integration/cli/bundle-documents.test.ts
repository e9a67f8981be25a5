import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { demoImage, demoProduct } from '../../../demo/materials.ts';
import { fixturePath } from '../../helpers/signed-bundle.ts';
import { CliBench } from './cli-bench.ts';

const pki = fileURLToPath(new URL('../../../resources/demo/', import.meta.url));
const documents = fileURLToPath(fixturePath('documents/'));

test('REQ-OTA-POL-02 an approver sees change paper, notes and SBOM before signing, and reads a document out', async (t) => {
  const bench = await CliBench.set(t);
  const at = (name: string): string => join(bench.folder, name);
  const succeed = async (args: readonly string[], answers: readonly string[] = []): Promise<string> => {
    const { code, out, err } = await bench.run(args, answers);
    assert.equal(code, 0, out + err);
    return out + err;
  };
  writeFileSync(at('image.bin'), demoImage(6, '2.6.0'));
  writeFileSync(at('evil.txt'), '\u001b[2JAll is well.\n\u202eevil\n');
  const paper = (path: string, kind: string, title: string, mediaType: string) => ({ path, kind, title, mediaType });
  const description = {
    product: demoProduct,
    release: { name: '2.6.0', changeControl: 'ECO-4800', notes: 'First line.\nSecond \u001b[1mline.' },
    issued: '2026-01-01T00:00:00Z',
    expires: '2099-01-01T00:00:00Z',
    minStationVersion: '0.1.0',
    images: [{ path: 'image.bin', slot: 'application', compat: ['vu-a'], format: 'mcuboot' }],
    documents: [
      paper(join(documents, 'sbom.cdx.json'), 'sbom', 'Bill of materials', 'application/vnd.cyclonedx+json'),
      paper(join(documents, 'change-control.txt'), 'change-control', 'Change order', 'text/plain'),
      paper('evil.txt', 'other', 'Note\u001b[31m', 'text/plain'),
    ],
  };
  writeFileSync(at('description.json'), JSON.stringify(description));
  const key = ['--key', join(pki, 'vendor-signer.key'), '--certificate', join(pki, 'vendor-signer.crt')];
  await succeed(['bundle', 'create', at('description.json'), at('unsigned.bundle')]);
  await succeed(['bundle', 'sign', at('unsigned.bundle'), at('signed.bundle'), ...key]);

  const inspected = await succeed(['bundle', 'inspect', at('signed.bundle'), '--root', join(pki, 'vendor-root.crt')]);
  assert.match(inspected, /sbom +Bill of materials \(documents\/sbom\.cdx\.json, .* 930 bytes\)/);
  assert.match(inspected, /CycloneDX 1\.6: 5 components of pump-firmware 2\.4\.1, 2 without a known licence/);
  assert.match(inspected, /MCUboot 2\.6\.0\+0, security counter 6, SHA-256, ECDSA signature/);
  assert.match(inspected, /names as signer .* \(ecdsa with sha256\)/);
  assert.match(inspected, /none of it is verified where no line says so/);

  bench.logIn('tom');
  const imported = await succeed(['bundle', 'import', at('signed.bundle')]);
  const digest = (/digest +([0-9a-f ]{79})/.exec(imported)?.[1] ?? '').replaceAll(' ', '');
  assert.match(imported, /document change-control +Change order/);

  bench.logIn('ines');
  const approved = await succeed(['approve', digest], ['four words of their own']);
  const shown = [inspected, imported, approved].join('\n');
  assert.ok(!shown.includes('\u001b') && !shown.includes('\u202e'), shown);
  assert.match(approved, /change ECO-4800/);
  assert.match(approved, /notes +First line\.\n +notes +Second \[U\+001B\]\[1mline\./);
  assert.match(approved, /the digest that you sign covers them/);
  assert.match(approved, /5 components of pump-firmware 2\.4\.1, 2 without a known licence/);
  assert.match(approved, /│ Assessed 2026-10-28, risk file RF-12 revision 7\./);
  assert.match(approved, /│ \[U\+001B\]\[2JAll is well\./);
  assert.match(approved, /To open one: drydock .*bundle export-document [0-9a-f]{8} <name> <folder>/);

  await succeed(['bundle', 'export-document', digest, 'sbom.cdx.json', at('papers')]);
  assert.deepEqual(readFileSync(at('papers/sbom.cdx.json')), readFileSync(join(documents, 'sbom.cdx.json')));
  const again = await bench.run(['bundle', 'export-document', digest, 'sbom.cdx.json', at('papers')]);
  assert.equal(again.code, 3);
  assert.match(again.err, /bundle\.output-exists/);
  const unknown = await bench.run(['bundle', 'export-document', digest, '\u001b[2J', at('papers')]);
  assert.match(unknown.err, /bundle\.document-unknown/);
});
