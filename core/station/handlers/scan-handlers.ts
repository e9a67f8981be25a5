import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '../../ports.ts';
import { parseElementTable } from '../../scan/gs1/element-table.ts';
import { readScan } from '../../scan/read-scan.ts';
import type { Handlers } from '../dispatch.ts';

/** What a code reader sends. */
export function createScanHandlers({
  clock,
  resources,
}: {
  readonly clock: Clock;
  readonly resources: string;
}): Pick<Handlers, 'scan.read'> {
  const elements = parseElementTable(readFileSync(join(resources, 'gs1-syntax-dictionary.txt'), 'utf8'));
  return { 'scan.read': ({ text }) => readScan(text, { elements, thisYear: clock.now().getUTCFullYear() }) };
}
