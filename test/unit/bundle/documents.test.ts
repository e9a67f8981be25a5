import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { Manifest, ManifestDocument } from '../../../contract/schema/bundle.ts';
import { receiveDocumentsInWorker } from '../../../core/bundle/documents/document-thread.ts';
import { describeDocuments, exportDocument } from '../../../core/bundle/documents/stored-documents.ts';
import { parseManifest } from '../../../core/bundle/parse-manifest.ts';
import { fixtureDocuments, fixtureTime, signedDocumentParts, trustingPorts } from '../../helpers/signed-bundle.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { bundleParts, imageFor, manifestFor, sha256Of } from '../../helpers/test-bundle.ts';
import { testStation, type TestStation } from '../../helpers/test-import.ts';
import { zipBytes, type ZipPart } from '../../helpers/zip-bytes.ts';

const firmware = Buffer.from('firmware');
const notes = Buffer.from('Fixes the door sensor.\n');

function documentFor(data: Uint8Array, changes: Partial<ManifestDocument> = {}): ManifestDocument {
  return {
    file: 'documents/notes.txt',
    kind: 'release-notes',
    title: 'Release notes',
    mediaType: 'text/plain',
    len: data.length,
    hash: sha256Of(data),
    ...changes,
  };
}

/** A bundle with these documents in manifest and archive, which may differ. */
function partsWith(documents: readonly ManifestDocument[], files: Readonly<Record<string, Uint8Array>>): ZipPart[] {
  const manifest = manifestFor([imageFor(firmware)], { documents: [...documents] });
  return bundleParts(manifest, { 'images/app.bin': firmware, ...files });
}

async function importedFixture(t: TestContext): Promise<{ station: TestStation; manifest: Manifest }> {
  const station = testStation(t, { ...trustingPorts(), receiveDocuments: receiveDocumentsInWorker });
  station.clock.setWall(fixtureTime);
  const imported = await station.import(zipBytes(signedDocumentParts()));
  assert.ok(imported.ok, JSON.stringify(imported));
  return { station, manifest: imported.value.bundle.manifest };
}

test('REQ-OTA-MAN-02 documents go into the store with a bundle that OpenSSL signed, and its event names them', async (t) => {
  const { station, manifest } = await importedFixture(t);
  assert.equal(manifest.documents?.length, 3);
  for (const data of Object.values(fixtureDocuments)) {
    assert.deepEqual(await station.store.read({ sha256: sha256Of(data), lenBytes: data.length }, 1e6), {
      ok: true,
      value: data,
    });
    assert.ok(station.bundles.isReferenced(sha256Of(data)));
  }
  assert.deepEqual(
    station.events[0]?.data['documents'],
    manifest.documents.map(({ kind, hash }) => ({ kind, hash })),
  );
});

const pdf = Buffer.from('%PDF-1.7 …');
const refusals: readonly (readonly [string, string, ZipPart[]])[] = [
  ['lacks a document', 'bundle.document-missing', partsWith([documentFor(notes)], {})],
  [
    'holds an unlisted document',
    'bundle.document-unlisted',
    partsWith([documentFor(notes)], { 'documents/notes.txt': notes, 'documents/more': notes }),
  ],
  [
    'holds a document although it lists none',
    'bundle.document-unlisted',
    bundleParts(manifestFor([imageFor(firmware)]), { 'images/app.bin': firmware, 'documents/notes.txt': notes }),
  ],
  [
    'holds a longer document',
    'bundle.document-length',
    partsWith([documentFor(notes)], { 'documents/notes.txt': Buffer.concat([notes, notes]) }),
  ],
  [
    'holds another document of that length',
    'bundle.document-hash',
    partsWith([documentFor(notes)], { 'documents/notes.txt': Buffer.alloc(notes.length, 'x') }),
  ],
  [
    'lists a document twice',
    'bundle.manifest-duplicate-file',
    partsWith([documentFor(notes), documentFor(notes)], { 'documents/notes.txt': notes }),
  ],
  [
    'has a text that is not UTF-8',
    'bundle.document-content',
    partsWith([documentFor(Buffer.of(0x41, 0xff))], { 'documents/notes.txt': Buffer.of(0x41, 0xff) }),
  ],
  [
    'has a PDF that is none',
    'bundle.document-content',
    partsWith([documentFor(notes, { mediaType: 'application/pdf' })], { 'documents/notes.txt': notes }),
  ],
  [
    'has an SBOM that is none',
    'bundle.sbom-invalid',
    partsWith([documentFor(notes, { kind: 'sbom', mediaType: 'application/vnd.cyclonedx+json' })], {
      'documents/notes.txt': notes,
    }),
  ],
  [
    'has a document under a folder of its own',
    'bundle.archive-entry-unknown',
    partsWith([documentFor(notes)], { 'documents/sub/notes.txt': notes }),
  ],
  [
    'has a document larger than is read',
    'bundle.archive-too-large',
    partsWith([documentFor(notes)], { 'documents/notes.txt': Buffer.alloc(16 * 2 ** 20 + 1) }),
  ],
];
for (const [what, code, parts] of refusals) {
  test(`REQ-OTA-MAN-03 refuses a bundle that ${what}, and leaves nothing of it`, async (t) => {
    const station = testStation(t);
    const result = await station.import(zipBytes(parts));
    assert.equal(result.ok ? 'accepted' : result.code, code);
    assert.deepEqual(station.files(), []);
    assert.equal(station.events[0]?.code, code);
  });
}

test('REQ-OTA-MAN-02 takes a PDF, and two documents of one content', async (t) => {
  const station = testStation(t);
  const documents = [
    documentFor(pdf, { file: 'documents/a.pdf', kind: 'other', mediaType: 'application/pdf' }),
    documentFor(pdf, { file: 'documents/b.pdf', kind: 'other', mediaType: 'application/pdf' }),
  ];
  const result = await station.import(
    zipBytes(partsWith(documents, { 'documents/a.pdf': pdf, 'documents/b.pdf': pdf })),
  );
  assert.ok(result.ok, JSON.stringify(result));
});

test('REQ-OTA-MAN-01 imports as much as a bundle can list: 64 images and 16 documents', async (t) => {
  const station = testStation(t);
  const files: Record<string, Uint8Array> = {};
  const images = Array.from({ length: 64 }, (_, n) => {
    const data = Buffer.from(`firmware ${n}`);
    files[`images/${n}.bin`] = data;
    return imageFor(data, { file: `images/${n}.bin`, compat: [`hw-${n}`] });
  });
  const documents = Array.from({ length: 16 }, (_, n) => {
    const data = Buffer.from(`notes ${n}`);
    files[`documents/${n}.txt`] = data;
    return documentFor(data, { file: `documents/${n}.txt` });
  });
  const result = await station.import(zipBytes(bundleParts(manifestFor(images, { documents }), files)));
  assert.ok(result.ok, JSON.stringify(result));
  assert.equal(station.files().length, 64 + 16 + 2);
});

test('REQ-OTA-MAN-01 a manifest lists an SBOM as CycloneDX and nothing else so, at most 16 documents of 16 MiB', () => {
  const parse = (documents: readonly unknown[]) => {
    const result = parseManifest(Buffer.from(JSON.stringify({ ...manifestFor([imageFor(firmware)]), documents })));
    return result.ok ? 'accepted' : result.code;
  };
  const document = documentFor(notes);
  const many = (count: number) => Array.from({ length: count }, (_, n) => ({ ...document, file: `documents/${n}` }));
  assert.equal(parse(many(16)), 'accepted');
  assert.equal(parse([{ ...document, len: 16 * 2 ** 20 }]), 'accepted');
  for (const wrong of [
    [],
    many(17),
    [{ ...document, len: 16 * 2 ** 20 + 1 }],
    [{ ...document, len: 0 }],
    [{ ...document, kind: 'sbom' }],
    [{ ...document, mediaType: 'application/vnd.cyclonedx+json' }],
    [{ ...document, mediaType: 'text/html' }],
    [{ ...document, kind: 'licence' }],
    [{ ...document, file: 'images/notes.txt' }],
    [{ ...document, file: 'documents/../notes.txt' }],
    [{ ...document, more: 1 }],
  ]) {
    assert.equal(parse(wrong), 'bundle.manifest-invalid', JSON.stringify(wrong).slice(0, 80));
  }
});

test('REQ-OTA-MAN-03 a cancelled import receives no document', async (t) => {
  const station = testStation(t, { receiveDocuments: receiveDocumentsInWorker });
  const controller = new AbortController();
  controller.abort();
  const parts = partsWith([documentFor(notes)], { 'documents/notes.txt': notes });
  const ports = {
    receiveDocuments: (requests) => receiveDocumentsInWorker(requests, controller.signal),
  } satisfies Partial<typeof station.ports>;
  const result = await station.import(zipBytes(parts), ports);
  assert.equal(result.ok ? 'accepted' : result.code, 'bundle.import-cancelled');
  assert.deepEqual(station.files(), []);
});

test('REQ-OTA-POL-02 describes documents for whoever approves: what an SBOM counts, how a text begins', async (t) => {
  const { station, manifest } = await importedFixture(t);
  const described = await describeDocuments(manifest, station.store);
  assert.ok(described.ok);
  const [sbom, releaseNotes, change] = described.value;
  assert.deepEqual(sbom?.sbom, {
    specVersion: '1.6',
    component: { name: 'pump-firmware', version: '2.4.1' },
    components: 5,
    licencesUnknown: 2,
  });
  assert.equal(sbom.beginning, null);
  assert.match(releaseNotes?.beginning?.text ?? '', /^# Release 2\.4\.1/);
  assert.equal(change?.beginning?.isWhole, true);
  assert.deepEqual(await describeDocuments(manifestFor([]), station.store), { ok: true, value: [] });
});

test('REQ-OTA-MAN-02 a document whose stored bytes were changed is neither described nor read out', async (t) => {
  const { station, manifest } = await importedFixture(t);
  const folder = tempFolder(t);
  const [, document] = manifest.documents ?? [];
  assert.ok(document);
  writeFileSync(station.store.pathOf(document.hash), Buffer.alloc(document.len, 'x'));
  const described = await describeDocuments(manifest, station.store);
  assert.equal(described.ok ? 'accepted' : described.code, 'bundle.stored-damaged');
  const exported = await exportDocument(manifest, { file: document.file, folder }, station.store);
  assert.equal(exported.ok ? 'accepted' : exported.code, 'bundle.stored-damaged');
});

test('REQ-OTA-MAN-02 reads a document out under its own name, and overwrites nothing', async (t) => {
  const { station, manifest } = await importedFixture(t);
  const folder = tempFolder(t);
  const file = 'documents/release-notes.md';
  const codeOf = async (wanted: { file: string; folder: string }) => {
    const result = await exportDocument(manifest, wanted, station.store);
    return result.ok ? result.value.path : result.code;
  };
  const path = join(folder, 'release-notes.md');
  assert.equal(await codeOf({ file, folder }), path);
  assert.deepEqual(readFileSync(path), fixtureDocuments[file]);
  assert.equal(await codeOf({ file, folder }), 'bundle.output-exists');
  assert.equal(await codeOf({ file, folder: join(folder, 'none') }), 'bundle.output-failed');
  for (const unknown of ['documents/none', 'images/radio.bin', '../release-notes.md', 'manifest.json']) {
    assert.equal(await codeOf({ file: unknown, folder }), 'bundle.document-unknown');
  }
});
