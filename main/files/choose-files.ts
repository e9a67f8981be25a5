import type { FileFilter, OpenDialogOptions } from 'electron';
import { accept, type Result } from '../../contract/result.ts';
import type { ChosenFile, FilePurpose } from '../../contract/window/file-purpose.ts';
import type { ShellWords } from '../words/shell-words.ts';
import { checkChosenPath, isFolderPurpose } from './chosen-path.ts';
import type { FileTickets } from './file-tickets.ts';

/** Shows the system's dialogue; an empty list where the person changed their mind. */
export type ShowOpenDialog = (options: OpenDialogOptions) => Promise<readonly string[]>;

const extensions: Readonly<Record<FilePurpose, readonly string[]>> = {
  bundle: ['zip'],
  certificate: ['crt', 'cer', 'pem', 'der', 'pub'],
  crl: ['crl', 'pem', 'der'],
  'trust-package': ['json'],
  'trust-signature': ['p7s', 'sig'],
  policy: ['json'],
  report: ['json'],
  checkpoint: ['txt', 'note'],
  'verifier-key': ['vkey', 'txt'],
  'witness-request': ['tlog-request', 'txt'],
  'export-folder': [],
  'data-folder': [],
};

/** What the dialogue offers: the kinds of files that fit, and all files for those whose medium names them otherwise. */
export function openDialogOptions(purpose: FilePurpose, several: boolean, words: ShellWords): OpenDialogOptions {
  const title = words.choose[purpose];
  if (isFolderPurpose(purpose)) return { title, properties: ['openDirectory', 'createDirectory'] };
  const filters: FileFilter[] = [
    { name: title, extensions: [...extensions[purpose]] },
    { name: words.allFiles, extensions: ['*'] },
  ];
  return { title, filters, properties: several ? ['openFile', 'multiSelections'] : ['openFile'] };
}

/** Tickets for paths that a person chose or dropped; all of them, or none. */
export async function issueTickets(
  paths: readonly string[],
  purpose: FilePurpose,
  tickets: FileTickets,
): Promise<Result<ChosenFile[]>> {
  const lengths: (number | null)[] = [];
  for (const path of paths) {
    const length = await checkChosenPath(path, purpose);
    if (!length.ok) return length;
    lengths.push(length.value);
  }
  return accept(paths.map((path, index) => tickets.issue(path, purpose, lengths[index] ?? null)));
}
