import { localeOf, type Language } from './fill.ts';

const scales = [
  { from: 1e9, unit: 'GB' },
  { from: 1e6, unit: 'MB' },
  { from: 1e3, unit: 'kB' },
] as const;

/** `1.2 MB`: decimal units, with one digit after the point above a kilobyte, so that a running number keeps its width. */
export function formatBytes(language: Language, lenBytes: number): string {
  const scale = scales.find(({ from }) => lenBytes >= from);
  const digits = scale === undefined ? 0 : 1;
  const number = new Intl.NumberFormat(localeOf[language], {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(lenBytes / (scale?.from ?? 1));
  return `${number}\u00a0${scale?.unit ?? 'B'}`;
}

/** `48.0 kB/s` */
export function formatRate(language: Language, bytesPerSecond: number): string {
  return `${formatBytes(language, bytesPerSecond)}/s`;
}

/**
 * `2 min 10 s` by the symbols of the SI, for a time that passes: steps of 1 s up to ten seconds, of 5 s up to a minute, of 10 s up to ten minutes and of a minute
 * beyond, always rounded up, so that the text is calm and never promises too much.
 */
export function formatDuration(lenMs: number): string {
  const seconds = Math.max(0, Math.ceil(lenMs / 1000));
  const step = seconds <= 10 ? 1 : seconds <= 60 ? 5 : seconds <= 600 ? 10 : 60;
  const rounded = Math.ceil(seconds / step) * step;
  const parts = [
    [Math.floor(rounded / 3600), 'h'],
    [Math.floor((rounded % 3600) / 60), 'min'],
    [rounded % 60, 's'],
  ] as const;
  const shown = parts.filter(([count]) => count > 0);
  return (shown.length > 0 ? shown : [[0, 's'] as const]).map(([count, unit]) => `${count}\u00a0${unit}`).join(' ');
}

/** `42%`, as the language writes it, always rounded down: a hundred means all of it. */
export function formatFraction(language: Language, fraction: number): string {
  // 0.29 times 100 is a hair below 29.
  const whole = Math.floor(Math.min(1, Math.max(0, fraction)) * 100 + 1e-9) / 100;
  return new Intl.NumberFormat(localeOf[language], { style: 'percent', maximumFractionDigits: 0 }).format(whole);
}

const fields = { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' } as const;

/**
 * `3 May 2026, 14:05 CEST`: local, with its zone.
 * @param zone IANA name; the machine's own where it is left out
 */
export function formatTime(language: Language, utc: string, zone?: string): string {
  return new Intl.DateTimeFormat(localeOf[language], {
    ...fields,
    timeZoneName: 'short',
    ...(zone === undefined ? {} : { timeZone: zone }),
  }).format(new Date(utc));
}

/** `2026-05-03 12:05:09 UTC`, the same in every language: what exports and papers have. */
export function formatUtc(utc: string): string {
  return `${new Date(utc).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** `a1b2 c3d4`: hexadecimal digits grouped by four. */
export function groupDigest(digits: string): string {
  return digits.replaceAll(/(.{4})(?=.)/g, '$1 ');
}
