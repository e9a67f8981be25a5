/** Tells whether a font has a picture for a code point. */
export type FontCoverage = (codePoint: number) => boolean;

/**
 * Reads which code points a TrueType font can draw from its `cmap` table (OpenType 1.9, cmap, format 4: segment mapping,
 * which every Windows-compatible font of the Basic Multilingual Plane carries). Throws where the file is no such font:
 * the fonts are the program's own, so that is a broken installation.
 */
export function readFontCoverage(fontFile: Uint8Array): FontCoverage {
  const view = new DataView(fontFile.buffer, fontFile.byteOffset, fontFile.byteLength);
  const segments = readSegments(view, findFormat4(view, findTable(view, 'cmap')));
  return (codePoint) => segments.some(({ start, end }) => codePoint >= start && codePoint <= end);
}

interface Segment {
  readonly start: number;
  readonly end: number;
}

function findTable(view: DataView, wanted: string): number {
  const tableCount = view.getUint16(4);
  for (let record = 12; record < 12 + tableCount * 16; record += 16) {
    const tag = String.fromCharCode(...[0, 1, 2, 3].map((at) => view.getUint8(record + at)));
    if (tag === wanted) return view.getUint32(record + 8);
  }
  throw new Error(`The font has no ${wanted} table.`);
}

function findFormat4(view: DataView, cmap: number): number {
  const encodingCount = view.getUint16(cmap + 2);
  for (let record = cmap + 4; record < cmap + 4 + encodingCount * 8; record += 8) {
    const subtable = cmap + view.getUint32(record + 4);
    if (view.getUint16(subtable) === 4) return subtable;
  }
  throw new Error('The font has no character map of format 4.');
}

/** One segment per run of code points that map to a glyph; glyph 0 is the font's "missing" box. */
function readSegments(view: DataView, subtable: number): readonly Segment[] {
  const segCountX2 = view.getUint16(subtable + 6);
  const endCodes = subtable + 14;
  const startCodes = endCodes + segCountX2 + 2;
  const idDeltas = startCodes + segCountX2;
  const idRangeOffsets = idDeltas + segCountX2;
  const segments: Segment[] = [];
  for (let at = 0; at < segCountX2; at += 2) {
    const start = view.getUint16(startCodes + at);
    const end = view.getUint16(endCodes + at);
    const idDelta = view.getUint16(idDeltas + at);
    const idRangeOffset = view.getUint16(idRangeOffsets + at);
    for (let code = start; code <= end && code !== 0xffff; code += 1) {
      const glyphAt = idRangeOffsets + at + idRangeOffset + (code - start) * 2;
      const listed = idRangeOffset === 0 ? code : view.getUint16(glyphAt);
      const glyph = listed === 0 ? 0 : (listed + idDelta) & 0xffff;
      if (glyph === 0) continue;
      const last = segments.at(-1);
      if (last?.end === code - 1) segments[segments.length - 1] = { start: last.start, end: code };
      else segments.push({ start: code, end: code });
    }
  }
  return segments;
}
