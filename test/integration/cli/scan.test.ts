import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { ScanReading } from '../../../contract/schema/scan.ts';
import { CliBench } from './cli-bench.ts';

test('a scanned code is taken apart on the command line, and a misread one is refused', async (t) => {
  const bench = await CliBench.set(t);
  const scanned = '(01)09501101530003(17)271200(21)A7(240)X1';
  assert.equal((await bench.run(['scan', scanned])).code, 3, 'nobody is logged in');
  bench.logIn('tom');

  const read = await bench.run(['scan', scanned]);
  assert.equal(read.code, 0, read.err);
  assert.match(read.out, /device +09501101530003\n +serial +A7\n +expires +2027-12-31\n +\(240\) ADDITIONAL ID: X1/);
  const json = v.parse(ScanReading, JSON.parse((await bench.run(['scan', '010950110153000321A7', '--json'])).out));
  assert.deepEqual([json.marked, json.fields.serial], [false, 'A7']);
  assert.match((await bench.run(['scan', '010950110153000321A7'])).out, /only look like one/);

  const misread = await bench.run(['scan', '(01)09501101530004']);
  assert.equal(misread.code, 3);
  assert.match(misread.err, /scan it again[^]*scan\.check-digit-wrong/);
});
