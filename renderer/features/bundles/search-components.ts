import type { ComponentLine } from '../../../contract/schema/bundle-comparison.ts';

/** Which components are shown: those that hold the text in name, version or licence, in any case. */
export function searchComponents(
  lines: readonly ComponentLine[],
  text: string,
  show: 'all' | 'changed',
): readonly ComponentLine[] {
  const wanted = text.trim().toLowerCase();
  return lines.filter(
    (line) =>
      (show === 'all' || line.change !== 'same') &&
      (wanted === '' || textsOf(line).some((one) => one.toLowerCase().includes(wanted))),
  );
}

function textsOf({ name, from, to }: ComponentLine): readonly string[] {
  return [name, ...[from, to].flatMap((side) => [side?.version ?? '', side?.licence ?? ''])];
}
