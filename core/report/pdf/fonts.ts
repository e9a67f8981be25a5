import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { readFontCoverage, type FontCoverage } from './font-coverage.ts';

const require = createRequire(import.meta.url);

/** IBM Plex as it comes with the program (OFL-1.1): Latin, Greek and Cyrillic; embedded, so that a report looks the same anywhere. */
const fontFiles = {
  sans: '@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf',
  sansSemiBold: '@expo-google-fonts/ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf',
  mono: '@expo-google-fonts/ibm-plex-mono/400Regular/IBMPlexMono_400Regular.ttf',
} as const;

export type FontName = keyof typeof fontFiles;

interface ReportFont {
  readonly file: Buffer;
  readonly covers: FontCoverage;
}

export type ReportFonts = Readonly<Record<FontName, ReportFont>>;

let loaded: ReportFonts | undefined;

/** Reads the fonts once per process. Throws where the installation lacks them. */
export function loadReportFonts(): ReportFonts {
  loaded ??= { sans: loadFont('sans'), sansSemiBold: loadFont('sansSemiBold'), mono: loadFont('mono') };
  return loaded;
}

/**
 * fontkit reads a ten-byte header also for a glyph without an outline, such as the space. In Plex Mono those stand at the very
 * end of the file, so the read would run past it.
 */
const paddingLenBytes = 16;

function loadFont(name: FontName): ReportFont {
  const file = Buffer.concat([readFileSync(require.resolve(fontFiles[name])), Buffer.alloc(paddingLenBytes)]);
  return { file, covers: readFontCoverage(file) };
}
