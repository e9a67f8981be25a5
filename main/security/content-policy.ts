/**
 * What a page may load and do: its own scripts, styles, fonts and images, and nothing else. It connects to nobody (all data comes by the
 * bridge), is framed by nobody, and takes no string for a script (`require-trusted-types-for`; Svelte's templates are made by
 * the one policy `svelte-trusted-html`). Sent as a header, so that no markup can come before it.
 */
const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types svelte-trusted-html',
].join('; ');

/** Headers of every answer of the app protocol. */
export const pageHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': contentPolicy,
  // A file is what its type says, never what its bytes look like.
  'X-Content-Type-Options': 'nosniff',
  // No other page shares this one's process or holds a reference to it.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Referrer-Policy': 'no-referrer',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), clipboard-read=()',
  // The files belong to this version of the program; the next one brings its own.
  'Cache-Control': 'no-store',
};
