import type { ControlSetup } from '../control.ts';

const TYPES = ['standard', 'class', 'vendor'] as const;
const RECIPIENTS = ['device', 'interface', 'endpoint', 'other'] as const;

/** Parses the eight bytes of a set-up packet (USB 2.0 §9.3); undefined for a type or a recipient that is reserved. */
export function readSetup(bytes: Buffer): ControlSetup | undefined {
  const requestType = bytes.readUInt8(0);
  const type = TYPES[(requestType >> 5) & 0x03];
  const recipient = RECIPIENTS[requestType & 0x1f];
  if (type === undefined || recipient === undefined) return undefined;
  return {
    direction: (requestType & 0x80) === 0 ? 'out' : 'in',
    type,
    recipient,
    request: bytes.readUInt8(1),
    value: bytes.readUInt16LE(2),
    index: bytes.readUInt16LE(4),
    lenBytes: bytes.readUInt16LE(6),
  };
}
