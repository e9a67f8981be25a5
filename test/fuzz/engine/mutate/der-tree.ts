/** A DER value to be changed: lengths are made anew when it is written. */
export interface DerTree {
  identifier: number;
  /** The values inside, also of an OCTET STRING or BIT STRING that holds one; null for any other content. */
  children: DerTree[] | null;
  /** Of a BIT STRING that holds a value: its octet of unused bits. */
  prefix: Uint8Array;
  content: Uint8Array;
}

const maxDepth = 24;

/** Reads bytes that may be damaged; null where they are no row of whole values. */
export function readDerTrees(bytes: Uint8Array, depth = 0): DerTree[] | null {
  if (depth > maxDepth) return null;
  const trees: DerTree[] = [];
  for (let at = 0; at < bytes.length;) {
    const identifier = bytes[at] ?? 0;
    const first = bytes[at + 1];
    if (first === undefined || first === 0x80 || first > 0x83) return null;
    const octets = first < 0x80 ? 0 : first & 0x7f;
    let lenBytes = octets === 0 ? first : 0;
    for (let index = 0; index < octets; index += 1) lenBytes = lenBytes * 256 + (bytes[at + 2 + index] ?? 0);
    const start = at + 2 + octets;
    if (start + lenBytes > bytes.length) return null;
    trees.push(readTree(identifier, bytes.subarray(start, start + lenBytes), depth));
    at = start + lenBytes;
  }
  return trees;
}

function readTree(identifier: number, content: Uint8Array, depth: number): DerTree {
  const isConstructed = (identifier & 0x20) !== 0;
  const prefix = identifier === 0x03 && content[0] === 0 ? content.subarray(0, 1) : new Uint8Array();
  const mayHoldValue =
    isConstructed || ((identifier === 0x03 || identifier === 0x04) && content[prefix.length] === 0x30);
  const children = mayHoldValue ? readDerTrees(content.subarray(prefix.length), depth + 1) : null;
  return { identifier, children, prefix, content };
}

export function writeDerTrees(trees: readonly DerTree[]): Buffer {
  return Buffer.concat(trees.map(writeTree));
}

export function writeTree({ identifier, children, prefix, content }: DerTree): Buffer {
  const body = children === null ? content : Buffer.concat([prefix, writeDerTrees(children)]);
  return Buffer.concat([Buffer.from([identifier, ...lengthOctets(body.length)]), body]);
}

function lengthOctets(lenBytes: number): number[] {
  if (lenBytes < 0x80) return [lenBytes];
  if (lenBytes < 0x100) return [0x81, lenBytes];
  if (lenBytes < 0x1_0000) return [0x82, lenBytes >> 8, lenBytes & 0xff];
  return [0x83, lenBytes >> 16, (lenBytes >> 8) & 0xff, lenBytes & 0xff];
}

/** Every value with the row that it stands in, parents first. */
export function listSites(
  trees: DerTree[],
): { readonly row: DerTree[]; readonly index: number; readonly tree: DerTree }[] {
  return trees.flatMap((tree, index) => [
    { row: trees, index, tree },
    ...(tree.children === null ? [] : listSites(tree.children)),
  ]);
}
