import { refuse } from '../../../contract/result.ts';
import type { Refusal } from '../../../contract/result.ts';
import type { Manifest } from '../../../contract/schema/bundle.ts';
import { BUNDLE_LIMITS } from '../limits.ts';

/** Bounds the memory that applying a delta takes, before anything is read for it. Refuses `bundle.delta-too-large`. */
export function checkDeltaSizes(manifest: Manifest): Refusal | null {
  for (const { file, len, delta } of manifest.images) {
    if (!delta) continue;
    const refusal =
      checkSize(delta.file, 'delta', delta.len, BUNDLE_LIMITS.deltaBytes) ??
      checkSize(delta.file, 'base', delta.base.len, BUNDLE_LIMITS.deltaBaseBytes) ??
      checkSize(file, 'result', len, BUNDLE_LIMITS.deltaResultBytes);
    if (refusal) return refusal;
  }
  return null;
}

function checkSize(file: string, part: 'delta' | 'base' | 'result', lenBytes: number, limit: number): Refusal | null {
  if (lenBytes <= limit) return null;
  const what = { delta: file, base: `The base of ${file}`, result: `${file}, which comes as a delta,` }[part];
  const reason = `${what} is ${lenBytes} bytes long, at most ${limit} are allowed: give the whole image instead.`;
  return refuse('bundle.delta-too-large', reason, { file, part, lenBytes, limit });
}
