import { createHash } from 'node:crypto';
import { tag } from '../der/tag.ts';
import { writeDer, writeNull, writeOctets, writeOid, writeSequence, writeSmallInteger } from '../der/write-der.ts';
import { oid } from '../oid.ts';

/**
 * TimeStampReq (RFC 3161 §2.4.1) for the SHA-256 of a signer's signature octets (appendix A), DER. It asks for the authority's certificate,
 * which the stations need, and has no nonce: a signature is made once, so that no older answer could fit it.
 */
export function writeTimestampRequest(signature: Uint8Array): Buffer {
  const imprint = createHash('sha256').update(signature).digest();
  const certReq = writeDer(tag.boolean, Buffer.from([0xff]));
  return writeSequence(
    writeSmallInteger(1),
    writeSequence(writeSequence(writeOid(oid.sha256), writeNull()), writeOctets(imprint)),
    certReq,
  );
}
