interface Licensed {
  readonly name: string;
  readonly licence: string;
  readonly text: string;
}

/** The packages whose name, licence or licence text holds every word of what was typed. */
export function findLicences<L extends Licensed>(licences: readonly L[], typed: string): readonly L[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return licences.filter(({ licence, name, text }) => {
    const all = `${name} ${licence} ${text}`.toLowerCase();
    return words.every((word) => all.includes(word));
  });
}
