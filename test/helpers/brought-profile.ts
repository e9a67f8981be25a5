import { readFileSync } from 'node:fs';
import type { UnitOptions } from '../../simulator/unit-options.ts';

const shipped = JSON.parse(
  readFileSync(new URL('../../resources/profiles/drydock-virtual-unit.json', import.meta.url), 'utf8'),
) as Record<string, unknown>;

/** USB ids that no shipped profile claims. */
export const newKind = {
  vendorId: 0x1209,
  applicationProductId: 0x7a01,
  dfuProductId: 0x7a02,
} as const satisfies Partial<UnitOptions>;

export const newKindUsb = {
  runtime: { vendorId: '1209', productId: '7a01', interface: 0 },
  dfu: { vendorId: '1209', productId: '7a02', interface: 0 },
} as const;

/** A profile for units of the new kind, as a bundle brings it. */
export function broughtProfile(changes: Readonly<Record<string, unknown>> = {}): { readonly id: string } {
  return { ...shipped, id: 'new-kind', name: 'New kind of virtual unit', usb: newKindUsb, ...changes } as {
    readonly id: string;
  };
}
