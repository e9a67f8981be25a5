import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { BundleImportEvent } from '../../../contract/events.ts';
import { accept, refuse } from '../../../contract/result.ts';
import type { ImportPorts } from '../../../core/bundle/import-ports.ts';
import { ImportTeller } from '../../../core/station/import-teller.ts';
import { Imports } from '../../../core/station/imports.ts';
import { bundleParts, imageFor, manifestFor } from '../../helpers/test-bundle.ts';
import { operator, receiveImagesHere, receiverOf, testStation } from '../../helpers/test-import.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { zipBytes } from '../../helpers/zip-bytes.ts';

const firmware = Buffer.from('firmware'.repeat(4096));
const bundle = zipBytes(bundleParts(manifestFor([imageFor(firmware)]), { 'images/app.bin': firmware }));

function importsOf(t: TestContext, changes: Partial<ImportPorts> = {}) {
  const station = testStation(t, changes);
  const told: BundleImportEvent[] = [];
  const imports = new Imports({ ports: station.ports, clock: station.clock, emit: (event) => void told.push(event) });
  const path = join(station.folder, 'pump 2.4.0.zip');
  writeFileSync(path, bundle);
  const run = (importId: string) => imports.run({ importId, path, actor: operator, imported: () => undefined });
  return { station, told, imports, run };
}

const stepsOf = (told: readonly BundleImportEvent[]): readonly string[] => [...new Set(told.map(({ step }) => step))];
const codeOf = (answer: Awaited<ReturnType<Imports['run']>>): string => (answer.ok ? 'imported' : answer.code);

test('REQ-OTA-MAN-01 an import tells each step as it begins, bytes inside of it, and what became of it', async (t) => {
  const { told, run, station } = importsOf(t, {
    rulesFor: () =>
      accept({ threshold: 1, anchors: null, revocation: { crl: 'required', maxAgeHours: 24 }, imageKeys: [] }),
    startReceiver: receiverOf(async (...receive) => {
      station.clock.advance(700);
      return receiveImagesHere(...receive);
    }),
  });
  const answer = await run('one');
  assert.ok(answer.ok);
  assert.deepEqual(stepsOf(told), ['archive', 'signature', 'manifest', 'revocation', 'policy', 'images', 'store']);
  const last = told.at(-1);
  assert.deepEqual(last?.outcome, { kind: 'imported', digest: answer.value.bundle.digest, alreadyPresent: false });
  assert.deepEqual(
    last.past.map(({ step, tookMs }) => [step, tookMs]),
    [
      ['archive', 0],
      ['signature', 0],
      ['manifest', 0],
      ['revocation', 0],
      ['policy', 0],
      ['images', 700],
      ['store', 0],
    ],
  );
  assert.equal(last.elapsedMs, 700);
  assert.equal(last.file, 'pump 2.4.0.zip');
  assert.ok(told.some(({ step, doneBytes }) => step === 'images' && doneBytes === firmware.length));
  assert.equal(told.filter(({ outcome }) => outcome !== null).length, 1);
  assert.ok(!JSON.stringify(told).includes(station.folder), 'no path is told');
});

test('REQ-OTA-MAN-03 an import that is refused ends in the step that refused it', async (t) => {
  const { told, run } = importsOf(t, { verifySignature: () => refuse('trust.no-path', 'The signer is not trusted.') });
  assert.equal(codeOf(await run('one')), 'trust.no-path');
  const last = told.at(-1);
  assert.equal(last?.step, 'signature');
  assert.deepEqual(last.outcome, { kind: 'refused', code: 'trust.no-path', reason: 'The signer is not trusted.' });
});

test('REQ-OTA-MAN-03 an import that is cancelled while images are read leaves nothing but its event', async (t) => {
  const { told, run, station, imports } = importsOf(t, {
    startReceiver: receiverOf((...receive) => {
      assert.ok(imports.cancel('one', operator.id).ok);
      return receiveImagesHere(...receive);
    }),
  });
  assert.equal(codeOf(await run('one')), 'bundle.import-cancelled');
  assert.equal(told.at(-1)?.outcome?.kind, 'cancelled');
  assert.deepEqual(station.files(), []);
  assert.deepEqual(station.bundles.list(), []);
  assert.deepEqual(
    station.events.map(({ outcome, code }) => [outcome, code]),
    [['refused', 'bundle.import-cancelled']],
  );
});

test('REQ-OTA-MAN-03 whatever step an import is cancelled in, an accepted cancelling means that nothing is kept', async (t) => {
  for (const step of ['archive', 'signature', 'manifest', 'policy', 'images', 'store'] as const) {
    const station = testStation(t);
    const path = join(station.folder, 'bundle.zip');
    writeFileSync(path, bundle);
    let cancelled: string | null = null;
    const imports: Imports = new Imports({
      ports: station.ports,
      clock: station.clock,
      emit: (event) => {
        if (event.step !== step || cancelled !== null) return;
        const answer = imports.cancel('one', operator.id);
        cancelled = answer.ok ? 'accepted' : answer.code;
      },
    });
    const answer = await imports.run({ importId: 'one', path, actor: operator, imported: () => undefined });
    assert.equal(cancelled, step === 'store' ? 'bundle.import-unknown' : 'accepted', step);
    assert.equal(codeOf(answer), step === 'store' ? 'imported' : 'bundle.import-cancelled', step);
    assert.equal(station.bundles.list().length, step === 'store' ? 1 : 0, step);
    assert.equal(station.files().length, step === 'store' ? 3 : 0, step);
    assert.equal(station.events.length, 1, step);
  }
});

test('imports run one after the other in the order in which they were asked for, each with its own result', async (t) => {
  const { told, run, imports } = importsOf(t);
  const answers = await Promise.all([run('one'), run('two'), run('one'), run('three')]);
  assert.deepEqual(answers.map(codeOf), ['imported', 'imported', 'bundle.import-id-taken', 'imported']);
  const order = told.filter(({ outcome }) => outcome !== null).map(({ importId }) => importId);
  assert.deepEqual(order, ['one', 'two', 'three']);
  const two = told.filter(({ importId }) => importId === 'two').map(({ step }) => step);
  assert.equal(two[0], 'waiting');
  const endOfOne = told.findIndex(({ importId, outcome }) => importId === 'one' && outcome !== null);
  const beginOfTwo = told.findIndex(({ importId, step }) => importId === 'two' && step === 'archive');
  assert.ok(endOfOne < beginOfTwo);
  assert.deepEqual(imports.cancel('one', operator.id).ok, false);
});

test('REQ-OTA-OPR-02 nobody cancels the import of somebody else', async (t) => {
  const { run, imports } = importsOf(t);
  const answer = run('one');
  const refused = imports.cancel('one', 'op-2');
  assert.equal(refused.ok ? '' : refused.code, 'bundle.import-unknown');
  assert.equal(codeOf(await answer), 'imported');
});

test('REQ-OTA-MAN-03 a station that closes cancels what is under way and what waits, and nothing of it stays', async (t) => {
  const { run, station, imports } = importsOf(t);
  const answers = [run('one'), run('two')];
  await imports.stop();
  assert.deepEqual((await Promise.all(answers)).map(codeOf), ['bundle.import-cancelled', 'bundle.import-cancelled']);
  assert.equal(codeOf(await run('three')), 'bundle.import-cancelled');
  assert.deepEqual(station.files(), []);
});

test('an import that breaks off by a bug is told as ended, and the next one has its turn', async (t) => {
  let first = true;
  const { run, told } = importsOf(t, {
    startReceiver: receiverOf((...receive) => {
      if (!first) return receiveImagesHere(...receive);
      first = false;
      return Promise.reject(new Error('bug'));
    }),
  });
  const [broken, next] = [run('one'), run('two')];
  await assert.rejects(broken, /bug/);
  assert.equal(codeOf(await next), 'imported');
  const outcome = told.find((event) => event.importId === 'one' && event.outcome !== null)?.outcome;
  assert.equal(outcome?.kind === 'refused' ? outcome.code : '', 'station.fault');
});

test('inside of a step at most twenty events a second are told, and always the last; bytes never go back', () => {
  const told: BundleImportEvent[] = [];
  const clock = new TestClock();
  const teller = new ImportTeller({ importId: 'one', operatorId: 'x', file: 'f' }, clock, (event) => {
    told.push(event);
  });
  teller.begin('images');
  for (let ms = 1; ms <= 1000; ms++) {
    clock.advance(1);
    teller.progress(ms % 7 === 0 ? 0 : ms, 2000);
  }
  assert.equal(told.length, 21);
  const bytes = told.map(({ doneBytes }) => doneBytes);
  assert.deepEqual(
    bytes,
    bytes.toSorted((a, b) => a - b),
  );
  teller.progress(2000, 2000);
  assert.equal(told.at(-1)?.doneBytes, 2000);
  teller.begin('store');
  assert.deepEqual([told.at(-1)?.doneBytes, told.at(-1)?.totalBytes], [0, 0]);
});
