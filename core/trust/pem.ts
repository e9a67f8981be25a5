import { refuse, type Result } from '../../contract/result.ts';

export interface PemBlock {
  readonly label: string;
  readonly der: Uint8Array;
}

const maxPemLenBytes = 12 * 1024 * 1024;
const block = /-----BEGIN ([A-Z0-9 ]{1,40})-----[ \t]*\r?\n([A-Za-z0-9+/=\s]*?)-----END \1-----[ \t]*(?:\r?\n|$)/g;
const base64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Every block of a PEM file in its order (RFC 7468); text around the blocks is passed over, a broken block is not. */
export function readPemBlocks(file: Uint8Array): Result<readonly PemBlock[]> {
  if (file.length > maxPemLenBytes)
    return refuse('trust.pem-malformed', `The file is larger than the ${maxPemLenBytes} bytes allowed.`);
  const text = Buffer.from(file).toString('latin1');
  const blocks: PemBlock[] = [];
  for (const [, label = '', body = ''] of text.matchAll(block)) {
    const digits = body.replace(/\s/g, '');
    if (!base64.test(digits)) return refuse('trust.pem-malformed', `The ${label} in the PEM file is not valid Base64.`);
    blocks.push({ label, der: Buffer.from(digits, 'base64') });
  }
  const begun = text.split('-----BEGIN ').length - 1;
  if (begun !== blocks.length)
    return refuse('trust.pem-malformed', 'The PEM file has a block that is cut off or damaged.');
  return { ok: true, value: blocks };
}

/** Whether a file is to be read as PEM rather than DER: a DER value here always begins with a SEQUENCE. */
export function looksLikePem(file: Uint8Array): boolean {
  return file[0] !== 0x30;
}

/** The DER in a file that holds it as it is, or as the one PEM block with one of `labels`. Refuses with `trust.pem-malformed`. */
export function readPemOrDer(file: Uint8Array, labels: readonly string[]): Result<Uint8Array> {
  if (!looksLikePem(file)) return { ok: true, value: file };
  const blocks = readPemBlocks(file);
  if (!blocks.ok) return blocks;
  const [first, ...others] = blocks.value;
  if (first === undefined || others.length > 0 || !labels.includes(first.label)) {
    const found = blocks.value.map(({ label }) => label).join(', ');
    return refuse(
      'trust.pem-malformed',
      `The file should hold one ${labels.join(' or ')}; it holds ${found === '' ? 'none' : found}.`,
    );
  }
  return { ok: true, value: first.der };
}

/** One PEM block (RFC 7468). */
export function toPem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

/** As `readPemOrDer`, but a PEM file may hold any number of blocks, at least one and all with `label`. Refuses with `trust.pem-malformed`. */
export function readPemOrDerList(file: Uint8Array, label: string): Result<readonly Uint8Array[]> {
  if (!looksLikePem(file)) return { ok: true, value: [file] };
  const blocks = readPemBlocks(file);
  if (!blocks.ok) return blocks;
  const stranger = blocks.value.find((found) => found.label !== label);
  if (blocks.value.length === 0 || stranger !== undefined) {
    return refuse(
      'trust.pem-malformed',
      `The file should hold nothing but ${label} blocks; it holds ${stranger === undefined ? 'none' : `a ${stranger.label}`}.`,
    );
  }
  return { ok: true, value: blocks.value.map(({ der }) => der) };
}
