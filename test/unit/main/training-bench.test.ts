import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { windowOperations } from '../../../contract/window/window-operations.ts';
import * as v from 'valibot';
import { systemClock } from '../../../core/system-clock.ts';
import { trainingFaults } from '../../../main/training/training-faults.ts';
import { TrainingBench } from '../../../main/training/training-bench.ts';
import { faultWords, wordsOfFault } from '../../../renderer/features/bench/fault-words.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

function openBench(t: TestContext): TrainingBench {
  const bench = new TrainingBench(join(tempFolder(t), 'bench'), systemClock);
  t.after(() => bench.close());
  return bench;
}

test('REQ-OTA-USB-02 every fault of the training bench is said in the window, and no other', () => {
  assert.deepEqual(Object.keys(faultWords).sort(), Object.keys(trainingFaults).sort());
  assert.equal(wordsOfFault('toString'), undefined);
});

test('REQ-OTA-USB-02 units of the training bench are pulled and plugged in, where they were or elsewhere', (t) => {
  const bench = openBench(t);
  const at = (serial: string): readonly unknown[] =>
    bench.units.filter((unit) => unit.serial === serial).map(({ position, connected }) => [position, connected])[0] ??
    [];
  assert.equal(bench.units.filter(({ connected }) => connected).length, 8);
  assert.deepEqual(at('PUMP-0409'), ['1-9', false], 'the cable of the older pump hangs loose');
  const taken = bench.connect('PUMP-0401', true, '1-2');
  assert.deepEqual([taken.ok, taken.ok ? '' : taken.code], [false, 'window.port-taken']);
  assert.deepEqual(at('PUMP-0401'), ['1-1', true]);
  assert.ok(bench.connect('PUMP-0401', true, '2-5').ok);
  assert.deepEqual(at('PUMP-0401'), ['2-5', true]);
  assert.ok(bench.connect('PUMP-0401', false).ok);
  assert.ok(bench.connect('PUMP-0401', true).ok);
  assert.deepEqual(at('PUMP-0401'), ['2-5', true]);
  assert.equal(bench.connect('PUMP-0666', true).ok, false);
  const { input } = windowOperations['training.connect'];
  for (const port of ['3-1', '1-17', '1-0', '1-2.1', '../x'])
    assert.ok(!v.is(input, { serial: 'PUMP-0401', connected: true, port }), port);
});

test('REQ-OTA-USB-02 a fault is armed, comes once, and can be taken back before it does', (t) => {
  const bench = openBench(t);
  const view = () => bench.units.find(({ serial }) => serial === 'PUMP-0409');
  const powerCycle = (): void => {
    bench.connect('PUMP-0409', false);
    bench.connect('PUMP-0409', true);
  };
  powerCycle();
  bench.setFault('PUMP-0409', 'other-serial-after-reset');
  assert.deepEqual([view()?.fault, view()?.faultHasCome], ['other-serial-after-reset', false]);
  powerCycle();
  assert.deepEqual([view()?.fault, view()?.faultHasCome], ['other-serial-after-reset', true]);
  for (const fault of ['flash-fails', 'power-cut', 'cable-pulled', 'no-return-after-reset']) {
    bench.setFault('PUMP-0409', fault);
    assert.equal(view()?.faultHasCome, false, fault);
  }
  bench.setFault('PUMP-0409', null);
  assert.deepEqual([view()?.fault, view()?.faultHasCome], [null, false]);
});
