import { refuse, RefusalError } from '../../../contract/result.ts';
import { fieldsOf, sequenceOf } from '../der/der-fields.ts';
import { type DerNode, readDer } from '../der/read-der.ts';
import { readOctets, readOid, readTrueFlag } from '../der/read-values.ts';
import { tag } from '../der/tag.ts';

export interface Extension {
  readonly oid: string;
  readonly critical: boolean;
  /** The content of extnValue: DER of the type that the OID names, not looked into yet. */
  readonly value: Uint8Array;
}

const maxExtensions = 64;
/** Inside an extension: name constraints of a big organisation are the largest seen. */
const valueLimits = { maxLenBytes: 256 * 1024, maxDepth: 16, maxNodes: 16_384 };

/** Extensions (RFC 5280 §4.1, §5.1.2.7), each OID once at most (§4.2). Throws `DerError` or `trust.extension-duplicate`. */
export function readExtensions(node: DerNode, field: string): readonly Extension[] {
  const extensions = sequenceOf(node, field, maxExtensions).map((extension) => readExtension(extension, field));
  const seen = new Set<string>();
  for (const { oid } of extensions) {
    if (seen.has(oid)) {
      throw new RefusalError(
        refuse('trust.extension-duplicate', `The extension ${oid} stands twice in ${field} (RFC 5280 §4.2).`, { oid }),
      );
    }
    seen.add(oid);
  }
  return extensions;
}

function readExtension(node: DerNode, field: string): Extension {
  const fields = fieldsOf(node, field);
  const oid = readOid(fields.next(tag.oid, 'extension type'), field);
  const critical = readTrueFlag(fields.optional(tag.boolean), `the critical flag of extension ${oid}`);
  const value = readOctets(fields.next(tag.octetString, 'extension value'), field);
  fields.end();
  return { oid, critical, value };
}

/** The DER value inside an extension that Drydock understands. */
export function readExtensionValue({ value }: Extension): DerNode {
  return readDer(value, valueLimits);
}
