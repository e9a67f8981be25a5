interface Named {
  readonly name: string;
}

export interface PackagePair<F extends Named> {
  readonly document: F;
  /** Null where none of the chosen signatures has the document's name. */
  readonly signature: F | null;
}

/** Each document with the signature of the same name (docs/trust-package.md), in the order of the numbers in their names: `acme-9` before `acme-10`. */
export function pairPackages<F extends Named>(
  documents: readonly F[],
  signatures: readonly F[],
): readonly PackagePair<F>[] {
  const stem = ({ name }: Named): string => name.replace(/\.[^.]*$/, '');
  return documents
    .toSorted((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    .map((document) => ({
      document,
      signature: signatures.find((signature) => stem(signature) === stem(document)) ?? null,
    }));
}
