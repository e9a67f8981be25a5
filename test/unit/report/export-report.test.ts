import assert from 'node:assert/strict';
import { sign } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { exportReport, type ExportRequest } from '../../../core/report/export-report.ts';
import type { ReportDisk } from '../../../core/report/write-files.ts';
import { verifyReport } from '../../../core/report/verifier/verify-report.ts';
import { buildModel, makeKeys, pemOf, sha256, tellStory } from './station-fixture.ts';

const story = tellStory();
const model = buildModel(story);
const id = model.id;
const signWithStation = (bytes: Uint8Array) => sign(null, bytes, story.station.privateKey);
const names = [`${id}.json`, `${id}.json.sig`, `${id}.pdf`, `${id}.pdf.sig`, 'station.pub.pem'];

function makeFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-report-'));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const request = (folder: string, change: Partial<ExportRequest> = {}): ExportRequest => ({
  model,
  folder,
  paper: 'A4',
  sign: signWithStation,
  ...change,
});

/** A disk on which a call fails as the operating system lets it fail. */
function failingDisk(code: string, fails: (call: 'create' | 'rename', path: string) => boolean): ReportDisk {
  const fail = (path: string): never => {
    throw Object.assign(new Error(`${code}: ${path}`), { code, syscall: 'write', path });
  };
  return {
    createFile: (path, bytes) => {
      // A full disk takes the first part of a file.
      writeFileSync(path, fails('create', path) ? bytes.subarray(0, 10) : bytes);
      if (fails('create', path)) fail(path);
    },
    rename: (from, to) => (fails('rename', to) ? fail(to) : renameSync(from, to)),
  };
}

test('REQ-OTA-RPT-01 writes JSON, PDF, both signatures and the key, and names each with its digest', async (context) => {
  const folder = makeFolder(context);
  const exported = await exportReport(request(folder));
  assert.ok(exported.ok);
  assert.deepEqual(readdirSync(folder).sort(), names);
  assert.deepEqual(
    exported.value.files.map(({ name }) => name),
    names,
  );
  for (const { lenBytes, name, sha256: digest } of exported.value.files) {
    const bytes = readFileSync(join(folder, name));
    assert.equal(digest, sha256(bytes));
    assert.equal(lenBytes, bytes.length);
  }
  assert.equal(exported.value.stationKeySha256, model.station.publicKeySha256);
  const read = (name: string) => readFileSync(join(folder, name));
  const { result } = verifyReport({
    jsonBytes: read(`${id}.json`),
    signature: read(`${id}.json.sig`),
    pdf: { pdfBytes: read(`${id}.pdf`), pdfSignature: read(`${id}.pdf.sig`) },
    trustedStationKey: read('station.pub.pem').toString(),
  });
  assert.ok(result.ok);
});

test('REQ-OTA-RPT-01 the same report may be written again, also on other paper', async (context) => {
  const folder = makeFolder(context);
  assert.ok((await exportReport(request(folder))).ok);
  const a4 = readFileSync(join(folder, `${id}.pdf`));
  assert.ok((await exportReport(request(folder))).ok);
  assert.ok((await exportReport(request(folder, { paper: 'Letter' }))).ok);
  assert.notDeepEqual(readFileSync(join(folder, `${id}.pdf`)), a4);
  assert.deepEqual(readdirSync(folder).sort(), names);
});

test('REQ-OTA-RPT-01 never writes over a file that is another one', async (context) => {
  for (const name of names) {
    const folder = makeFolder(context);
    writeFileSync(join(folder, name), 'mine');
    const exported = await exportReport(request(folder));
    assert.ok(!exported.ok, name);
    assert.equal(exported.code, 'station.file-exists');
    assert.match(exported.reason, new RegExp(name.replaceAll('.', '\\.')));
    assert.deepEqual(readdirSync(folder), [name]);
    assert.equal(readFileSync(join(folder, name), 'utf8'), 'mine');
  }
});

test('REQ-OTA-RPT-01 never writes through a link', async (context) => {
  const folder = makeFolder(context);
  symlinkSync(join(folder, 'nowhere'), join(folder, `${id}.pdf`));
  const exported = await exportReport(request(folder));
  assert.ok(!exported.ok);
  assert.equal(exported.code, 'station.file-exists');
  assert.deepEqual(readdirSync(folder), [`${id}.pdf`]);
});

test('REQ-OTA-RPT-01 a second station does not replace the key of the first', async (context) => {
  const folder = makeFolder(context);
  assert.ok((await exportReport(request(folder))).ok);
  const other = tellStory();
  const source = { ...other.source, generatedAt: new Date('2026-11-22T12:00:00Z') };
  const exported = await exportReport(
    request(folder, {
      model: buildModel({ ...other, source }),
      sign: (bytes) => sign(null, bytes, other.station.privateKey),
    }),
  );
  assert.ok(!exported.ok);
  assert.match(exported.reason, /station\.pub\.pem/);
  assert.equal(readFileSync(join(folder, 'station.pub.pem'), 'utf8'), pemOf(story.station));
});

test('REQ-OTA-RPT-01 a disk that is full at any file leaves nothing behind', async (context) => {
  for (const name of names) {
    const folder = makeFolder(context);
    writeFileSync(join(folder, 'other.txt'), 'stays');
    const disk = failingDisk('ENOSPC', (call, path) => call === 'create' && path.includes(`.${name}.new`));
    const exported = await exportReport(request(folder, { disk }));
    assert.ok(!exported.ok, name);
    assert.equal(exported.code, 'station.disk-full');
    assert.deepEqual(readdirSync(folder), ['other.txt']);
  }
});

test('REQ-OTA-RPT-01 a medium that is pulled between two renames leaves no part of a report', async (context) => {
  for (const name of names) {
    const folder = makeFolder(context);
    const disk = failingDisk('EIO', (call, path) => call === 'rename' && path.endsWith(`/${name}`));
    const exported = await exportReport(request(folder, { disk }));
    assert.ok(!exported.ok, name);
    assert.equal(exported.code, 'station.storage-failed');
    assert.deepEqual(readdirSync(folder), []);
  }
});

test('REQ-OTA-RPT-01 a folder that is not there is a refusal, a bug of ours is not', async (context) => {
  const folder = join(makeFolder(context), 'missing');
  const exported = await exportReport(request(folder));
  assert.ok(!exported.ok);
  assert.equal(exported.code, 'station.storage-failed');
  const disk: ReportDisk = {
    createFile: () => {
      throw new TypeError('a bug');
    },
    rename: renameSync,
  };
  await assert.rejects(exportReport(request(makeFolder(context), { disk })), TypeError);
});

test('REQ-OTA-RPT-01 a report signed with another key than the station states is not written', async (context) => {
  const folder = makeFolder(context);
  const { privateKey } = makeKeys();
  const exported = await exportReport(request(folder, { sign: (bytes) => sign(null, bytes, privateKey) }));
  assert.ok(!exported.ok);
  assert.equal(exported.code, 'report.evidence-incomplete');
  assert.deepEqual(readdirSync(folder), []);
});
