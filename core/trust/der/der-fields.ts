import { DerError, type DerNode } from './read-der.ts';
import { tag } from './tag.ts';

/** Walks the fields of a SEQUENCE in their order; `end` refuses what nobody asked for. Throws `DerError`. */
export class DerFields {
  readonly #nodes: readonly DerNode[];
  readonly #name: string;
  #position = 0;

  constructor(nodes: readonly DerNode[], name: string) {
    this.#nodes = nodes;
    this.#name = name;
  }

  /** The next field, which must have this identifier octet. */
  next(identifier: number, field: string): DerNode {
    const node = this.optional(identifier);
    if (node === undefined) throw new DerError(`${this.#name} has no ${field} where it should be`);
    return node;
  }

  /** The next field if it has this identifier octet. */
  optional(identifier: number): DerNode | undefined {
    const node = this.#nodes[this.#position];
    if (node?.tag !== identifier) return undefined;
    this.#position++;
    return node;
  }

  /** The next field of whatever type. */
  any(field: string): DerNode {
    const node = this.anyOptional();
    if (node === undefined) throw new DerError(`${this.#name} has no ${field}`);
    return node;
  }

  anyOptional(): DerNode | undefined {
    const node = this.#nodes[this.#position];
    if (node !== undefined) this.#position++;
    return node;
  }

  end(): void {
    if (this.#position < this.#nodes.length)
      throw new DerError(`${this.#name} has a field that its definition does not allow`);
  }
}

/** The fields of a SEQUENCE. */
export function fieldsOf(node: DerNode, name: string): DerFields {
  return new DerFields(expectTag(node, tag.sequence, name).children, name);
}

export function expectTag(node: DerNode, identifier: number, name: string): DerNode {
  if (node.tag !== identifier) throw new DerError(`${name} has the wrong type`);
  return node;
}

/** The one value inside an EXPLICIT tag. */
export function onlyChild(node: DerNode, name: string): DerNode {
  const [child, ...others] = node.children;
  if (child === undefined || others.length > 0) throw new DerError(`${name} does not hold exactly one value`);
  return child;
}

/** The values of a SEQUENCE OF, of which there are 1 to `max`. */
export function sequenceOf(node: DerNode, name: string, max: number): readonly DerNode[] {
  return checkCount(expectTag(node, tag.sequence, name), name, max);
}

/** The values of a SET OF (`node` may carry an implicit tag), which DER wants in ascending order (X.690 §11.6). */
export function setOf(node: DerNode, name: string, max: number): readonly DerNode[] {
  const values = checkCount(node, name, max);
  for (const [i, value] of values.entries()) {
    const before = values[i - 1];
    if (before !== undefined && Buffer.compare(before.raw, value.raw) > 0)
      throw new DerError(`${name} is not sorted (BER)`);
  }
  return values;
}

/** The values of a SET OF that nobody signed and RFC 5652 lets be BER: 0 to `max`, in any order. */
export function unorderedSetOf(node: DerNode, name: string, max: number): readonly DerNode[] {
  return checkMost(node, name, max);
}

function checkCount(node: DerNode, name: string, max: number): readonly DerNode[] {
  if (node.children.length === 0) throw new DerError(`${name} is empty`);
  return checkMost(node, name, max);
}

function checkMost(node: DerNode, name: string, max: number): readonly DerNode[] {
  if (node.children.length > max)
    throw new DerError(`${name} has ${node.children.length} values, more than the ${max} allowed`);
  return node.children;
}
