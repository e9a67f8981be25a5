import { sha256Hex, type Sha256Hex } from '../../digest.ts';
import { type AlgorithmIdentifier, readAlgorithm } from '../algorithm.ts';
import { fieldsOf } from '../der/der-fields.ts';
import type { DerNode } from '../der/read-der.ts';
import { readBitOctets } from '../der/read-values.ts';
import { tag } from '../der/tag.ts';

/** What certificates and CRLs have in common: a part that is signed, and the signature (RFC 5280 §4.1.1, §5.1.1). */
export interface SignedObject {
  readonly der: Uint8Array;
  readonly fingerprintSha256: Sha256Hex;
  /** The bytes that the issuer signed. */
  readonly tbsDer: Uint8Array;
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
}

/** Reads the outer SEQUENCE; `tbs` is the part that is signed, still to be read. Throws `DerError`. */
export function readSignedObject(node: DerNode, what: string): { readonly outer: SignedObject; readonly tbs: DerNode } {
  const fields = fieldsOf(node, what);
  const tbs = fields.next(tag.sequence, 'the signed part');
  const signatureAlgorithm = readAlgorithm(fields.next(tag.sequence, 'signatureAlgorithm'), what);
  const signature = readBitOctets(fields.next(tag.bitString, 'signature'), 'the signature');
  fields.end();
  const outer = {
    der: node.raw,
    fingerprintSha256: sha256Hex(node.raw),
    tbsDer: tbs.raw,
    signatureAlgorithm,
    signature,
  };
  return { outer, tbs };
}
