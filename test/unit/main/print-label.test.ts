import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ShellBench } from '../../helpers/shell-bench.ts';

test('REQ-OTA-UI-01 a label is printed by the system on the paper that was asked for, and a dialogue that was closed is no fault', async (t) => {
  const bench = await ShellBench.set(t);
  const early = await bench.call('window.print-label', { paper: 'label' });
  assert.equal(early.ok ? null : early.code, 'station.not-logged-in');
  await bench.logIn('technician');
  assert.deepEqual(await bench.call('window.print-label', { paper: 'label' }), { ok: true, value: { printed: true } });
  assert.deepEqual(await bench.call('window.print-label', { paper: 'A4' }), { ok: true, value: { printed: true } });
  const sizes = bench.printed.map((options) => (options as { pageSize: unknown }).pageSize);
  assert.deepEqual(sizes, [
    { width: 62_000, height: 29_000 },
    { width: 210_000, height: 297_000 },
  ]);

  bench.nextPrint = { success: false, failureReason: 'Print job canceled' };
  assert.deepEqual(await bench.call('window.print-label', { paper: 'A4' }), { ok: true, value: { printed: false } });
  bench.nextPrint = { success: false, failureReason: 'Invalid printer settings' };
  const failed = await bench.call('window.print-label', { paper: 'A4' });
  assert.equal(failed.ok ? null : failed.code, 'window.print-failed');
  assert.match(failed.ok ? '' : failed.reason, /Invalid printer settings/);

  bench.shell.lock();
  const locked = await bench.call('window.print-label', { paper: 'A4' });
  assert.equal(locked.ok ? null : locked.code, 'window.locked');
  assert.equal(bench.printed.length, 4);
});
