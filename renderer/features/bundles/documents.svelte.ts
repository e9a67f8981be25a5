import type { Refusal } from '../../../contract/result.ts';
import type { DocumentView } from '../../../contract/schema/bundle-document.ts';
import { call } from '../../bridge/call.ts';

let of = $state<string | null>(null);
let views = $state.raw<readonly DocumentView[]>([]);
let refusal = $state.raw<Refusal | null>(null);
let written = $state.raw<{ readonly count: number; readonly folder: string } | null>(null);
let isExporting = $state(false);

/** Documents of the bundle that is open. */
export const bundleDocuments = {
  /** Digest of the bundle whose documents were read. */
  get of(): string | null {
    return of;
  },
  get views(): readonly DocumentView[] {
    return views;
  },
  get refusal(): Refusal | null {
    return refusal;
  },
  get written(): { readonly count: number; readonly folder: string } | null {
    return written;
  },
  get isExporting(): boolean {
    return isExporting;
  },
};

export async function readDocuments(digest: string): Promise<void> {
  written = null;
  const answer = await call('bundle.documents', { digest });
  of = digest;
  views = answer.ok ? answer.value : [];
  refusal = answer.ok ? null : answer;
}

/** Asks for a folder and writes the documents into it; stops at the first that is refused. */
export async function exportDocuments(digest: string, files: readonly string[]): Promise<void> {
  if (isExporting) return;
  isExporting = true;
  await write(digest, files);
  isExporting = false;
}

async function write(digest: string, files: readonly string[]): Promise<void> {
  const chosen = await call('window.choose', { purpose: 'export-folder', several: false });
  refusal = chosen.ok ? null : chosen;
  const folder = chosen.ok ? chosen.value[0] : undefined;
  if (folder === undefined) return;
  written = null;
  let count = 0;
  for (const file of files) {
    const answer = await call('bundle.export-document', { digest, file, folder: folder.ticket });
    if (!answer.ok) {
      refusal = answer;
      break;
    }
    count += 1;
  }
  if (count > 0) written = { count, folder: folder.name };
}
