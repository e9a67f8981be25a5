/** All places from one to another in the order of the bench, both among them; the other alone where the first is not there (any more). */
export function rangeOf(positions: readonly string[], from: string | null, to: string): readonly string[] {
  const ends = [positions.indexOf(from ?? to), positions.indexOf(to)].sort((one, other) => one - other);
  const [first = -1, last = -1] = ends;
  return first < 0 ? [to] : positions.slice(first, last + 1);
}
