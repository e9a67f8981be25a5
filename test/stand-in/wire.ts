/** Turns values into text and back with the semantics of structured clone, as they cross from one process of Electron to another. */
export interface Wire {
  /** Throws a `DataCloneError` in Electron's words for what cannot be cloned. */
  encode(value: unknown): string;
  decode(text: string): unknown;
}

/**
 * Runs on both sides: here, and as text in the preload's world, so it refers to nothing outside itself. A tagged list stands for whatever JSON
 * does not have; cycles, which nothing of Drydock sends, are refused.
 */
export function createWire(): Wire {
  type Tagged = readonly [tag: string, ...rest: unknown[]];
  const cannot = (): never => {
    const error = new Error('An object could not be cloned.');
    error.name = 'DataCloneError';
    throw error;
  };
  const bytesToText = (bytes: Uint8Array): string => {
    let text = '';
    for (const byte of bytes) text += String.fromCharCode(byte);
    return btoa(text);
  };
  const textToBytes = (text: string): Uint8Array<ArrayBuffer> =>
    Uint8Array.from(atob(text), (one) => one.charCodeAt(0));

  const pack = (value: unknown, above: readonly unknown[]): unknown => {
    switch (typeof value) {
      case 'undefined':
        return ['undefined'];
      case 'boolean':
      case 'string':
        return value;
      case 'number':
        return Number.isFinite(value) && !Object.is(value, -0)
          ? value
          : ['number', Object.is(value, -0) ? '-0' : String(value)];
      case 'bigint':
        return ['bigint', String(value)];
      case 'object':
        break;
      default:
        return cannot();
    }
    if (value === null) return null;
    if (above.includes(value)) return cannot();
    const within = [...above, value];
    if (Array.isArray(value)) return ['list', ...Array.from(value, (each) => pack(each, within))];
    if (value instanceof Date) return ['date', String(value.getTime())];
    if (value instanceof ArrayBuffer) return ['buffer', bytesToText(new Uint8Array(value))];
    if (ArrayBuffer.isView(value)) {
      return ['bytes', bytesToText(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))];
    }
    if (value instanceof Map)
      return ['map', ...[...value].map(([key, each]) => [pack(key, within), pack(each, within)])];
    if (value instanceof Set) return ['set', ...[...value].map((each) => pack(each, within))];
    if (value instanceof Error) return ['error', value.name, value.message];
    if (value instanceof Promise || value instanceof WeakMap || value instanceof WeakSet) return cannot();
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, pack(each, within)]));
  };

  const unpackTagged = ([tag, ...rest]: Tagged): unknown => {
    switch (tag) {
      case 'undefined':
        return undefined;
      case 'number':
        return Number(rest[0]);
      case 'bigint':
        return BigInt(rest[0] as string);
      case 'list':
        return rest.map(unpack);
      case 'date':
        return new Date(Number(rest[0]));
      case 'buffer':
        return textToBytes(rest[0] as string).buffer;
      case 'bytes':
        return textToBytes(rest[0] as string);
      case 'map':
        return new Map((rest as [unknown, unknown][]).map(([key, each]) => [unpack(key), unpack(each)]));
      case 'set':
        return new Set(rest.map(unpack));
      default: {
        const error = new Error(rest[1] as string);
        error.name = rest[0] as string;
        return error;
      }
    }
  };
  const unpack = (value: unknown): unknown => {
    if (Array.isArray(value)) return unpackTagged(value as unknown as Tagged);
    if (typeof value !== 'object' || value === null) return value;
    const copy: Record<string, unknown> = {};
    for (const [key, each] of Object.entries(value)) {
      Object.defineProperty(copy, key, { value: unpack(each), enumerable: true, writable: true, configurable: true });
    }
    return copy;
  };

  return {
    encode: (value) => JSON.stringify(pack(value, [])),
    decode: (text) => unpack(JSON.parse(text)),
  };
}
