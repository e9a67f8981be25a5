import type { SbomSummary, DocumentView } from '../../contract/schema/bundle-document.ts';
import type { ManifestDocument } from '../../contract/schema/bundle.ts';
import { printable, printableLines } from './printable.ts';
import { paint, shortDigest } from './style.ts';

const MOST_LINES = 20;

/** One line for a document as the manifest lists it. */
export function describeDocument({ file, kind, title, mediaType, len, hash }: ManifestDocument): string {
  return `${kind.padEnd(14)} ${printable(title)} (${file}, ${mediaType}, ${len} bytes)  ${shortDigest(hash)}`;
}

/** The documents as whoever signs must see them: what each is, what an SBOM counts, and how a text begins. */
export function describeDocuments(views: readonly DocumentView[]): string[] {
  return views.flatMap(({ document, sbom, beginning }) => [
    `  ${describeDocument(document)}`,
    ...(sbom === null ? [] : [`                 ${describeSbom(sbom)}`]),
    ...(beginning === null ? [] : quoteText(beginning)),
  ]);
}

export function describeSbom({ specVersion, component, components, licencesUnknown }: SbomSummary): string {
  const version = component?.version ?? null;
  const subject =
    component === null ? '' : ` of ${printable(component.name)}${version === null ? '' : ` ${printable(version)}`}`;
  return `CycloneDX ${specVersion}: ${components} components${subject}, ${licencesUnknown} without a known licence`;
}

/** Each line behind a bar, so that no text of a document can pass for ours. */
function quoteText({ text, isWhole }: NonNullable<DocumentView['beginning']>): string[] {
  const lines = printableLines(text.trimEnd());
  const shown = lines.slice(0, MOST_LINES).map((line) => `    ${paint('gray', '│')} ${line}`);
  const isCut = !isWhole || lines.length > MOST_LINES;
  return isCut ? [...shown, `    ${paint('gray', '│')} … goes on; read it out to see all of it`] : shown;
}
