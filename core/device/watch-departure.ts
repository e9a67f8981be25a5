import type { SightedUnit, UsbScanner } from './usb-scanner.ts';

/**
 * Tells when a unit has left the bus, so that nobody waits for it any longer. The bus's event may come late, when the unit is
 * back already: so what counts is whether the unit at the position is still enumerated as it was.
 */
export function watchDeparture(
  scanner: UsbScanner,
  { unit, device }: SightedUnit,
): { readonly left: AbortSignal; readonly end: () => void } {
  const left = new AbortController();
  const { position } = unit;
  const { address } = device;
  const look = async () => {
    const now = await scanner.find(position);
    if (!now.ok || now.value.device.address !== address) left.abort();
  };
  const end = scanner.subscribe((event) => {
    if (event.kind === 'no-usb') left.abort();
    if (event.kind !== 'left' || event.unit.position !== position) return;
    // A look that fails tells nothing; the next transfer does.
    look().catch(() => undefined);
  });
  return { left: left.signal, end };
}
