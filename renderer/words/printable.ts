/** Control, format, private and unassigned code points, line and paragraph separators: they could hide or reorder what stands beside them (Unicode TR36). */
const misleading = /[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** Makes text of foreign origin safe to be shown: what would not be seen as itself is written as `[U+202E]`. One line, whatever it holds. */
export function printable(text: string): string {
  return text.replace(misleading, (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    return `[U+${codePoint.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}

/** As {@link printable}, and keeps the ends of lines; a tabulator becomes two spaces. */
export function printableLines(text: string): string {
  return text
    .replaceAll('\t', '  ')
    .split(/\r?\n/)
    .map((line) => printable(line))
    .join('\n');
}
