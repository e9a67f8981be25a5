/** Decodes padded standard base64 (RFC 4648 §4). Null for any other spelling, so that bytes have exactly one text. */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}
