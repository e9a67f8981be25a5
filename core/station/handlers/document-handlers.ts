import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { Manifest } from '../../../contract/schema/bundle.ts';
import { describeDocuments, exportDocument } from '../../bundle/documents/stored-documents.ts';
import type { ImportPorts } from '../../bundle/import-ports.ts';
import type { Handlers } from '../dispatch.ts';

/** A bundle's documents: what they are, and reading one out. */
export function createDocumentHandlers({
  bundles,
  store,
}: Pick<ImportPorts, 'bundles' | 'store'>): Pick<Handlers, 'bundle.documents' | 'bundle.export-document'> {
  const manifestOf = (digest: string): Result<Manifest> => {
    const record = bundles.get(digest);
    if (record === null) return refuse('update.bundle-unknown', `No imported bundle has the digest ${digest}.`);
    return accept(record.manifest);
  };
  return {
    'bundle.documents': async ({ digest }) => {
      const manifest = manifestOf(digest);
      if (!manifest.ok) return manifest;
      const described = await describeDocuments(manifest.value, store);
      return described.ok ? accept([...described.value]) : described;
    },
    'bundle.export-document': async ({ digest, file, folder }) => {
      const manifest = manifestOf(digest);
      return manifest.ok ? exportDocument(manifest.value, { file, folder }, store) : manifest;
    },
  };
}
