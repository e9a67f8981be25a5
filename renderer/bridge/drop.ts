import { refuse, type Result } from '../../contract/result.ts';
import type { ChosenFile, FilePurpose } from '../../contract/window/file-purpose.ts';

/** Turns files that a person dropped on the window into tickets. Never rejects: a bridge that fails is `station.fault`. */
export async function takeDropped(
  files: readonly File[],
  purpose: FilePurpose,
): Promise<Result<readonly ChosenFile[]>> {
  try {
    const answer = await window.drydock?.drop(files, purpose);
    return answer ?? refuse('station.fault', 'This page was opened outside of the Drydock window.');
  } catch {
    return refuse('station.fault', 'The window could not take the files. Use the button to choose them.');
  }
}
