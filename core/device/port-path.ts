/** True where `position` is the port `hub`, or lies below it; a bus alone (`1`) has all its ports below it. */
export function isBelow(hub: string, position: string): boolean {
  return position === hub || position.startsWith(`${hub}${separatorBelow(hub)}`);
}

/** The port path below a hub: `1-2` and `1-2.4.1` give `4.1`, the hub's own port gives the empty text. */
export function pathBelow(hub: string, position: string): string {
  return position.slice(hub.length + 1);
}

/** The other way round: `3-1` and `4.1` give `3-1.4.1`. */
export function positionBelow(hub: string, path: string): string {
  return path === '' ? hub : `${hub}${separatorBelow(hub)}${path}`;
}

/** Hubs above a position, the nearest first, down to the bus: `1-2.4` has `1-2` and `1`. */
export function hubsAbove(position: string): readonly string[] {
  const [bus = '', ports = ''] = position.split('-');
  const path = ports.split('.');
  const hubs = path.map((_, depth) => (depth === 0 ? bus : `${bus}-${path.slice(0, depth).join('.')}`));
  return hubs.reverse();
}

function separatorBelow(hub: string): '.' | '-' {
  return hub.includes('-') ? '.' : '-';
}
