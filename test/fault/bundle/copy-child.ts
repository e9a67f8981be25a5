import { closeSync, openSync, statSync } from 'node:fs';
import { copyEntry } from '../../../core/bundle/images/copy-entry.ts';

/** Copies a file as if it were an archive's one stored entry, and prints what came of it. */
const [source = '', target = ''] = process.argv.slice(2);
const lenBytes = statSync(source).size;
const fd = openSync(source, 'r');
const entry = {
  name: 'images/app.bin',
  method: 'stored',
  packedBytes: lenBytes,
  lenBytes,
  crc32: 0,
  headerAt: 0,
  hasDescriptor: false,
  dataAt: 0,
} as const;
const copied = await copyEntry({ fd, lenBytes }, entry, target, () => undefined);
closeSync(fd);
process.stdout.write(copied.ok ? copied.value : copied.code);
