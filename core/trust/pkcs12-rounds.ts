import forge from 'node-forge';

/**
 * How many rounds of password hashing a PKCS#12 file asks for in all, as far as it can be read without its password. Each is an INTEGER
 * right behind its salt: in MacData (RFC 7292 §4), in pkcs-12PbeParams (appendix C) and in PBKDF2-params (RFC 8018 appendix A.2).
 * Infinity for a number that nobody means. Throws, as forge does, for values nested too deeply.
 */
export function countPasswordRounds(asn1: forge.asn1.Asn1): number {
  if (!Array.isArray(asn1.value)) return countInside(asn1, asn1.value);
  const inside = isOctets(asn1) ? countInside(asn1, octetsOf(asn1)) : 0;
  return asn1.value.reduce((sum, child, index) => {
    const before = asn1.value[index - 1];
    const isCount = isUniversal(child, forge.asn1.Type.INTEGER) && typeof before === 'object' && isOctets(before);
    return sum + (isCount ? numberOf(child) : countPasswordRounds(child));
  }, inside);
}

/** The safe contents are OCTET STRINGs that hold DER or BER again. */
function countInside(node: forge.asn1.Asn1, content: string): number {
  const isNested = isOctets(node) || node.tagClass === forge.asn1.Class.CONTEXT_SPECIFIC;
  if (!isNested || !content.startsWith('\x30')) return 0;
  const nested = parse(content);
  return nested === null ? 0 : countPasswordRounds(nested);
}

function parse(content: string): forge.asn1.Asn1 | null {
  try {
    return forge.asn1.fromDer(content, true);
  } catch {
    // An encrypted content, or a salt, that happens to begin like a SEQUENCE: forge will not read it as one either.
    return null;
  }
}

/** BER may cut an OCTET STRING into pieces. */
function octetsOf({ value }: forge.asn1.Asn1): string {
  return Array.isArray(value) ? value.map(octetsOf).join('') : value;
}

function numberOf({ value }: forge.asn1.Asn1): number {
  if (typeof value !== 'string' || value.length > 4) return Infinity;
  // One that is negative or zero asks for no work, and takes nothing off the others.
  return value === '' ? 0 : Math.max(0, Buffer.from(value, 'binary').readIntBE(0, value.length));
}

function isOctets(node: forge.asn1.Asn1): boolean {
  return isUniversal(node, forge.asn1.Type.OCTETSTRING);
}

function isUniversal({ tagClass, type }: forge.asn1.Asn1, wanted: forge.asn1.Type): boolean {
  return tagClass === forge.asn1.Class.UNIVERSAL && type === wanted;
}
