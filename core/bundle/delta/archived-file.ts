import type { ManifestImage } from '../../../contract/schema/bundle.ts';

/** What of an image lies in the archive. */
interface ArchivedFile {
  readonly file: string;
  readonly len: number;
  readonly hash: string;
}

/** The file that the archive holds for an image: the image itself, or the delta that it comes as. */
export function archivedFile(image: ManifestImage): ArchivedFile {
  return image.delta ?? image;
}
